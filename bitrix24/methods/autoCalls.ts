import { asMap, asObject, type JsonObject } from '../decode';
import type { Call, Sent } from '../plan';

/** Starts a call of the built-in telephony. It costs money and leaves no trace under an id of ours, so it never repeats. */
function start(method: string, parameters: Sent): Call<JsonObject> {
	return { method, parameters, decode: asObject, effect: 'once' };
}

/** `voximplant.callback.start`: ring an employee, speak a text, connect the client. */
export const startCallback = (parameters: Sent): Call<JsonObject> => start('voximplant.callback.start', parameters);

/** `voximplant.infocall.startwithtext`: ring a client and speak a text. */
export const startTextCall = (parameters: Sent): Call<JsonObject> => start('voximplant.infocall.startwithtext', parameters);

/** `voximplant.infocall.startwithsound`: ring a client and play an MP3 file. */
export const startSoundCall = (parameters: Sent): Call<JsonObject> => start('voximplant.infocall.startwithsound', parameters);

/** `voximplant.tts.voices.get`: codes and names of the voices that can speak. */
export const voices: Call<JsonObject> = { method: 'voximplant.tts.voices.get', parameters: {}, decode: asMap, effect: 'read' };
