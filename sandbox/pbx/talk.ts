import type { PbxCall } from './call';
import type { Switchboard } from './switchboard';

/** Ends the part of whoever has the call (b24-part). Nobody has it then. */
export function endPart(board: Switchboard, call: PbxCall): void {
	const { talk } = call;
	if (talk.who !== '' && call.answeredAt !== undefined) talk.talked += `${talk.who}:${board.since(call, talk.since)},`;
	talk.who = '';
}

/** Somebody has the call from now on (b24-took, b24-answered). */
export function take(board: Switchboard, call: PbxCall, who: string): void {
	call.talk.who = who;
	call.talk.since = board.now(call);
}
