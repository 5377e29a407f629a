import { Claims } from '../../bitrix24/claims';
import { ENTERPRISE_LIMIT, STANDARD_LIMIT } from '../../bitrix24/dispatch/bucket';
import { Dispatcher } from '../../bitrix24/dispatch/dispatcher';
import type { HttpRequest, UploadRequest } from '../../bitrix24/http';
import { Memory } from '../../bitrix24/memory';
import type { Stop } from '../../bitrix24/stop';
import { Portal } from '../../bitrix24/portal';
import { TokenPlace } from '../../bitrix24/tokenPlace';
import { clock } from './clock';
import { endsAt, readConnection } from './credential';
import { renewedMeanwhile } from './renewed';
import { readFileError } from './requestError';
import { callerOf, CREDENTIAL, probe, send, storedToken, type RequestContext } from './requests';
import { signing } from './signing';
import { uploadWith } from './upload';

export { readConnection, type Connection } from './credential';
export type { RequestContext } from './requests';

/** Milliseconds. A portal says at once that it found no token. */
const FIRST_CONTACT = 2000;

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
	/** Whether it undoes what was done, which must be possible even where the credential names another portal by now. */
	isUndoing?: boolean;
}

/** For what must come soon or not at all, such as the names of a call that rings. */
export const BRIEF: Manner = { isLive: true, maximumWait: 8000, patience: 4000 };

/** A call of the editor, of publishing or of an event: somebody waits. */
const LIVE: Manner = { isLive: true, maximumWait: 30_000, patience: 5000 };

/** For unbinding what was bound. */
export const UNDOING: Manner = { ...LIVE, isUndoing: true };

/** What all executions of this process share of a portal. */
interface SharedPortal {
	dispatcher: Dispatcher;
	claims: Claims;
	memory: Memory;
	tokenPlace: TokenPlace;
}

const portals = new Map<string, SharedPortal>();
const uses = new Map<string, number>();
let runs = 0;

/**
 * Says when this process last used the credential of a node, or tried to.
 *
 * @returns milliseconds by {@link clock}; undefined when it never did.
 */
export function lastUse(context: Pick<RequestContext, 'getNode'>): number | undefined {
	return uses.get(credentialId(context) ?? '');
}

function credentialId(context: Pick<RequestContext, 'getNode'>): string | undefined {
	return context.getNode().credentials?.[CREDENTIAL]?.id ?? undefined;
}

/**
 * Makes a client of the portal that the credential is connected to.
 *
 * @throws NodeOperationError when the credential is not connected, or to another portal than it names.
 */
export async function connect(
	context: RequestContext,
	{ patience, isUndoing, ...manner }: Manner = LIVE,
): Promise<Portal> {
	const id = credentialId(context);
	// Before it is read: what cannot be used is not tried again and again.
	if (id) uses.set(id, clock.now());
	const { endpoint, memberId, isEnterprise, accessToken } = await readConnection(context, isUndoing);
	const { dispatcher, claims, memory, tokenPlace } = sharedPortal(memberId, isEnterprise);
	const caller = callerOf(context);
	const signed = signing(caller, tokenPlace);
	const stored = {
		token: accessToken,
		read: async () => await storedToken(caller),
		now: () => clock.now(),
		sleep: async (milliseconds: number) => await clock.sleep(milliseconds),
	};
	runs += 1;
	const transport = {
		endpoint,
		lane: id ?? `run ${runs}`,
		send: async (request: HttpRequest) => await renewedMeanwhile(stored, async () => await send(signed, request)),
		upload: async (request: UploadRequest) => await uploadWith(caller, CREDENTIAL, request),
	};
	return new Portal({
		dispatcher,
		claims,
		memory,
		sender: { transport, run: `run ${runs}`, ...manner },
		shared: new Map(),
		probe: async (url) => await probe(context, url),
		connection: async () => ({
			tokenPlace: tokenPlace.known,
			endsAt: await endsAt(context),
			portal: new URL(endpoint).origin,
		}),
		unreadable: (error) => readFileError(error).text,
		sleep: async (milliseconds) => await clock.sleep(milliseconds),
		random: Math.random,
		patience,
	});
}

/**
 * Credentials of one portal share its bucket, and the one read last says how large that is: somebody may have changed
 * it.
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
	const dispatcher = new Dispatcher(
		{ now: () => clock.now(), sleep: async (milliseconds) => await clock.sleep(milliseconds), random: Math.random },
		limit,
	);
	const tokenPlace = new TokenPlace(async () => await clock.deadline(FIRST_CONTACT));
	const made = { dispatcher, claims: new Claims(), memory: new Memory(() => clock.now()), tokenPlace };
	portals.set(memberId, made);
	return made;
}
