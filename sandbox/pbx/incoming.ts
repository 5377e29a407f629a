import { incomingCall, type DialStatus, type IncomingCall, type PbxCall } from './call';
import { NORMAL_CLEARING, type Button, type CallDriver, type Side } from './driver';
import type { Switchboard } from './switchboard';

/**
 * Calls of clients to employees. Nothing is reported to a workflow: how a PBX announces incoming calls is its owner's
 * dialplan, and whoever started the simulation learns the end from `ended`.
 */
export class IncomingCalls implements CallDriver {
	constructor(private readonly board: Switchboard) {}

	/**
	 * A client calls an employee.
	 * @returns the call, and a promise of it when it is over
	 */
	callIn(request: IncomingCall): { call: PbxCall; ended: Promise<PbxCall> } {
		const { board } = this;
		const call = incomingCall(request, board.nextChannel());
		const engaged = board.isEngaged(call.extension);
		board.keep(call);
		const ended = board.ended(call);
		if (!board.options.isRegistered(call.extension)) board.end(call, { leg: 'client', dialStatus: 'CHANUNAVAIL', hangupCause: 20 });
		else if (engaged) board.end(call, { leg: 'client', dialStatus: 'BUSY', hangupCause: 17 });
		else board.after(call, board.options.employeeRingSeconds, () => this.end(call, 'NOANSWER'));
		return { call, ended };
	}

	press(call: PbxCall, side: Side, button: Button): boolean {
		if (side === 'client') return button === 'hangup' && this.hangup(call);
		if (button === 'answer') {
			call.answeredAt = this.board.now(call);
			this.board.enter(call, 'talking');
		} else if (button === 'noanswer') this.end(call, 'NOANSWER');
		else if (button === 'busy' || button === 'hangup') this.end(call, 'BUSY');
		else return false;
		return true;
	}

	hangup(call: PbxCall): boolean {
		if (call.answeredAt === undefined) this.end(call, 'CANCEL');
		else this.end(call, 'ANSWER', this.board.since(call, call.answeredAt));
		return true;
	}

	private end(call: PbxCall, dialStatus: DialStatus, answeredSeconds?: number): void {
		this.board.recordings.set(call.channelId, answeredSeconds ?? 0);
		this.board.end(call, { leg: 'client', dialStatus, hangupCause: NORMAL_CLEARING, answeredSeconds });
	}
}
