import { EventEmitter } from 'node:events';
import { phonesOf, type CallResult, type Moment, type PbxCall, type Phase } from './call';
import type { Globals } from './dialplan';
import type { OutcomeRule } from './outcomes';

const KEPT = 200;

/** What the exchange needs to know; every length of time is in simulated seconds. */
export interface ExchangeOptions {
	/** Whether an extension has a registered phone; only such a one can be dialled as `PJSIP/<extension>`. */
	isRegistered: (extension: string) => boolean;
	employeeRingSeconds: number;
	clientRingSeconds: number;
	/** Real seconds a simulated second lasts: 1 is real time, 0.01 a hundred times faster. */
	timeFactor: number;
	/** Real seconds that the dialplan waits for n8n at least, where its files have fewer; 0 for what they have. */
	answerSeconds: number;
	outcomes: OutcomeRule;
	/** Global variables of the dialplan. */
	globals: Globals;
}

/** All calls with their phases, clocks and recordings: what calls of every direction need. */
export class Switchboard {
	readonly changes = new EventEmitter();
	readonly calls: PbxCall[] = [];
	/** Name of each stored recording and its length in seconds. */
	readonly recordings = new Map<string, number>();
	private readonly timers = new Map<PbxCall, Set<NodeJS.Timeout>>();
	private acting: { call: PbxCall; at: number } | undefined;
	private channelCount = 0;
	private stopped = false;

	constructor(readonly options: ExchangeOptions) {
		this.changes.setMaxListeners(0);
	}

	get isStopped(): boolean {
		return this.stopped;
	}

	/** The call with this channel id, or undefined when there is none or it is over. */
	live(channelId: string): PbxCall | undefined {
		return this.calls.find((call) => call.channelId === channelId && call.phase !== 'over');
	}

	/**
	 * Number of the next call's first channel. A real Asterisk has four of a call: both halves of the Local channel,
	 * phone, trunk.
	 */
	nextChannel(): number {
		const first = this.channelCount;
		this.channelCount += 4;
		return first;
	}

	/** Whether a live channel bears one of these ids, or two of them are the same. */
	isTaken(ids: readonly string[]): boolean {
		const live = this.calls
			.filter(({ phase }) => phase !== 'over')
			.flatMap(({ channelId, otherChannelId }) => [channelId, otherChannelId]);
		return new Set(ids).size < ids.length || ids.some((id) => live.includes(id));
	}

	/** Whether a phone is in a call. */
	isEngaged(extension: string): boolean {
		return this.calls.some((call) => phonesOf(call).includes(extension));
	}

	/** Takes a new call in. */
	keep(call: PbxCall): void {
		this.calls.push(call);
		// A live call is never forgotten: its id would be free for a second dial.
		const oldest = this.calls.length > KEPT ? this.calls.findIndex(({ phase }) => phase === 'over') : -1;
		if (oldest >= 0) this.calls.splice(oldest, 1);
		this.timers.set(call, new Set());
		this.changes.emit('change');
	}

	/** Brings a call into a phase; what was to happen in the one before happens no more. */
	enter(call: PbxCall, phase: Phase): void {
		for (const timer of this.timers.get(call) ?? []) clearTimeout(timer);
		this.timers.get(call)?.clear();
		call.phase = phase;
		call.phaseSince = Date.now();
		this.changes.emit('change');
	}

	/** Does something in so many simulated seconds, unless the call enters another phase before. */
	after(call: PbxCall, seconds: number, action: () => void): void {
		const at = this.now(call) + seconds;
		this.timers.get(call)?.add(
			setTimeout(
				() => {
					this.acting = { call, at };
					try {
						action();
					} finally {
						this.acting = undefined;
					}
				},
				seconds * 1000 * this.options.timeFactor,
			),
		);
	}

	/**
	 * Simulated seconds since the call began; exact while one of its timers acts, so that scripted lengths come out
	 * whole.
	 */
	now(call: PbxCall): number {
		return this.acting?.call === call
			? this.acting.at
			: (Date.now() - call.startedAt) / 1000 / (this.options.timeFactor || 1);
	}

	/** Whole simulated seconds since a moment of `now`. The sum of scripted lengths may fall short by a rounding. */
	since(call: PbxCall, moment: number): number {
		return Math.floor(this.now(call) - moment + 0.001);
	}

	/** Notes what happened to a call, for whoever looks at it. */
	note({ moments }: PbxCall, text: string, by: Moment['by'] = 'pbx'): void {
		moments.push({ at: Date.now(), by, text });
	}

	/**
	 * Ends a call.
	 * @param result for its report; none for a call that came in
	 * @param how it ended, in words
	 */
	end(call: PbxCall, result?: CallResult, how = result ? endWords(result) : 'ends the call'): void {
		call.result = result;
		this.note(call, how);
		this.enter(call, 'over');
		this.timers.delete(call);
	}

	/** Stops every clock. Calls stay as they are. */
	stop(): void {
		this.stopped = true;
		for (const timers of this.timers.values()) for (const timer of timers) clearTimeout(timer);
		this.timers.clear();
	}
}

/** How a call ended, in words for people. */
export function endWords(result: { dialStatus: string; hangupCause: number; answeredSeconds?: number }): string {
	const { dialStatus, hangupCause, answeredSeconds } = result;
	if (answeredSeconds !== undefined) return `hangs up after ${answeredSeconds} s of conversation`;
	return `ends the call: ${dialStatus || 'the caller is gone'}, cause ${hangupCause}`;
}
