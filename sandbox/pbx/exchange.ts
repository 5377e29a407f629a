import { EventEmitter } from 'node:events';
import { incomingCall, outgoingCall, type CallResult, type DialStatus, type IncomingCall, type OriginateRequest, type PbxCall, type Phase } from './call';
import type { OutcomeRule } from './outcomes';
import { postReport, reportBody, variable, type ReportRecord } from './report';
import { automaticStep } from './script';

/** Contexts of examples/asterisk/extensions.conf. Any other context has no dialplan, so a call into it simply ends. */
export const AGENT_CONTEXT = 'b24-agent';
export const CLIENT_CONTEXT = 'from-bitrix24';

const KEPT = 200;

/** Q.850 causes: what `Hangup()` sets when nobody named another one, and what a timeout of the originate request sets. */
const NORMAL_CLEARING = 16;
const NO_ANSWER = 19;

export type Side = 'employee' | 'client';
export type Button = 'answer' | 'busy' | 'noanswer' | 'hangup' | 'congestion' | 'chanunavail';

/** What the exchange needs to know; every length of time is in simulated seconds. */
export interface ExchangeOptions {
	/** Whether an extension has a registered phone; only such a one can be dialled as `PJSIP/<extension>`. */
	isRegistered: (extension: string) => boolean;
	employeeRingSeconds: number;
	clientRingSeconds: number;
	/** Real seconds a simulated second lasts: 1 is real time, 0.01 a hundred times faster. */
	timeFactor: number;
	outcomes: OutcomeRule;
}

/** The simulated PBX without its wire: phones, calls, recordings and the hangup reports. */
export class Exchange {
	readonly changes = new EventEmitter();
	readonly calls: PbxCall[] = [];
	readonly reports: ReportRecord[] = [];
	/** Name of each stored recording and its length in seconds. */
	readonly recordings = new Map<string, number>();
	private readonly timers = new Map<PbxCall, Set<NodeJS.Timeout>>();
	private readonly waiting = new Map<PbxCall, (call: PbxCall) => void>();
	private readonly stopping = new AbortController();
	private channelCount = 0;
	private reportCount = 0;

	constructor(readonly options: ExchangeOptions) {
		this.changes.setMaxListeners(0);
	}

	/** The call with this channel id, or undefined when there is none or it is over. */
	live(channelId: string): PbxCall | undefined {
		return this.calls.find((call) => call.channelId === channelId && call.phase !== 'over');
	}

	/**
	 * Starts a call and returns at once, before anyone rings, as Asterisk does.
	 * @returns the call; its phase moves on by itself, by `press` and by `hangup`. Undefined when a live channel bears one
	 *   of its ids already, and nothing was dialled.
	 */
	originate(request: OriginateRequest): PbxCall | undefined {
		if (this.isTaken(request.ids)) return undefined;
		const call = outgoingCall(request, this.nextChannel(), this.options.outcomes(request.number, request.endpoint.extension));
		const engaged = !call.outcome && this.isEngaged(call.extension);
		this.keep(call);
		// The answer to the originate request has to leave first: on a real Asterisk the report comes after it as well.
		setImmediate(() => this.ringEmployee(call, request, engaged));
		return call;
	}

	/**
	 * A client calls an employee. Nothing is reported to a workflow: how a PBX announces incoming calls is its owner's
	 * dialplan, and whoever started the simulation learns the end from `ended`.
	 * @returns the call, and a promise of it when it is over
	 */
	callIn(request: IncomingCall): { call: PbxCall; ended: Promise<PbxCall> } {
		const call = incomingCall(request, this.nextChannel());
		const engaged = this.isEngaged(call.extension);
		this.keep(call);
		const ended = new Promise<PbxCall>((resolve) => this.waiting.set(call, resolve));
		if (!this.options.isRegistered(call.extension)) this.end(call, { leg: 'client', dialStatus: 'CHANUNAVAIL', hangupCause: 20 });
		else if (engaged) this.end(call, { leg: 'client', dialStatus: 'BUSY', hangupCause: 17 });
		else this.after(call, this.options.employeeRingSeconds, () => this.endClientLeg(call, 'NOANSWER'));
		return { call, ended };
	}

	/**
	 * Presses a button of a phone, for a person or for an automatic number.
	 * @returns false when the phone has nothing to do with it in this phase (a client cannot answer before it rings)
	 */
	press(channelId: string, side: Side, button: Button): boolean {
		const call = this.live(channelId);
		if (!call) return false;
		if (call.phase === 'talking') return button === 'hangup' && this.hangup(channelId);
		if (call.direction === 'in') return this.pressIncoming(call, side, button);
		if (side === 'employee') return this.pressEmployee(call, button);
		return call.phase === 'client' && this.pressClient(call, button);
	}

	/**
	 * Hangs the first leg up: the employee's handset, or `DELETE /ari/channels/<id>`.
	 * @param seconds length of the conversation if it is known beforehand; measured otherwise
	 * @returns false when there is no such live call
	 */
	hangup(channelId: string, seconds?: number): boolean {
		const call = this.live(channelId);
		if (!call) return false;
		if (call.phase === 'employee' && call.direction === 'out') this.endAgentLeg(call, 'CANCEL', NORMAL_CLEARING);
		else if (call.phase !== 'talking') this.endClientLeg(call, 'CANCEL');
		else this.endClientLeg(call, 'ANSWER', seconds ?? Math.floor((Date.now() - call.phaseSince) / 1000 / (this.options.timeFactor || 1)));
		return true;
	}

	/** Ends every timer and outstanding report. Calls stay as they are. */
	stop(): void {
		this.stopping.abort();
		for (const timers of this.timers.values()) for (const timer of timers) clearTimeout(timer);
		this.timers.clear();
	}

	private nextChannel(): number {
		const first = this.channelCount;
		// Four channels a call on a real Asterisk: both halves of the Local channel, the phone, the trunk.
		this.channelCount += 4;
		return first;
	}

	private isTaken(ids: readonly string[]): boolean {
		const live = this.calls.filter(({ phase }) => phase !== 'over').flatMap(({ channelId, otherChannelId }) => [channelId, otherChannelId]);
		return new Set(ids).size < ids.length || ids.some((id) => live.includes(id));
	}

	private isEngaged(extension: string): boolean {
		return this.calls.some((call) => call.phase !== 'over' && call.extension === extension);
	}

	private keep(call: PbxCall): void {
		this.calls.push(call);
		// A live call is never forgotten: its id would be free for a second dial.
		const oldest = this.calls.length > KEPT ? this.calls.findIndex(({ phase }) => phase === 'over') : -1;
		if (oldest >= 0) this.calls.splice(oldest, 1);
		this.timers.set(call, new Set());
		this.changes.emit('change');
	}

	private ringEmployee(call: PbxCall, request: OriginateRequest, engaged: boolean): void {
		if (call.phase !== 'employee' || this.stopping.signal.aborted) return;
		if (request.endpoint.technology === 'Local') {
			if (call.agentContext !== AGENT_CONTEXT) return this.end(call);
			// Q.850 cause 20, subscriber absent: the one that chan_pjsip names for a phone without a contact.
			if (!this.options.isRegistered(call.extension)) return this.endAgentLeg(call, 'CHANUNAVAIL', 20);
			this.after(call, this.options.employeeRingSeconds, () => this.endAgentLeg(call, 'NOANSWER', NORMAL_CLEARING));
		}
		if (engaged) return this.endAgentLeg(call, 'BUSY', 17);
		if (request.timeout > 0) this.after(call, request.timeout, () => this.endAgentLeg(call, 'CANCEL', NO_ANSWER));
		call.ringing = true;
		this.runScript(call);
	}

	private pressIncoming(call: PbxCall, side: Side, button: Button): boolean {
		if (side === 'client') return button === 'hangup' && this.hangup(call.channelId);
		if (button === 'answer') this.enter(call, 'talking');
		else if (button === 'noanswer') this.endClientLeg(call, 'NOANSWER');
		else if (button === 'busy' || button === 'hangup') this.endClientLeg(call, 'BUSY');
		else return false;
		return true;
	}

	private pressEmployee(call: PbxCall, button: Button): boolean {
		if (call.phase === 'client') return button === 'hangup' && this.hangup(call.channelId);
		if (button === 'answer') this.ringClient(call);
		else if (button === 'busy' || button === 'hangup') this.endAgentLeg(call, 'BUSY', 17);
		else if (button === 'noanswer') this.endAgentLeg(call, 'NOANSWER', NORMAL_CLEARING);
		else return false;
		return true;
	}

	private pressClient(call: PbxCall, button: Button): boolean {
		if (button === 'answer') {
			this.enter(call, 'talking');
			this.runScript(call);
		} else if (button === 'hangup') this.endClientLeg(call, 'BUSY');
		else this.endClientLeg(call, button.toUpperCase() as DialStatus);
		return true;
	}

	private ringClient(call: PbxCall): void {
		if (call.context !== CLIENT_CONTEXT) return this.end(call);
		this.enter(call, 'client');
		this.recordings.set(call.channelId, 0);
		this.after(call, this.options.clientRingSeconds, () => this.endClientLeg(call, 'NOANSWER'));
		this.runScript(call);
	}

	private endAgentLeg(call: PbxCall, dialStatus: DialStatus, hangupCause: number): void {
		// A phone that was dialled directly never ran the agent context, so nobody pushed a handler for it.
		this.end(call, call.agentContext === AGENT_CONTEXT ? { leg: 'agent', dialStatus, hangupCause } : undefined);
	}

	private endClientLeg(call: PbxCall, dialStatus: DialStatus, answeredSeconds?: number): void {
		this.recordings.set(call.channelId, answeredSeconds ?? 0);
		this.end(call, { leg: 'client', dialStatus, hangupCause: NORMAL_CLEARING, answeredSeconds });
	}

	private end(call: PbxCall, result?: CallResult): void {
		call.result = result;
		this.enter(call, 'over');
		this.timers.delete(call);
		this.waiting.get(call)?.(call);
		this.waiting.delete(call);
		if (call.direction === 'in') return;
		const body = reportBody(call);
		const url = variable(call, 'B24_DONE_URL');
		if (body === undefined || !url) return;
		const record: ReportRecord = { id: (this.reportCount += 1), channelId: call.channelId, url, body, sentAt: Date.now() };
		this.reports.push(record);
		if (this.reports.length > KEPT) this.reports.shift();
		void postReport(record, this.stopping.signal).then(() => this.changes.emit('change'));
	}

	private enter(call: PbxCall, phase: Phase): void {
		for (const timer of this.timers.get(call) ?? []) clearTimeout(timer);
		this.timers.get(call)?.clear();
		call.phase = phase;
		call.phaseSince = Date.now();
		this.changes.emit('change');
	}

	private runScript(call: PbxCall): void {
		const step = call.outcome && automaticStep(call.outcome, call.phase);
		if (!step) return;
		this.after(call, step.after, () => {
			if (step.talked !== undefined) this.hangup(call.channelId, step.talked);
			else this.press(call.channelId, step.side, step.button);
		});
	}

	private after(call: PbxCall, seconds: number, action: () => void): void {
		this.timers.get(call)?.add(setTimeout(action, seconds * 1000 * this.options.timeFactor));
	}
}
