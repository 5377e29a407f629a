import { beginTalk, type PbxCall } from '../call';

/** Values of DIALSTATUS with which an incoming call ends; empty when the caller was gone before a phone rang. */
export type IncomingStatus = 'ANSWER' | 'BUSY' | 'NOANSWER' | 'CANCEL' | 'CHANUNAVAIL' | '';

/** How an incoming call ended. */
export interface IncomingEnd {
	dialStatus: IncomingStatus;
	hangupCause: number;
	/** Simulated seconds of conversation; absent when nobody answered. */
	answeredSeconds?: number;
}

/** A client's call to the company. `number` is as the trunk sends it: `anonymous` or empty when it is hidden. */
export interface IncomingCall extends PbxCall {
	/** The called line as the trunk names it. */
	line: string;
	/** What n8n answered; empty when it did not, or not in time. */
	said: string;
	/** Out of n8n's answer; empty when the fixed fallback rings. */
	callId: string;
	/** Phones that ring now; the one that talks. */
	phones: string[];
	/** Groups that are still to ring, each with the extensions that ring together. */
	groups: string[][];
	/** All phones that rang, in order. */
	rung: string[];
	/** How the phones of the present group that do not ring any more left it. */
	left: LeftGroup[];
	/** The phone that answered; empty until then. */
	by: string;
	/** The caller hung up while n8n was asked or told, which shows only afterwards. */
	isGone: boolean;
}

/** Why a phone does not ring any more, although nobody else answered. */
export type LeftGroup = 'busy' | 'declined' | 'unregistered' | 'unanswered';

/**
 * Makes the record of a client's call; its first leg is the trunk's channel.
 * @param first number of its first channel; a real Asterisk counts them in ids and names
 */
export function incomingCall({ number, line }: Pick<IncomingCall, 'number' | 'line'>, first: number): IncomingCall {
	const now = Date.now();
	return {
		channelId: `${Math.floor(now / 1000)}.${first}`,
		direction: 'in',
		channelName: `PJSIP/trunk-${first.toString(16).padStart(8, '0')}`,
		agentContext: '',
		context: 'b24-incoming',
		priority: 1,
		callerId: { name: '', number },
		number,
		line,
		extension: '',
		rungFirst: '',
		variables: {},
		start: Math.floor(now / 1000),
		talk: beginTalk(''),
		moments: [],
		phase: 'employee',
		startedAt: now,
		phaseSince: now,
		said: '',
		callId: '',
		phones: [],
		groups: [],
		rung: [],
		left: [],
		by: '',
		isGone: false,
	};
}

/** Whether a call of the PBX came in. */
export function isIncoming(call: PbxCall): call is IncomingCall {
	return call.direction === 'in';
}

/**
 * What Dial makes of a group in which nobody answered. Seen on a real Asterisk: nobody answers NOANSWER 16; all busy
 * BUSY 17; one declined, the other rang out NOANSWER 21; a phone that is not registered CHANUNAVAIL 3. A busy phone
 * among unreachable ones decides (app_dial.c).
 */
export function unanswered(left: readonly LeftGroup[]): IncomingEnd {
	if (left.includes('unanswered')) return { dialStatus: 'NOANSWER', hangupCause: left.includes('declined') ? 21 : 16 };
	if (left.includes('busy')) return { dialStatus: 'BUSY', hangupCause: 17 };
	return { dialStatus: 'CHANUNAVAIL', hangupCause: left.includes('declined') ? 21 : 3 };
}
