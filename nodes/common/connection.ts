import { NodeOperationError, type IAllExecuteFunctions, type IDataObject, type IHttpRequestOptions, type INode, type WorkflowExecuteMode } from 'n8n-workflow';
import { Claims } from '../../bitrix24/claims';
import { ENTERPRISE_LIMIT, STANDARD_LIMIT } from '../../bitrix24/dispatch/bucket';
import { Dispatcher } from '../../bitrix24/dispatch/dispatcher';
import { isRecord } from '../../bitrix24/failure';
import { hintFor } from '../../bitrix24/hints';
import type { HttpAnswer, HttpRequest } from '../../bitrix24/http';
import type { Stop } from '../../bitrix24/stop';
import type { Probed } from '../../bitrix24/plan';
import { Portal } from '../../bitrix24/portal';
import { clock } from './clock';
import { readError, readFileError } from './requestError';
import { uploadWith } from './upload';

/** Milliseconds that n8n's own address may take to answer. */
const PROBE_TIMEOUT = 10_000;

/** Name of the credential type, as nodes refer to it. */
export const CREDENTIAL = 'bitrix24OAuth2Api';

/** What the nodes need to know of a connected credential. */
export interface Connection {
	/** REST address of the portal with a trailing slash. */
	endpoint: string;
	memberId: string;
	clientId: string;
	clientSecret: string;
	/** Application token that the user put in; empty when none. */
	applicationToken: string;
	/** Whether the portal has the larger request limit of the Enterprise plan. */
	isEnterprise: boolean;
}

/** The part of n8n's contexts (execute, hooks, webhook, list search) that a request needs. */
export type RequestContext = Pick<IAllExecuteFunctions, 'getCredentials' | 'getNode' | 'logger' | 'helpers'> & { getMode?: () => WorkflowExecuteMode };

/** How an execution wants its calls treated. */
export interface Manner {
	/** Whether somebody waits for it on the phone; imports do not hold it up. */
	isLive: boolean;
	/** Milliseconds that a limit of the portal may hold a call up. */
	maximumWait: number;
	/** Milliseconds that may go by between attempts to find out what became of a call whose answer was lost. */
	patience: number;
	/** Nothing more shall leave. */
	stop?: Stop;
}

/** For what must come soon or not at all, such as the names of a call that rings. */
export const BRIEF: Manner = { isLive: true, maximumWait: 8000, patience: 4000 };

/** A call of the editor, of publishing or of an event: somebody waits. */
const LIVE: Manner = { isLive: true, maximumWait: 30_000, patience: 5000 };

/**
 * Reads the credential.
 *
 * @returns the REST address from `client_endpoint` of the token answer, which names a renamed portal too; `domain` of
 *   that answer is the authorisation server (b24 documentation, settings/oauth/index.md).
 * @throws NodeOperationError when the credential is not connected.
 */
export async function readConnection(context: Pick<RequestContext, 'getCredentials' | 'getNode'>): Promise<Connection> {
	const credentials = await context.getCredentials(CREDENTIAL);
	const token = (credentials.oauthTokenData ?? {}) as IDataObject;
	const endpoint = text(token.client_endpoint);
	const memberId = text(token.member_id);
	if (!URL.canParse(endpoint) || !memberId) throw notConnected(context.getNode(), text(token.error));
	return {
		endpoint: endpoint.endsWith('/') ? endpoint : `${endpoint}/`,
		memberId,
		clientId: text(credentials.clientId),
		clientSecret: text(credentials.clientSecret),
		applicationToken: text(credentials.applicationToken).trim(),
		isEnterprise: credentials.requestLimit === 'enterprise',
	};
}

/** What all executions of this process share of a portal. */
interface SharedPortal {
	dispatcher: Dispatcher;
	claims: Claims;
}

const portals = new Map<string, SharedPortal>();
let runs = 0;

/**
 * Makes a client of the portal that the credential is connected to.
 *
 * @throws NodeOperationError when the credential is not connected.
 */
export async function connect(context: RequestContext, { patience, ...manner }: Manner = LIVE): Promise<Portal> {
	const { endpoint, memberId, isEnterprise } = await readConnection(context);
	const { dispatcher, claims } = sharedPortal(memberId, isEnterprise);
	const caller = callerOf(context);
	runs += 1;
	const transport = {
		endpoint,
		lane: context.getNode().credentials?.[CREDENTIAL]?.id ?? `run ${runs}`,
		send: async (request: HttpRequest) => await send(caller, request),
		upload: async (request: Parameters<typeof uploadWith>[2]) => await uploadWith(caller, CREDENTIAL, request),
	};
	return new Portal({
		dispatcher,
		claims,
		sender: { transport, run: `run ${runs}`, ...manner },
		shared: new Map(),
		probe: async (url) => await probe(context, url),
		unreadable: (error) => readFileError(error).text,
		sleep: async (milliseconds) => await clock.sleep(milliseconds),
		random: Math.random,
		patience,
	});
}

/**
 * Credentials of one portal share its bucket, and the one read last says how large that is: somebody may have changed it.
 *
 * @param memberId stays with a portal whatever its address: one may be of http or from before a renaming.
 */
function sharedPortal(memberId: string, isEnterprise: boolean): SharedPortal {
	const limit = isEnterprise ? ENTERPRISE_LIMIT : STANDARD_LIMIT;
	const known = portals.get(memberId);
	if (known) {
		known.dispatcher.limit = limit;
		return known;
	}
	const dispatcher = new Dispatcher({ now: () => clock.now(), sleep: async (milliseconds) => await clock.sleep(milliseconds), random: Math.random }, limit);
	const made = { dispatcher, claims: new Claims() };
	portals.set(memberId, made);
	return made;
}

/**
 * The part of a context that signs requests. n8n ends every request of a context with its execution
 * (`getExecutionCancelSignal`, n8n-core authentication.js); in ours calls of other executions may travel.
 */
function callerOf(context: RequestContext): IAllExecuteFunctions {
	const { helpers, logger } = context;
	return {
		helpers,
		logger,
		getCredentials: context.getCredentials.bind(context),
		getNode: context.getNode.bind(context),
		getMode: context.getMode?.bind(context),
	} as unknown as IAllExecuteFunctions;
}

async function probe(context: RequestContext, url: string): Promise<Probed> {
	try {
		const { statusCode, body } = (await context.helpers.httpRequest({
			method: 'POST',
			url,
			timeout: PROBE_TIMEOUT,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as { statusCode: number; body: unknown };
		return { status: statusCode, body };
	} catch {
		return { status: 0, body: undefined };
	}
}

function notConnected(node: INode, code: string): NodeOperationError {
	const why = code && hintFor({ kind: 'credential', status: 0, code, text: '', method: '' });
	return new NodeOperationError(node, 'The Bitrix24 credential is not connected', {
		description: why || 'Open the credential and press Connect. If it says that it is connected, connect it again.',
	});
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/**
 * Sends one request through n8n's OAuth2 helper, which renews the token on status 401, once for all executions.
 * Redirects are off: an automatic one would turn the POST into a GET and carry the token elsewhere.
 */
async function send(caller: IAllExecuteFunctions, request: HttpRequest): Promise<HttpAnswer> {
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
		const answer = (await caller.helpers.httpRequestWithAuthentication.call(caller, CREDENTIAL, options)) as {
			statusCode: number;
			body: unknown;
		};
		return { status: answer.statusCode, body: answer.body };
	} catch (error) {
		const answer = readError(error);
		const isExpired = 'body' in answer && isRecord(answer.body) && answer.body.error === 'expired_token';
		return (isExpired ? await keptRefusal(caller) : undefined) ?? answer;
	}
}

/**
 * What the authorization server had against a renewal. With status 200, as `wrong_client` has, n8n takes the refusal for
 * a token: it keeps it beside the old one, which it sends again (client-oauth2.js, n8n-core oauth.js).
 */
async function keptRefusal(caller: IAllExecuteFunctions): Promise<HttpAnswer | undefined> {
	const { oauthTokenData } = await caller.getCredentials(CREDENTIAL).catch((): IDataObject => ({}));
	const { error: code, error_description: why } = (oauthTokenData ?? {}) as IDataObject;
	return text(code) ? { status: 0, reason: 'credential', text: text(why) || text(code), code: text(code) } : undefined;
}
