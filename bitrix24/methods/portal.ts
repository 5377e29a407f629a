import { asBoolean, asObject, asText, asTexts, type JsonObject } from '../decode';
import type { Call } from '../plan';

/** Answers about the application, the connected employee and the portal. */
function about<Result>(method: string, decode: (result: unknown) => Result): Call<Result> {
	return { method, parameters: {}, decode, effect: 'read' };
}

/** `app.info`: whether the application is installed and paid for. */
export const application: Call<JsonObject> = about('app.info', asObject);

/** `scope`: the permissions of the connected token. The token answer itself says only `app` (conflict C30). */
export const permissions: Call<string[]> = about('scope', (result) =>
	asTexts(result).map((name) => name.toLowerCase()),
);

/** `profile`: who connected the credential. */
export const profile: Call<JsonObject> = about('profile', asObject);

/** `server.time`: the portal's clock as ISO 8601. */
export const serverTime: Call<string> = about('server.time', asText);

/** `user.admin`: whether the connected employee is an administrator. */
export const isAdministrator: Call<boolean> = about('user.admin', asBoolean);
