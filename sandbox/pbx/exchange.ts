import type { EventEmitter } from 'node:events';
import type { IncomingCall, OriginateRequest, PbxCall } from './call';
import type { Button, CallDriver, Side } from './driver';
import { IncomingCalls } from './incoming';
import { OutgoingCalls } from './outgoing';
import type { ReportRecord } from './report';
import { Reporter } from './reporter';
import { Switchboard, type ExchangeOptions } from './switchboard';

/** The simulated PBX without its wire. */
export class Exchange {
	private readonly board: Switchboard;
	private readonly reporter: Reporter;
	private readonly outgoing: OutgoingCalls;
	private readonly incoming: IncomingCalls;

	constructor(readonly options: ExchangeOptions) {
		this.board = new Switchboard(options);
		this.reporter = new Reporter(this.board.changes);
		this.outgoing = new OutgoingCalls(this.board, this.reporter);
		this.incoming = new IncomingCalls(this.board);
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

	/** The call with this channel id, or undefined when there is none or it is over. */
	live(channelId: string): PbxCall | undefined {
		return this.board.live(channelId);
	}

	/** Rings an employee for a workflow; see `OutgoingCalls`. */
	originate(request: OriginateRequest): PbxCall | undefined {
		return this.outgoing.originate(request);
	}

	/** A client calls in; see `IncomingCalls`. */
	callIn(request: IncomingCall): { call: PbxCall; ended: Promise<PbxCall> } {
		return this.incoming.callIn(request);
	}

	/**
	 * Presses a button of a phone, for a person or for an automatic number.
	 * @returns false when the phone has nothing to do with it in this phase
	 */
	press(channelId: string, side: Side, button: Button): boolean {
		const call = this.live(channelId);
		if (!call) return false;
		if (call.phase === 'talking') return button === 'hangup' && this.driver(call).hangup(call);
		return this.driver(call).press(call, side, button);
	}

	/**
	 * Hangs the first leg up: the employee's handset, or `DELETE /ari/channels/<id>`.
	 * @returns false when there is no such live call
	 */
	hangup(channelId: string): boolean {
		const call = this.live(channelId);
		return call !== undefined && this.driver(call).hangup(call);
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
