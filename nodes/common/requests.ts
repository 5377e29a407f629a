import type { IAllExecuteFunctions, IDataObject, IHttpRequestOptions, WorkflowExecuteMode } from 'n8n-workflow';
import { isRecord, recordOf } from '../../bitrix24/failure';
import type { HttpAnswer, HttpRequest } from '../../bitrix24/http';
import type { Probed } from '../../bitrix24/plan';
import { answerOf } from './answer';
import { readError } from './requestError';

/** Name of the credential type, as nodes refer to it. */
export const CREDENTIAL = 'bitrix24OAuth2Api';

/** Milliseconds that n8n's own address may take to answer. */
const PROBE_TIMEOUT = 10_000;

/** The part of n8n's contexts (execute, hooks, webhook, list search) that a request needs. */
export type RequestContext = Pick<IAllExecuteFunctions, 'getCredentials' | 'getNode' | 'logger' | 'helpers'> & {
	getMode?: () => WorkflowExecuteMode;
};

/**
 * The part of a context that signs requests. n8n ends every request of a context with its execution
 * (`getExecutionCancelSignal`, n8n-core authentication.js); in ours calls of other executions may travel.
 */
export function callerOf(context: RequestContext): IAllExecuteFunctions {
	const { helpers, logger } = context;
	return {
		helpers,
		logger,
		getCredentials: context.getCredentials.bind(context),
		getNode: context.getNode.bind(context),
		getMode: context.getMode?.bind(context),
	} as unknown as IAllExecuteFunctions;
}

/** Posts nothing to an address of n8n's, without authorisation. Never throws. @returns status 0 when nobody answers */
export async function probe(context: RequestContext, url: string): Promise<Probed> {
	try {
		const sent: unknown = await context.helpers.httpRequest({
			method: 'POST',
			url,
			timeout: PROBE_TIMEOUT,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
		return answerOf(sent);
	} catch {
		return { status: 0, body: undefined };
	}
}

/**
 * Sends one request through n8n's OAuth2 helper, which renews the token on status 401, once for all executions.
 * Redirects are off: an automatic one would turn the POST into a GET and carry the token elsewhere. Never throws.
 *
 * @param caller signs it.
 */
export async function send(caller: IAllExecuteFunctions, request: HttpRequest): Promise<HttpAnswer> {
	const options: IHttpRequestOptions = {
		method: 'POST',
		url: request.url,
		body: request.body,
		json: true,
		timeout: request.timeout,
		returnFullResponse: true,
		disableFollowRedirect: true,
	};
	try {
		return answerOf(await caller.helpers.httpRequestWithAuthentication.call(caller, CREDENTIAL, options));
	} catch (error) {
		const answer = readError(error);
		const isExpired = 'body' in answer && isRecord(answer.body) && answer.body.error === 'expired_token';
		return (isExpired ? await keptRefusal(caller) : undefined) ?? answer;
	}
}

/**
 * The access token that n8n keeps at this moment. Never throws.
 * @returns an empty text when the credential cannot be read
 */
export async function storedToken(caller: IAllExecuteFunctions): Promise<string> {
	return text((await storedAnswer(caller)).access_token);
}

/** The authorization server's answer that n8n keeps; empty when there is none. */
async function storedAnswer(caller: IAllExecuteFunctions): Promise<Record<string, unknown>> {
	const { oauthTokenData } = await caller.getCredentials(CREDENTIAL).catch((): IDataObject => ({}));
	return recordOf(oauthTokenData);
}

/**
 * What the authorization server had against a renewal. With status 200, as `wrong_client` has, n8n takes the refusal
 * for a token: it keeps it beside the old one, which it sends again (client-oauth2.js, n8n-core oauth.js).
 */
async function keptRefusal(caller: IAllExecuteFunctions): Promise<HttpAnswer | undefined> {
	const { error: code, error_description: why } = await storedAnswer(caller);
	return text(code) ? { status: 0, reason: 'credential', text: text(why) || text(code), code: text(code) } : undefined;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
