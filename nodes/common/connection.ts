import {
	NodeOperationError,
	sleep,
	type IAllExecuteFunctions,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
} from 'n8n-workflow';
import { Portal, type HttpAnswer, type HttpRequest } from '../../bitrix24/portal';
import { uploadWith } from './upload';
import { readError } from './requestError';

/** Milliseconds that n8n's own address may take to answer. */
const PROBE_TIMEOUT = 10_000;

/** Name of the credential type, as nodes refer to it. */
export const CREDENTIAL = 'bitrix24OAuth2Api';

/** What the nodes need to know of a connected credential. */
export interface Connection {
	/** REST address of the portal with a trailing slash. */
	endpoint: string;
	memberId: string;
	/** Permissions that the portal granted, lower case. */
	scopes: string[];
	clientSecret: string;
	/** Application token that the user put in; empty when none. */
	applicationToken: string;
}

/** The part of n8n's contexts (execute, hooks, webhook, list search) that a request needs. */
export type RequestContext = Pick<IAllExecuteFunctions, 'getCredentials' | 'getNode' | 'helpers'>;

/**
 * Reads the credential.
 *
 * @returns the REST address from `client_endpoint` of the token answer, which names a renamed portal too; `domain` of
 *   that answer is the authorisation server (b24 documentation, settings/oauth/index.md).
 * @throws NodeOperationError when the credential is not connected.
 */
export async function readConnection(context: RequestContext): Promise<Connection> {
	const credentials = await context.getCredentials(CREDENTIAL);
	const token = (credentials.oauthTokenData ?? {}) as IDataObject;
	const endpoint = text(token.client_endpoint);
	const memberId = text(token.member_id);
	if (!endpoint || !memberId) throw notConnected(context.getNode());
	return {
		endpoint: endpoint.endsWith('/') ? endpoint : `${endpoint}/`,
		memberId,
		scopes: text(token.scope).toLowerCase().split(/[\s,]+/).filter(Boolean),
		clientSecret: text(credentials.clientSecret),
		applicationToken: text(credentials.applicationToken).trim(),
	};
}

/**
 * Makes a client of the portal that the credential is connected to.
 *
 * @throws NodeOperationError when the credential is not connected.
 */
export async function connect(context: RequestContext): Promise<Portal> {
	const { endpoint } = await readConnection(context);
	return new Portal({
		endpoint,
		sleep,
		send: async (request) => await send(context, request),
		upload: async (request) => await uploadWith(context, CREDENTIAL, request),
		probe: async (url) => await probe(context, url),
	});
}

async function probe(context: RequestContext, url: string): Promise<number> {
	try {
		const { statusCode } = (await context.helpers.httpRequest({
			method: 'POST',
			url,
			timeout: PROBE_TIMEOUT,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as { statusCode: number };
		return statusCode;
	} catch {
		return 0;
	}
}

function notConnected(node: INode): NodeOperationError {
	return new NodeOperationError(node, 'The Bitrix24 credential is not connected', {
		description: 'Open the credential and press Connect. If it says that it is connected, connect it again.',
	});
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/**
 * Sends one request through n8n's OAuth2 helper, which renews the token on status 401, once for all executions.
 * Redirects are off: an automatic one would turn the POST into a GET and carry the token elsewhere.
 */
async function send(context: RequestContext, request: HttpRequest): Promise<HttpAnswer> {
	const options: IHttpRequestOptions = {
		method: 'POST',
		url: request.url,
		body: request.body as IDataObject,
		json: true,
		timeout: request.timeout,
		returnFullResponse: true,
		disableFollowRedirect: true,
	};
	try {
		const answer = (await context.helpers.httpRequestWithAuthentication.call(context as IAllExecuteFunctions, CREDENTIAL, options)) as {
			statusCode: number;
			body: unknown;
		};
		return { status: answer.statusCode, body: answer.body };
	} catch (error) {
		return readError(error);
	}
}
