import { asMap, asObject, asObjectWith, asYes, type JsonObject } from '../decode';
import type { Sent } from '../parameters';
import type { Call } from '../plan';

/** What a started call answers. */
export type Started = JsonObject & { CALL_ID: string | null };

/**
 * Starts a call of the built-in telephony. It costs money and leaves no trace under an id of ours, so it never repeats.
 */
function start(method: string, parameters: Sent, decode: (result: unknown) => Started = asStarted): Call<Started> {
	return { method, parameters, decode, effect: 'once' };
}

function asStarted(value: unknown): Started {
	asYes(asObject(value).RESULT);
	return asObjectWith('CALL_ID')(value);
}

/** On a line of an application the portal only tells the application to call, so there is no CALL_ID yet. */
function asOrdered(value: unknown): Started {
	const { RESULT, CALL_ID } = asObject(value);
	return CALL_ID === null ? { RESULT: asYes(RESULT), CALL_ID } : asStarted(value);
}

/** `voximplant.callback.start`: ring an employee, speak a text, connect the client. */
export const startCallback = (parameters: Sent): Call<Started> =>
	start('voximplant.callback.start', parameters, asOrdered);

/** `voximplant.infocall.startwithtext`: ring a client and speak a text. */
export const startTextCall = (parameters: Sent): Call<Started> =>
	start('voximplant.infocall.startwithtext', parameters);

/** `voximplant.infocall.startwithsound`: ring a client and play an MP3 file. */
export const startSoundCall = (parameters: Sent): Call<Started> =>
	start('voximplant.infocall.startwithsound', parameters);

/** `voximplant.tts.voices.get`: codes and names of the voices that can speak. */
export const voices: Call<JsonObject> = {
	method: 'voximplant.tts.voices.get',
	parameters: {},
	decode: asMap,
	effect: 'read',
};
