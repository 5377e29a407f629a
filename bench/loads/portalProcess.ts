import type { FastifyRequest } from 'fastify';
import { startPortal, type LimitSettings, type Portal } from '../../sandbox/portal';
import { connectedCredential } from '../../test/support/connect';

/** What came in at the portal. */
export interface Traffic {
	/** Requests of clients; a batch is one. */
	requests: number;
	/** Requests that were refused because the bucket was full. */
	refused: number;
	/** Milliseconds since 1970 at which the first request with a call's id came in. */
	arrivals: Record<string, number>;
	/** Calls that run. */
	running: number;
	/** Calls in the history. */
	logged: number;
}

/** Calls that are registered side by side. */
const TOGETHER = 500;

/** What the bench may ask of the portal's process. Each answers one message. */
const actions = {
	async start({ timeFactor }: { timeFactor: number }) {
		portal = await startPortal({
			timeFactor,
			plugins: (app) =>
				void app
					.addHook('preHandler', async (request) => note(request))
					.addHook('onResponse', async ({ url }, reply) => count(url, reply.statusCode)),
		});
		const credential = await connectedCredential(portal);
		return { url: portal.url, authorizationUrl: portal.authorizationUrl, credential };
	},
	/** Empties the limits, sets them, and counts from zero. */
	limit(settings: Partial<LimitSettings>) {
		const { limits, control } = running();
		limits.reset();
		control.setLimits(settings);
		[traffic.requests, traffic.refused] = [0, 0];
	},
	/** Registers calls with the limits off. @returns their ids */
	async register({ count: calls }: { count: number }) {
		const { limits, control } = running();
		const settings = { ...limits.settings };
		control.setLimits({ intensity: false, operating: false });
		const { accessToken } = control.issueTokens();
		const ids: string[] = [];
		// Thousands of connections at once are more than one process opens.
		while (ids.length < calls) {
			const some = Math.min(TOGETHER, calls - ids.length);
			ids.push(
				...(await Promise.all(Array.from({ length: some }, (_, index) => register(accessToken, ids.length + index)))),
			);
		}
		actions.limit(settings);
		arrivals.clear();
		return ids;
	},
	traffic(): Traffic {
		const { state } = running();
		return {
			...traffic,
			arrivals: Object.fromEntries(arrivals),
			running: state.calls.size,
			logged: state.history.length,
		};
	},
	/** Where n8n's credential is to come back to after Connect. @returns id and secret of the application */
	application({ handlerUrl }: { handlerUrl: string }) {
		const { clientId, clientSecret } = running().control.setApplication({ handlerUrl });
		return { clientId, clientSecret };
	},
};

/** Names of what the process does, and what each takes and gives. */
export type Actions = typeof actions;

let portal: Portal | undefined;
let registered = 0;
const traffic = { requests: 0, refused: 0 };
const arrivals = new Map<string, number>();

function running(): Portal {
	if (!portal) throw new Error('The portal is not started');
	return portal;
}

async function note({ url, body }: FastifyRequest): Promise<void> {
	if (!url.startsWith('/rest/') || !Buffer.isBuffer(body)) return;
	const now = Date.now();
	for (const [id] of body.toString().matchAll(/externalCall\.[0-9a-f]{32}\.\d+/g))
		if (!arrivals.has(id)) arrivals.set(id, now);
}

async function count(url: string, status: number): Promise<void> {
	if (!url.startsWith('/rest/')) return;
	traffic.requests += 1;
	if (status === 503) traffic.refused += 1;
}

async function register(accessToken: string, index: number): Promise<string> {
	registered += 1;
	const response = await fetch(`${running().url}/rest/telephony.externalCall.register`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
		body: JSON.stringify({
			USER_ID: 2,
			PHONE_NUMBER: `+4930${1_000_000 + registered}`,
			TYPE: 1,
			SHOW: 0,
			CRM_CREATE: 0,
			EXTERNAL_CALL_ID: `bench ${registered}`,
		}),
	});
	const { result }: { result?: { CALL_ID?: string } } = await response.json();
	if (!result?.CALL_ID) throw new Error(`Call ${index} was not registered (${response.status})`);
	return result.CALL_ID;
}

process.on('message', ({ id, name, given }: { id: number; name: keyof Actions; given: never }) => {
	void (async () => await actions[name](given))().then(
		(value) => process.send?.({ id, value }),
		(error: unknown) => process.send?.({ id, problem: String(error) }),
	);
});
