import type { IAllExecuteFunctions, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { isRecord, recordOf } from '../../bitrix24/failure';
import { sightOf, type Place, type Sight, type TokenPlace } from '../../bitrix24/tokenPlace';

/** What a request brought, or what was thrown in its place. */
type Sent = { answer: unknown } | { error: unknown };

/**
 * Puts the token where the portal looks for it. n8n signs a request and hands it to `this.helpers.httpRequest`, and
 * does the same again with the renewed token after a 401 (requestOAuth2, n8n-core oauth.js; the same in n8n 1). So
 * renewal stays n8n's, once for all executions, and the body always carries the very token that n8n signed with. A
 * portal that found no token is asked again here, before n8n takes its 401 for an expired one and renews.
 *
 * @param place what is known of the portal.
 * @returns the caller for requests with a JSON body.
 */
export function signing(caller: IAllExecuteFunctions, place: TokenPlace): IAllExecuteFunctions {
	const send = async (options: IHttpRequestOptions): Promise<Sent> =>
		await caller.helpers.httpRequest(options).then(
			(answer: unknown): Sent => ({ answer }),
			(error: unknown): Sent => ({ error }),
		);
	const placed = async (options: IHttpRequestOptions): Promise<unknown> => {
		const sent = await place.send(async (where) => await send(signedAt(where, options)), sightIn);
		return 'answer' in sent ? sent.answer : await Promise.reject(sent.error as Error);
	};
	return { ...caller, helpers: { ...caller.helpers, httpRequest: placed } } as IAllExecuteFunctions;
}

/** Every captured client sends `auth` alone, so the header goes. */
function signedAt(place: Place, options: IHttpRequestOptions): IHttpRequestOptions {
	const given: IDataObject = options.headers ?? {};
	const { Authorization: signature, ...headers } = given;
	const auth = /^Bearer (.+)$/.exec(String(signature))?.[1];
	if (place === 'header' || !auth) return options;
	return { ...options, headers, body: { ...recordOf(options.body), auth } };
}

/** n8n's request helper throws for every status of an error; the answer stands in `response` then (axios). */
function sightIn(sent: Sent): Sight {
	if ('answer' in sent) return 'seen';
	const response = isRecord(sent.error) ? sent.error.response : undefined;
	const { status, data } = isRecord(response) ? response : {};
	return sightOf(Number(status), isRecord(data) ? data.error : undefined);
}
