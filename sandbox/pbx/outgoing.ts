import { outgoingCall, type OriginateRequest, type PbxCall } from './call';
import { CANCELLED, endingOf, NO_ANSWER, NO_NUMBER, NOT_REGISTERED, REQUEST_OVER, type Ending } from './causes';
import { AGENT_CONTEXT, callerIdOf, CLIENT_CONTEXT, digitsOf, tonesOf } from './dialplan';
import { NORMAL_CLEARING, SIP_OF_BUTTON, type Button, type CallDriver, type Side } from './driver';
import { doneUrl, recordingName, reportBody, variable } from './report';
import type { Reporter } from './reporter';
import { automaticStep } from './script';
import type { Switchboard } from './switchboard';
import { endPart, take } from './talk';
import type { TransferKind } from './outcomes';
import { Transfers } from './transfers';

/**
 * After so many seconds a voicemail answers for an absent employee, where the phone is rung by way of the PBX's own
 * context (FreePBX).
 */
const VOICEMAIL_SECONDS = 15;
/** `Read(..,3,4)` of b24-confirm: nobody presses a key. */
const CONFIRM_SECONDS = 12;

/** What the provider was asked for. */
export interface Invite {
	channelId: string;
	number: string;
	/** As the trunk shows it; empty for none. */
	callerId: string;
	/** DTMF after the answer. */
	tones: string;
}

/** Calls that a workflow originates: the employee's phone rings, then the client's; the end is reported. */
export class OutgoingCalls implements CallDriver {
	/** What the trunk saw, oldest first. */
	readonly invites: Invite[] = [];
	/** AstDB: start of the newest try of each CALL_ID that was not reported yet. */
	private readonly newest = new Map<string, number>();
	private readonly transfers: Transfers;

	constructor(
		private readonly board: Switchboard,
		private readonly reporter: Reporter,
	) {
		this.transfers = new Transfers(board, (call, cause) => this.endTalk(call, cause));
	}

	/**
	 * Starts a call and returns at once, before anyone rings, as Asterisk does.
	 * @returns the call. Undefined when a live channel bears one of its ids already, and nothing was dialled.
	 */
	originate(request: OriginateRequest): PbxCall | undefined {
		const { board } = this;
		if (board.isTaken(request.ids)) return undefined;
		const call = outgoingCall(request, board.nextChannel(), (number) =>
			board.options.outcomes(number, request.endpoint.extension),
		);
		const engaged = !call.outcome && board.isEngaged(call.extension);
		// Two tries of a call take seconds; those of an accelerated one must not have the same start.
		call.start = Math.max(
			call.start,
			...board.calls.filter(({ callId }) => callId === call.callId).map(({ start }) => start + 1),
		);
		board.keep(call);
		// The answer to the originate request has to leave first: on a real Asterisk the report comes after it as well.
		setImmediate(() => this.ringEmployee(call, request, engaged));
		return call;
	}

	press(call: PbxCall, side: Side, button: Button): boolean {
		if (call.phase === 'transfer') return this.pressWhileTransferred(call, side, button);
		if (side === 'employee') return this.pressEmployee(call, button);
		return call.phase === 'client' && this.pressClient(call, button);
	}

	hangup(call: PbxCall): boolean {
		if (call.phase === 'employee') this.endAgentLeg(call, CANCELLED);
		else if (call.answeredAt === undefined) this.endClientLeg(call, CANCELLED);
		else this.endTalk(call, NORMAL_CLEARING);
		return true;
	}

	/** The employee transfers a call in which both talk. @returns false when they do not */
	transfer(call: PbxCall, to: string, kind: TransferKind): boolean {
		if (call.phase !== 'talking') return false;
		this.transfers.begin(call, to, kind);
		this.runScript(call);
		return true;
	}

	/** A phone or the trunk refuses the call with a SIP answer. */
	refuse(call: PbxCall, side: Side, sip: number): void {
		const isLocal = this.global(side === 'employee' ? 'B24_PHONE_BEFORE' : 'B24_TRUNK_BEFORE').startsWith('Local/');
		if (side === 'employee') this.endAgentLeg(call, endingOf(sip, isLocal));
		else this.endClientLeg(call, endingOf(sip, isLocal));
	}

	private ringEmployee(call: PbxCall, request: OriginateRequest, engaged: boolean): void {
		const { board } = this;
		if (call.phase !== 'employee' || board.isStopped) return;
		if (request.endpoint.technology === 'Local') {
			if (call.agentContext !== AGENT_CONTEXT) return board.end(call);
			this.newest.set(call.callId, call.start);
			if (digitsOf(variable(call, 'B24_NUMBER') ?? '') === '') return this.end(call, NO_NUMBER, 'client');
			if (!board.options.isRegistered(call.extension)) return this.endAgentLeg(call, NOT_REGISTERED);
			this.ringPhone(call);
		}
		if (engaged) return this.refuse(call, 'employee', 486);
		if (request.timeout > 0) board.after(call, request.timeout, () => this.endAgentLeg(call, REQUEST_OVER));
		call.ringing = true;
		board.note(call, `rings extension ${call.extension}`);
		this.runScript(call);
	}

	private ringPhone(call: PbxCall): void {
		const { board } = this;
		const ring = board.options.employeeRingSeconds;
		const isLocal = this.global('B24_PHONE_BEFORE').startsWith('Local/');
		if (!isLocal || ring < VOICEMAIL_SECONDS) return board.after(call, ring, () => this.endAgentLeg(call, NO_ANSWER));
		board.after(call, VOICEMAIL_SECONDS, () => {
			if (this.global('B24_CONFIRM') === '') this.ringClient(call);
			else board.after(call, CONFIRM_SECONDS, () => this.endAgentLeg(call, NO_ANSWER));
		});
	}

	private pressWhileTransferred(call: PbxCall, side: Side, button: Button): boolean {
		const pressed = this.transfers.press(call, side, button);
		if (button === 'answer') this.runScript(call);
		return pressed;
	}

	private pressEmployee(call: PbxCall, button: Button): boolean {
		if (call.phase === 'client') return button === 'hangup' && this.hangup(call);
		const sip = SIP_OF_BUTTON[button];
		if (button === 'answer') this.ringClient(call);
		else if (button === 'noanswer') this.endAgentLeg(call, NO_ANSWER);
		else if (button === 'busy' || button === 'hangup') this.refuse(call, 'employee', sip ?? 486);
		else return false;
		return true;
	}

	private pressClient(call: PbxCall, button: Button): boolean {
		const sip = SIP_OF_BUTTON[button];
		if (sip) this.refuse(call, 'client', sip);
		else if (button === 'noanswer') this.endClientLeg(call, NO_ANSWER);
		else {
			this.board.note(call, `${call.number} answered`);
			call.answeredAt = this.board.now(call);
			take(this.board, call, call.talk.who);
			this.board.enter(call, 'talking');
			this.runScript(call);
		}
		return true;
	}

	private ringClient(call: PbxCall): void {
		const { board } = this;
		if (call.context !== CLIENT_CONTEXT) return board.end(call);
		board.note(call, `extension ${call.extension} answered, rings ${call.number}`);
		board.enter(call, 'client');
		const { globals } = board.options;
		const tones = tonesOf(variable(call, 'B24_DTMF') ?? '');
		this.invites.push({
			channelId: call.channelId,
			number: call.number,
			callerId: callerIdOf(variable(call, 'B24_LINE') ?? '', globals),
			tones,
		});
		board.recordings.set(recordingName(call), 0);
		board.after(call, board.options.clientRingSeconds, () => this.endClientLeg(call, NO_ANSWER));
		this.runScript(call);
	}

	private endAgentLeg(call: PbxCall, ending: Ending): void {
		// A phone that was dialled directly never ran the agent context, so nobody pushed a handler for it.
		if (call.agentContext === AGENT_CONTEXT) this.end(call, ending, 'agent');
		else this.board.end(call);
	}

	private endClientLeg(call: PbxCall, ending: Ending): void {
		this.end(call, ending, 'client');
	}

	private endTalk(call: PbxCall, hangupCause: number): void {
		const { board } = this;
		const answeredSeconds = board.since(call, call.answeredAt ?? 0);
		board.recordings.set(recordingName(call), answeredSeconds);
		if (call.talk.last && call.talk.who) call.talk.who = call.talk.last;
		endPart(board, call);
		this.end(call, { dialStatus: 'ANSWER', hangupCause }, 'client', answeredSeconds);
	}

	private end(call: PbxCall, ending: Ending, leg: 'agent' | 'client', answeredSeconds?: number): void {
		this.board.end(call, { leg, ...ending, answeredSeconds });
		const url = doneUrl(call, this.board.options.globals);
		if (!url) return;
		const isNewest = (): boolean => this.newest.get(call.callId) === call.start;
		this.reporter.deliver(call, url, reportBody(call), isNewest, () => {
			if (isNewest()) this.newest.delete(call.callId);
		});
	}

	private global(name: string): string {
		return this.board.options.globals[name] ?? '';
	}

	private runScript(call: PbxCall): void {
		const step = call.outcome && automaticStep(call.outcome, call);
		if (!step) return;
		this.board.after(call, step.after, () => {
			if ('sip' in step) this.refuse(call, step.side, step.sip);
			else if ('transfer' in step) this.transfer(call, step.to, step.transfer);
			else if (call.phase === 'talking') this.hangup(call);
			else this.press(call, step.side, step.button);
		});
	}
}
