import { NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import { Claims } from '../../bitrix24/claims';
import { ENTERPRISE_LIMIT, STANDARD_LIMIT } from '../../bitrix24/dispatch/bucket';
import { Dispatcher } from '../../bitrix24/dispatch/dispatcher';
import { hintFor } from '../../bitrix24/hints';
import type { HttpRequest, UploadRequest } from '../../bitrix24/http';
import type { Stop } from '../../bitrix24/stop';
import { Portal } from '../../bitrix24/portal';
import { endOf } from '../../bitrix24/tokenEnd';
import { TokenPlace } from '../../bitrix24/tokenPlace';
import { clock } from './clock';
import { readFileError } from './requestError';
import { callerOf, CREDENTIAL, probe, send, type RequestContext } from './requests';
import { signing } from './signing';
import { uploadWith } from './upload';

export type { RequestContext } from './requests';

/** Milliseconds. A portal says at once that it found no token. */
const FIRST_CONTACT = 2000;

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
	tokenPlace: TokenPlace;
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
	const { dispatcher, claims, tokenPlace } = sharedPortal(memberId, isEnterprise);
	const caller = callerOf(context);
	const signed = signing(caller, tokenPlace);
	runs += 1;
	const transport = {
		endpoint,
		lane: context.getNode().credentials?.[CREDENTIAL]?.id ?? `run ${runs}`,
		send: async (request: HttpRequest) => await send(signed, request),
		upload: async (request: UploadRequest) => await uploadWith(caller, CREDENTIAL, request),
	};
	return new Portal({
		dispatcher,
		claims,
		sender: { transport, run: `run ${runs}`, ...manner },
		shared: new Map(),
		probe: async (url) => await probe(context, url),
		connection: async () => ({ tokenPlace: tokenPlace.known, endsAt: await endsAt(context) }),
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
	const tokenPlace = new TokenPlace(async () => await clock.deadline(FIRST_CONTACT));
	const made = { dispatcher, claims: new Claims(), tokenPlace };
	portals.set(memberId, made);
	return made;
}

/** A connection ends with its refresh token, and each renewal brings a new one. */
async function endsAt(context: RequestContext): Promise<number | undefined> {
	const { oauthTokenData } = await context.getCredentials(CREDENTIAL).catch((): IDataObject => ({}));
	return endOf(((oauthTokenData ?? {}) as IDataObject).refresh_token, Date.now());
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
