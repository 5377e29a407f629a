import type { PbxCall } from './call';
import type { Switchboard } from './switchboard';

/** Who has the call on the company's side, and who had it before: what the dialplan keeps in SHARED variables. */
export interface Talk {
	/** Who has it now; empty while a transferred call rings. */
	who: string;
	/** Simulated second of the call in which he got it. */
	since: number;
	/** Finished parts: `101:12,` for twelve seconds of extension 101. */
	talked: string;
	/** What the phone at the end calls itself, when it is not the one that answered (CONNECTEDLINE). */
	last?: string;
}

/** The first employee has the call. */
export function beginTalk(extension: string): Talk {
	return { who: extension, since: 0, talked: '' };
}

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
