import { outgoingCall, type CallResult, type DialStatus, type OriginateRequest, type PbxCall } from './call';
import { NORMAL_CLEARING, type Button, type CallDriver, type Side } from './driver';
import { reportBody, variable } from './report';
import type { Reporter } from './reporter';
import { automaticStep } from './script';
import type { Switchboard } from './switchboard';

/** Contexts of examples/asterisk/extensions.conf. Any other context has no dialplan, so a call into it simply ends. */
export const AGENT_CONTEXT = 'b24-agent';
export const CLIENT_CONTEXT = 'from-bitrix24';

/** Q.850 cause of a timeout of the originate request. */
const NO_ANSWER = 19;

/** Calls that a workflow originates: the employee's phone rings, then the client's; the end is reported. */
export class OutgoingCalls implements CallDriver {
	constructor(private readonly board: Switchboard, private readonly reporter: Reporter) {}

	/**
	 * Starts a call and returns at once, before anyone rings, as Asterisk does.
	 * @returns the call. Undefined when a live channel bears one of its ids already, and nothing was dialled.
	 */
	originate(request: OriginateRequest): PbxCall | undefined {
		const { board } = this;
		if (board.isTaken(request.ids)) return undefined;
		const call = outgoingCall(request, board.nextChannel(), board.options.outcomes(request.number, request.endpoint.extension));
		const engaged = !call.outcome && board.isEngaged(call.extension);
		board.keep(call);
		// The answer to the originate request has to leave first: on a real Asterisk the report comes after it as well.
		setImmediate(() => this.ringEmployee(call, request, engaged));
		return call;
	}

	press(call: PbxCall, side: Side, button: Button): boolean {
		if (side === 'employee') return this.pressEmployee(call, button);
		return call.phase === 'client' && this.pressClient(call, button);
	}

	hangup(call: PbxCall): boolean {
		if (call.phase === 'employee') this.endAgentLeg(call, 'CANCEL', NORMAL_CLEARING);
		else if (call.answeredAt === undefined) this.endClientLeg(call, 'CANCEL');
		else this.endClientLeg(call, 'ANSWER', this.board.since(call, call.answeredAt));
		return true;
	}

	private ringEmployee(call: PbxCall, request: OriginateRequest, engaged: boolean): void {
		const { board } = this;
		if (call.phase !== 'employee' || board.isStopped) return;
		if (request.endpoint.technology === 'Local') {
			if (call.agentContext !== AGENT_CONTEXT) return board.end(call);
			// Q.850 cause 20, subscriber absent: the one that chan_pjsip names for a phone without a contact.
			if (!board.options.isRegistered(call.extension)) return this.endAgentLeg(call, 'CHANUNAVAIL', 20);
			board.after(call, board.options.employeeRingSeconds, () => this.endAgentLeg(call, 'NOANSWER', NORMAL_CLEARING));
		}
		if (engaged) return this.endAgentLeg(call, 'BUSY', 17);
		if (request.timeout > 0) board.after(call, request.timeout, () => this.endAgentLeg(call, 'CANCEL', NO_ANSWER));
		call.ringing = true;
		this.runScript(call);
	}

	private pressEmployee(call: PbxCall, button: Button): boolean {
		if (call.phase === 'client') return button === 'hangup' && this.hangup(call);
		if (button === 'answer') this.ringClient(call);
		else if (button === 'busy' || button === 'hangup') this.endAgentLeg(call, 'BUSY', 17);
		else if (button === 'noanswer') this.endAgentLeg(call, 'NOANSWER', NORMAL_CLEARING);
		else return false;
		return true;
	}

	private pressClient(call: PbxCall, button: Button): boolean {
		if (button === 'answer') {
			call.answeredAt = this.board.now(call);
			this.board.enter(call, 'talking');
			this.runScript(call);
		} else if (button === 'hangup') this.endClientLeg(call, 'BUSY');
		else this.endClientLeg(call, button.toUpperCase() as DialStatus);
		return true;
	}

	private ringClient(call: PbxCall): void {
		const { board } = this;
		if (call.context !== CLIENT_CONTEXT) return board.end(call);
		board.enter(call, 'client');
		board.recordings.set(call.channelId, 0);
		board.after(call, board.options.clientRingSeconds, () => this.endClientLeg(call, 'NOANSWER'));
		this.runScript(call);
	}

	private endAgentLeg(call: PbxCall, dialStatus: DialStatus, hangupCause: number): void {
		// A phone that was dialled directly never ran the agent context, so nobody pushed a handler for it.
		this.end(call, call.agentContext === AGENT_CONTEXT ? { leg: 'agent', dialStatus, hangupCause } : undefined);
	}

	private endClientLeg(call: PbxCall, dialStatus: DialStatus, answeredSeconds?: number): void {
		this.board.recordings.set(call.channelId, answeredSeconds ?? 0);
		this.end(call, { leg: 'client', dialStatus, hangupCause: NORMAL_CLEARING, answeredSeconds });
	}

	private end(call: PbxCall, result?: CallResult): void {
		this.board.end(call, result);
		const body = reportBody(call);
		const url = variable(call, 'B24_DONE_URL');
		if (body !== undefined && url) void this.reporter.post(call.channelId, url, body);
	}

	private runScript(call: PbxCall): void {
		const step = call.outcome && automaticStep(call.outcome, call.phase);
		if (!step) return;
		this.board.after(call, step.after, () => {
			if (call.phase === 'talking') this.hangup(call);
			else this.press(call, step.side, step.button);
		});
	}
}
