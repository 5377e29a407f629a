import type { HttpAnswer } from '../../bitrix24/http';

/**
 * The authorization server's codes for a refresh token that it does not take, also because it was used a moment ago.
 */
const USED_UP = new Set(['invalid_grant', 'expired_token']);

/**
 * The same in words: n8n up to 2.20 keeps no more of a refusal (NodeApiError of n8n-workflow 1.120 drops its cause).
 */
const USED_UP_TEXT = /refresh token (is invalid|provided has expired)/i;

/** Milliseconds within which another execution's new token is in n8n's database: it came before our refusal. */
const PATIENCE = 3000;
const PAUSE = 250;

/** What is asked about the credential, and the clock. */
export interface Stored {
	/** Access token that the credential had when it was read last; changes with what is found. */
	token: string;
	/** Access token that n8n keeps now; empty when it cannot be read. */
	read: () => Promise<string>;
	/** Milliseconds. */
	now: () => number;
	sleep: (milliseconds: number) => Promise<void>;
}

/**
 * Sends a request, and again when its token could not be renewed because another execution has just done it. n8n 2.41
 * renews a token once for all executions; up to 2.20 each execution does it for itself, and a refresh token works once,
 * so that all but one are refused (n8n-core 1.122, request-helper-functions.js). Whatever was refused was not carried
 * out.
 *
 * @param send sends once, with the token that n8n keeps then
 * @returns the answer; a refusal after three seconds in which no other token turned up is final
 */
export async function renewedMeanwhile(stored: Stored, send: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
	let answer = await send();
	while (isUsedUp(answer) && (await hasOther(stored))) answer = await send();
	return answer;
}

function isUsedUp(answer: HttpAnswer): boolean {
	if (!('reason' in answer) || answer.reason !== 'credential') return false;
	return USED_UP.has(answer.code ?? '') || USED_UP_TEXT.test(answer.text);
}

async function hasOther(stored: Stored): Promise<boolean> {
	const until = stored.now() + PATIENCE;
	for (;;) {
		const token = await stored.read();
		if (token && token !== stored.token) {
			stored.token = token;
			return true;
		}
		if (stored.now() >= until) return false;
		await stored.sleep(PAUSE);
	}
}
