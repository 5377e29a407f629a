import type { EventEmitter } from 'node:events';
import fastify from 'fastify';
import { addAmi } from './ami';
import { addAri } from './ari';
import type { PbxCall } from './call';
import type { Button, Side } from './driver';
import { deliveredGlobals } from './dialplan';
import { Exchange } from './exchange';
import type { IncomingCall } from './incoming/call';
import { keepJournal, type PbxRequest } from './journal';
import { outcomeOf, type OutcomeRule } from './outcomes';
import type { Invite } from './outgoing';
import type { ReportRecord } from './report';
import type { TransferKind } from './outcomes';

export { phonesOf, type PbxCall, type Phase } from './call';
export type { Button, Side } from './driver';
export { isIncoming, type IncomingCall } from './incoming/call';
export { outcomeOf, outcomeTable, type Outcome, type OutcomeRule } from './outcomes';
export type { PbxRequest } from './journal';
export type { Invite } from './outgoing';
export type { ReportRecord } from './report';
export type { TransferKind } from './outcomes';

/** Options of the simulated PBX; every one has a default that suits a person at the page. */
export interface PbxOptions {
	host?: string;
	/** 0 takes a free port. */
	port?: number;
	user?: string;
	password?: string;
	/** Extensions with a registered phone, or a function that knows; 101 to 104 by default. */
	extensions?: readonly string[] | ((extension: string) => boolean);
	/** How long the employee's phone rings, in simulated seconds; B24_AGENT_RING as delivered. */
	employeeRingSeconds?: number;
	/** How long the client's phone rings, in simulated seconds; B24_CLIENT_RING as delivered. */
	clientRingSeconds?: number;
	/** Global variables of the dialplan that differ from the files of examples/asterisk as delivered. */
	globals?: Readonly<Record<string, string>>;
	/** Real seconds a simulated second lasts: 1 is real time, 0.01 a hundred times faster. */
	timeFactor?: number;
	/** Real seconds that the dialplan waits for n8n at least; 1, 2 or 5 as delivered. A busy machine may need more. */
	answerSeconds?: number;
	/** Which numbers act by themselves; `outcomeOf` by default. */
	outcomes?: OutcomeRule;
}

/** The hands of the PBX's owner. */
export interface PbxControl {
	/** Value of a global variable; empty when there is none. */
	global(name: string): string;
	/** `dialplan set global`, for one variable or several. */
	setGlobals(globals: Readonly<Record<string, string>>): void;
	/** How long a simulated second lasts from now on, in real ones. */
	setTimeFactor(timeFactor: number): void;
	/** SIGKILL and a new start: calls are gone, and nobody reports them. */
	kill(): void;
	/** `core stop now` and a new start: every call is hung up and reported. */
	stopNow(): void;
	/** How many requests ARI and AMI were sent. */
	requests(): number;
	/** false: whoever asks ARI or AMI gets no answer. */
	setReachable(isReachable: boolean): void;
}

/** A running PBX. `changes` emits `change` whenever a call, a recording or a report changed. */
export interface Pbx {
	url: string;
	user: string;
	password: string;
	changes: EventEmitter;
	/** All calls, oldest first, those that are over too. */
	calls: readonly PbxCall[];
	/** What the hangup handlers posted, oldest first. */
	reports: readonly ReportRecord[];
	/** What ARI and AMI were asked lately, oldest first. */
	journal: readonly PbxRequest[];
	/** Global variables of the dialplan, as they are now. */
	globals: Readonly<Record<string, string>>;
	/** Presses a button of a phone, of one of several by its extension; false when it has no effect now. */
	press(channelId: string, side: Side, button: Button, extension?: string): boolean;
	/** What the provider was asked for, oldest first: numbers, and the caller IDs shown to it. */
	invites: readonly Invite[];
	/** What happens to a PBX besides telephone calls. */
	control: PbxControl;
	/** The employee transfers an outgoing call in which both talk; false when there is none. */
	transfer(channelId: string, to: string, kind: TransferKind): boolean;
	/** The employee puts the client on hold, or takes him back; false when nobody talks. */
	hold(channelId: string): boolean;
	/** A client calls a line; `rings` resolves when n8n was asked and phones ring, or the call is over already. */
	callIn(from: Pick<IncomingCall, 'number' | 'line'>): { call: IncomingCall; rings: Promise<void> };
	isRegistered(extension: string): boolean;
	stop(): Promise<void>;
}

/**
 * Starts a simulated Asterisk: ARI and AMI over HTTP, the dialplan of examples/asterisk, phones for people and
 * automatic numbers.
 * @returns the running PBX with its address and the user for Basic authentication
 * @throws if the port is taken
 */
export async function startPbx(options: PbxOptions = {}): Promise<Pbx> {
	const user = options.user ?? 'n8n';
	const password = options.password ?? 'secret';
	const extensions = options.extensions ?? ['101', '102', '103', '104'];
	const globals = { ...deliveredGlobals(), ...options.globals };
	const exchange = new Exchange({
		isRegistered: typeof extensions === 'function' ? extensions : (extension) => extensions.includes(extension),
		employeeRingSeconds: options.employeeRingSeconds ?? Number(globals.B24_AGENT_RING),
		clientRingSeconds: options.clientRingSeconds ?? Number(globals.B24_CLIENT_RING),
		timeFactor: options.timeFactor ?? 1,
		answerSeconds: options.answerSeconds ?? 0,
		outcomes: options.outcomes ?? outcomeOf,
		globals,
	});
	const app = fastify({ forceCloseConnections: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	app.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: 'Resource not found' }));
	const journal = keepJournal(app);
	let isReachable = true;
	let requests = 0;
	app.addHook('onRequest', (request, _reply, done) => {
		requests += 1;
		if (isReachable) done();
		else request.raw.destroy();
	});
	addAri(app, exchange, { user, password });
	addAmi(app, exchange, { user, password });
	const url = await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
	return {
		url,
		user,
		password,
		changes: exchange.changes,
		calls: exchange.calls,
		reports: exchange.reports,
		journal,
		globals,
		press: (channelId, side, button, extension) => exchange.press(channelId, side, button, extension),
		invites: exchange.invites,
		control: {
			global: (name) => globals[name] ?? '',
			setGlobals: (changes) => {
				Object.assign(globals, changes);
				exchange.changes.emit('change');
			},
			setTimeFactor: (timeFactor) => {
				exchange.options.timeFactor = timeFactor;
			},
			kill: () => exchange.kill(),
			stopNow: () => exchange.stopNow(),
			requests: () => requests,
			setReachable: (now) => {
				isReachable = now;
			},
		},
		transfer: (channelId, to, kind) => exchange.transfer(channelId, to, kind),
		hold: (channelId) => exchange.hold(channelId),
		callIn: (from) => exchange.callIn(from),
		isRegistered: exchange.options.isRegistered,
		stop: async () => {
			exchange.stop();
			await app.close();
		},
	};
}
