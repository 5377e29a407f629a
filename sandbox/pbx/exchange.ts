import type { EventEmitter } from 'node:events';
import { phonesOf, type OriginateRequest, type PbxCall } from './call';
import type { Button, CallDriver, Side } from './driver';
import type { IncomingCall } from './incoming/call';
import { IncomingCalls } from './incoming/incomingCalls';
import { OutgoingCalls, type Invite } from './outgoing';
import type { ReportRecord } from './report';
import { Reporter, type Repeat } from './reporter';
import { Switchboard, type ExchangeOptions } from './switchboard';
import type { TransferKind } from './outcomes';

/** What a person does by a button, in words. */
const PRESSED: Readonly<Record<Button, string>> = {
	answer: 'answers',
	busy: 'is busy',
	noanswer: 'does not answer',
	hangup: 'hangs up',
	congestion: 'cannot be reached, the trunk is full',
	chanunavail: 'has no such number',
};

/** The simulated PBX without its wire. */
export class Exchange {
	private readonly board: Switchboard;
	private readonly reporter: Reporter;
	private readonly outgoing: OutgoingCalls;
	private readonly incoming: IncomingCalls;

	constructor(readonly options: ExchangeOptions) {
		this.board = new Switchboard(options);
		this.reporter = new Reporter(this.board.changes, options);
		this.outgoing = new OutgoingCalls(this.board, this.reporter);
		this.incoming = new IncomingCalls(this.board, this.reporter);
	}

	get changes(): EventEmitter {
		return this.board.changes;
	}

	get calls(): readonly PbxCall[] {
		return this.board.calls;
	}

	get recordings(): Map<string, number> {
		return this.board.recordings;
	}

	get reports(): readonly ReportRecord[] {
		return this.reporter.reports;
	}

	/** What the trunk saw. */
	get invites(): readonly Invite[] {
		return this.outgoing.invites;
	}

	/** Reports that are being repeated; each has a channel. */
	get repeats(): Iterable<Repeat> {
		return this.reporter.repeats;
	}

	/** The call with this channel id, or undefined when there is none or it is over. */
	live(channelId: string): PbxCall | undefined {
		return this.board.live(channelId);
	}

	/** Rings an employee for a workflow; see `OutgoingCalls`. */
	originate(request: OriginateRequest): PbxCall | undefined {
		return this.outgoing.originate(request);
	}

	/** A client calls in; see `IncomingCalls`. */
	callIn(from: Pick<IncomingCall, 'number' | 'line'>): { call: IncomingCall; rings: Promise<void> } {
		return this.incoming.callIn(from);
	}

	/**
	 * Presses a button of a phone, for a person or for an automatic number.
	 * @param extension whose phone, on the employees' side; needed only while several ring
	 * @returns false when the phone has nothing to do with it in this phase
	 */
	press(channelId: string, side: Side, button: Button, extension?: string): boolean {
		const call = this.live(channelId);
		if (!call) return false;
		const phone = extension ?? phonesOf(call)[0] ?? '';
		const pressedAt = { at: Date.now(), before: call.moments.length };
		const isPressed =
			call.phase === 'talking'
				? button === 'hangup' && this.driver(call).hangup(call)
				: this.driver(call).press(call, side, button, phone);
		if (isPressed) {
			const text = `${side === 'client' ? 'the client' : `extension ${phone}`} ${PRESSED[button]}`;
			call.moments.splice(pressedAt.before, 0, { at: pressedAt.at, by: 'person', text });
		}
		return isPressed;
	}

	/**
	 * Hangs the first leg up: the employee's handset, or `DELETE /ari/channels/<id>`.
	 * @returns false when there is no such live call
	 */
	hangup(channelId: string): boolean {
		const call = this.live(channelId);
		return call !== undefined && this.driver(call).hangup(call);
	}

	/**
	 * The employee transfers an outgoing call in which both talk.
	 * @returns false when there is no such call
	 */
	transfer(channelId: string, to: string, kind: TransferKind): boolean {
		const call = this.live(channelId);
		return call?.direction === 'out' && this.outgoing.transfer(call, to, kind);
	}

	/**
	 * The employee puts the client on hold, or takes him back. The call and its recording go on.
	 * @returns false when nobody talks
	 */
	hold(channelId: string): boolean {
		const call = this.live(channelId);
		if (call?.phase !== 'talking') return false;
		call.isHeld = !call.isHeld;
		this.board.note(call, call.isHeld ? 'holds the client' : 'takes the client back');
		this.changes.emit('change');
		return true;
	}

	/** Asterisk is killed and starts anew (SIGKILL): calls and repeated reports are gone, and nobody reports them. */
	kill(): void {
		this.reporter.forget();
		for (const call of this.calls) if (call.phase !== 'over') this.board.end(call);
	}

	/** `core stop now` and a new start: every channel is hung up, and the handlers report. What was repeated is gone. */
	stopNow(): void {
		this.reporter.forget();
		for (const call of this.calls) if (call.phase !== 'over') this.driver(call).hangup(call);
	}

	/** Ends every timer and outstanding report. Calls stay as they are. */
	stop(): void {
		this.reporter.stop();
		this.board.stop();
	}

	private driver(call: PbxCall): CallDriver {
		return call.direction === 'in' ? this.incoming : this.outgoing;
	}
}
