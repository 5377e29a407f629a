import { createHash } from 'node:crypto';
import { UserError, type IDataObject, type IHttpRequestHelper } from 'n8n-workflow';
import { recordOf } from '../../bitrix24/failure';
import { phoneSystem } from '../../pbx';
import type { Login, PhoneSystem } from '../../pbx/system';

/**
 * Milliseconds for which a token is used. Yeastar's live for 30 minutes, and 8 at a time: with several processes of
 * n8n, each with a token of its own at worst, few enough are left over.
 */
const USED_FOR = 15 * 60_000;
/** Milliseconds after a refused login: five of them block the address at Yeastar's. */
const PAUSE = 60_000;
const TIMEOUT = 10_000;

/** What is being asked for, or was lately, by login. */
const asked = new Map<string, { token: Promise<string>; until: number }>();

/** The token in what the credential keeps: until when it is used, for which login, and the token itself. */
export function tokenIn(kept: string): string {
	return kept.split(' ')[2] ?? '';
}

/**
 * Sees to it that a request leaves with a fresh token only.
 *
 * @param kept what the credential keeps.
 * @throws what n8n takes for an answer 401: it asks for a new token then, and sends the request after that
 *   (n8n-core, request-helper-functions.js: httpRequestWithAuthentication, requestWithAuthentication).
 */
export function needToken(systemName: unknown, login: Login, kept: string, now: number): void {
	if (!phoneSystem(systemName)?.token || isFresh(kept, login, now)) return;
	throw Object.assign(new UserError('The phone system wants a new token.'), { response: { status: 401 } });
}

/**
 * Asks a phone system for a token, once for all who want one at the same time.
 *
 * @returns what n8n keeps in the credential; nothing for systems without tokens, and while the kept one is fresh: a
 *   request that failed for another reason must not be sent twice.
 * @throws UserError when the system gives none
 */
export async function takeToken(
	http: IHttpRequestHelper,
	systemName: unknown,
	login: Login,
	kept: string,
	now: number,
): Promise<IDataObject> {
	const system = phoneSystem(systemName);
	if (!system?.token || isFresh(kept, login, now)) return {};
	const key = keyOf(login);
	const lately = asked.get(key);
	const entry = lately && lately.until > now ? lately : ask(http, system, login, key, now);
	return { token: `${entry.until} ${key} ${await entry.token}` };
}

function ask(
	http: IHttpRequestHelper,
	system: PhoneSystem,
	login: Login,
	key: string,
	now: number,
): { token: Promise<string>; until: number } {
	const entry = { token: fetched(http, system, login), until: now + USED_FOR };
	entry.token.catch(() => (entry.until = now + PAUSE));
	asked.set(key, entry);
	return entry;
}

async function fetched(http: IHttpRequestHelper, { token, sign }: PhoneSystem, login: Login): Promise<string> {
	if (!token) return '';
	const { method, url, headers, body } = sign(token.request(login), login);
	const answer: unknown = await http.helpers.httpRequest({
		method,
		url,
		headers,
		body,
		json: true,
		timeout: TIMEOUT,
	});
	const given = token.read(answer);
	if (given) return given;
	const { errmsg, errcode } = recordOf(answer);
	throw new UserError(
		`The phone system did not let this credential log in: ${String(errmsg ?? 'it gives no reason')} (${String(errcode ?? 'no code')}). Nothing was sent: check the Phone System API credential.`,
	);
}

function isFresh(kept: string, login: Login, now: number): boolean {
	const [until, key, token] = kept.split(' ');
	return Number(until) > now && key === keyOf(login) && Boolean(token);
}

/** A token is good for the login that it was given for, and the login shall not stand beside it. */
function keyOf({ address, user, password }: Login): string {
	return createHash('sha256')
		.update(JSON.stringify([address, user, password]))
		.digest('hex')
		.slice(0, 16);
}
