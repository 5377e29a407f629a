import type { PbxCall } from './call';
import { NORMAL_CLEARING, type Button, type Side } from './driver';
import type { Switchboard } from './switchboard';
import type { TransferKind } from './outcomes';
import { endPart, take } from './talk';

/** How long the phones' own context lets a phone ring, in simulated seconds. */
const RING_SECONDS = 30;
const BUSY = 17;

/**
 * Transfers of a call to another employee. The leg of the first one goes on with the other's phone, whose DIALSTATUS it
 * has from then on; the client's leg, which reports, knows only that the call goes on, or that it is over.
 */
export class Transfers {
	/** @param end ends the call with a Q.850 cause */
	constructor(
		private readonly board: Switchboard,
		private readonly end: (call: PbxCall, hangupCause: number) => void,
	) {}

	/** The employee transfers a call in which both talk. */
	begin(call: PbxCall, to: string, kind: TransferKind): void {
		const { board } = this;
		const isEngaged = board.isEngaged(to);
		// Without b24-transfer nobody notes the time; the connected line tells of the other at the end.
		const isNoted = kind === 'blind' && (board.options.globals.B24_PHONE_CONTEXT ?? '') !== '';
		if (isNoted) endPart(board, call);
		board.note(call, `transfers the client from extension ${call.extension} to ${to}, ${kind}`);
		call.extension = to;
		if (kind === 'attended') call.talk.last = to;
		else if (!board.options.isRegistered(to)) this.end(call, NORMAL_CLEARING);
		else if (isEngaged) this.end(call, BUSY);
		else {
			board.enter(call, 'transfer');
			board.after(call, RING_SECONDS, () => this.end(call, NORMAL_CLEARING));
		}
		board.changes.emit('change');
	}

	/** The buttons while the other phone rings: the client may only hang up. */
	press(call: PbxCall, side: Side, button: Button): boolean {
		if (side === 'client' && button !== 'hangup') return false;
		if (button === 'answer') {
			if (call.talk.who === '') take(this.board, call, call.extension);
			call.talk.last = call.extension;
			this.board.note(call, `extension ${call.extension} answered`);
			this.board.enter(call, 'talking');
		} else this.end(call, side === 'employee' && button === 'busy' ? BUSY : NORMAL_CLEARING);
		return true;
	}
}
