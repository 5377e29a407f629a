import fastify, { type FastifyInstance } from 'fastify';
import { setMaxListeners } from 'node:events';
import { ChangeFeed } from './changes';
import { createClock } from './clock';
import { AJV } from './control/checked';
import { createControl, type PortalControl } from './control/control';
import { serveControl } from './control/routes';
import type { Core } from './core';
import { Mailer } from './events/mailer';
import { OfflineQueue } from './events/offline';
import { EventQueue } from './events/queue';
import { Faults } from './faults';
import { callInside } from './http/inside';
import { Journal } from './http/journal';
import { serveRest } from './http/rest';
import { Limits } from './limits/limits';
import { serveAppInfo } from './oauth/appInfo';
import { serveAuthorize } from './oauth/authorizePage';
import { serveTokens } from './oauth/tokenEndpoint';
import type { Wire } from './php/json';
import type { PhpValue } from './php/values';
import type { PortalState } from './state/model';
import { createState } from './state/state';
import { applySwitches, presetSwitches, type Switches } from './switches';

export type { Change, ChangeFeed } from './changes';
export type { PortalControl } from './control/control';
export type { FaultKind } from './faults';
export type { JournalEntry } from './http/journal';
export type { LimitSettings } from './limits/limits';
export * from './state/model';
export { SWITCHES, type Switches } from './switches';
export type { Click } from './telephony/click';

/** How a portal starts. */
export interface PortalOptions {
	/** Address to listen on, 127.0.0.1 unless said otherwise. */
	host?: string;
	/** Port of the portal; 0 = any free one. */
	port?: number;
	/** Port of the authorisation server; 0 = any free one. */
	authPort?: number;
	/** Scales service times and the waits of limits. 1 = like a real portal; 0 = no delay, limits start switched off. */
	timeFactor?: number;
	/** Whose way the portal goes where documentation and server disagree. */
	preset?: 'server' | 'docs';
	switches?: Partial<Switches>;
	seed?: 'demo' | 'empty';
	/** Adds routes to the portal's server before it listens. */
	plugins?: (app: FastifyInstance, portal: Portal) => Promise<void> | void;
}

/** A running portal with its authorisation server. */
export interface Portal {
	/** http://host:port; REST under /rest/, the authorisation page under /oauth/authorize/. */
	url: string;
	/** http://host:port; /oauth/token/ and /rest/app.info. */
	authorizationUrl: string;
	/** The portal's server. */
	app: FastifyInstance;
	state: PortalState;
	switches: Readonly<Switches>;
	limits: Limits;
	/** The latest REST requests with what they carried and how they were answered. */
	journal: Journal;
	control: PortalControl;
	/** Calls a REST method in the name of an employee, the first one unless said otherwise; see `callInside`. */
	call(method: string, parameters: Readonly<Record<string, PhpValue>>, userId?: number): Promise<Wire>;
	/** Emits 'change' whenever something visible changes. */
	changes: ChangeFeed;
	/** Stops both servers; nothing stays open. */
	stop(): Promise<void>;
}

/** Starts a local Bitrix24 portal and its authorisation server. Several can run at once. */
export async function startPortal(options: PortalOptions = {}): Promise<Portal> {
	const { host = '127.0.0.1', seed = 'demo', timeFactor = 0 } = options;
	const abort = new AbortController();
	// Every delivery that is under way listens to it.
	setMaxListeners(0, abort.signal);
	const app = fastify({ forceCloseConnections: true, ajv: AJV });
	const authorization = fastify({ forceCloseConnections: true });
	const underway = new Set<Promise<unknown>>();
	const switches = presetSwitches(options.preset ?? 'server');
	applySwitches(switches, options.switches ?? {});
	const clock = createClock();
	const changes = new ChangeFeed();
	const addresses = { authorization: '' };

	const core: Core = {
		state: createState(seed, ''),
		clock,
		switches,
		changes,
		events: new EventQueue(() => core, new Mailer(() => core, timeFactor), new OfflineQueue(() => core)),
		limits: new Limits(clock, switches, timeFactor, abort.signal),
		faults: new Faults(changes),
		journal: new Journal(),
		authorizationUrl: () => addresses.authorization,
		background(work) {
			const guarded = work.catch(() => undefined).finally(() => underway.delete(guarded));
			underway.add(guarded);
		},
		stopped: abort.signal,
	};
	const idle = async (): Promise<void> => {
		while (underway.size > 0) await Promise.all(underway);
	};
	const portal: Portal = {
		url: '',
		authorizationUrl: '',
		app,
		state: core.state,
		switches,
		limits: core.limits,
		journal: core.journal,
		changes,
		control: createControl(core, seed, idle),
		call: (method, parameters, userId = 1) => callInside(core, method, parameters, userId),
		async stop() {
			abort.abort();
			clock.stop();
			await Promise.all([app.close(), authorization.close()]);
			await idle();
		},
	};

	serveRest(app, core);
	serveAuthorize(app, core);
	serveControl(app, core, portal.control);
	serveTokens(authorization, core);
	serveAppInfo(authorization, core);
	await options.plugins?.(app, portal);
	try {
		await authorization.listen({ host, port: options.authPort ?? 0 });
		await app.listen({ host, port: options.port ?? 0 });
	} catch (error) {
		await portal.stop();
		throw error;
	}
	addresses.authorization = `http://${host}:${portOf(authorization)}`;
	core.state.settings.host = `${host}:${portOf(app)}`;
	portal.url = `http://${core.state.settings.host}`;
	portal.authorizationUrl = addresses.authorization;
	return portal;
}

function portOf(app: FastifyInstance): number {
	const address = app.server.address();
	return typeof address === 'object' && address !== null ? address.port : 0;
}
