import { digitsOf } from './dialplan';
import type { Outcome } from './outcomes';

/**
 * Where a call stands: the employee's phone rings, the client's phone rings, both talk, another employee's phone rings,
 * over.
 */
export type Phase = 'employee' | 'client' | 'talking' | 'transfer' | 'over';

/** Values of Asterisk's DIALSTATUS that the simulated dialplan produces. */
export type DialStatus = 'ANSWER' | 'BUSY' | 'NOANSWER' | 'CANCEL' | 'CONGESTION' | 'CHANUNAVAIL';

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

/** What the hangup handler of one leg knows. */
export interface CallResult {
	leg: 'agent' | 'client';
	dialStatus: DialStatus;
	hangupCause: number;
	/** Seconds of conversation; absent when nobody answered. */
	answeredSeconds?: number;
}

/** Something that the PBX did to a call, or a person at one of its phones. */
export interface Moment {
	/** Wall-clock milliseconds. */
	at: number;
	by: 'pbx' | 'person';
	/** In words for people: rings extension 101. */
	text: string;
}

/** A call inside the simulated PBX. Times are wall-clock milliseconds. */
export interface PbxCall {
	/** Unique id of the first leg. */
	channelId: string;
	/** CALL_ID for the reports: the id that the originate request gave the channel, or its variable B24_CALL_ID. */
	callId: string;
	/** Unique id of the second half of a Local channel, if the request determined it. */
	otherChannelId?: string;
	/** out: the workflow originated it. in: a client dialled the company. */
	direction: 'out' | 'in';
	channelName: string;
	/** Extension of the employee who has the call or is rung. */
	extension: string;
	/** Extensions whose phones ring or talk now, where it is not that one. */
	phones?: string[];
	/** Extension that was rung first. */
	rungFirst: string;
	/** Context of the Local endpoint; empty when the phone was dialled directly and no handler is pushed. */
	agentContext: string;
	/** Client's number. */
	number: string;
	/** Context in which the client is dialled. */
	context: string;
	priority: number;
	callerId: { name: string; number: string };
	variables: Record<string, string>;
	phase: Phase;
	/** Set once the employee's phone rings, a moment after the originate request was answered. */
	ringing?: boolean;
	startedAt: number;
	phaseSince: number;
	/** Simulated seconds from the start of the call to the answer of whoever was called; absent while nobody answered. */
	answeredAt?: number;
	/** Epoch second in which the dialplan took the call. */
	start: number;
	talk: Talk;
	/** On hold; the call goes on. */
	isHeld?: boolean;
	/** What happened to it, oldest first. */
	moments: Moment[];
	outcome?: Outcome;
	result?: CallResult;
}

/** The first employee has the call. */
export function beginTalk(extension: string): Talk {
	return { who: extension, since: 0, talked: '' };
}

/** Parameters of an originate request after the wire format was read. `timeout` in seconds, -1 rings for ever. */
export interface OriginateRequest {
	endpoint: Endpoint;
	/** Unique ids of its channels, see `assignedIds`; none when the PBX numbers them itself. */
	ids: readonly string[];
	context: string;
	priority: number;
	callerId: { name: string; number: string };
	timeout: number;
	variables: Record<string, string>;
}

/**
 * Makes the record of an outgoing call.
 * @param first number of its first channel; a real Asterisk counts them in ids and names
 * @param outcomeOf what the client's number does by itself
 */
export function outgoingCall(
	request: OriginateRequest,
	first: number,
	outcomeOf: (number: string) => Outcome | undefined,
): PbxCall {
	const { endpoint, context, priority, variables } = request;
	const now = Date.now();
	const serial = first.toString(16).padStart(8, '0');
	const channelId = request.ids[0] ?? `${Math.floor(now / 1000)}.${first}`;
	const given = (name: string): string => variables[`__${name}`] ?? variables[`_${name}`] ?? variables[name] ?? '';
	const number = digitsOf(given('B24_NUMBER')) || given('B24_NUMBER');
	return {
		channelId,
		callId: given('B24_CALL_ID') || channelId,
		otherChannelId: request.ids[1],
		direction: 'out',
		channelName:
			endpoint.technology === 'Local'
				? `Local/${endpoint.extension}@${endpoint.context}-${serial};1`
				: `PJSIP/${endpoint.extension}-${serial}`,
		extension: endpoint.extension,
		rungFirst: endpoint.extension,
		agentContext: endpoint.context,
		// The dialplan shows the employee the client's number.
		callerId: request.callerId.number ? request.callerId : { name: '', number },
		number,
		context,
		priority,
		variables,
		outcome: outcomeOf(number),
		start: Math.floor(now / 1000),
		talk: beginTalk(endpoint.extension),
		moments: [],
		phase: 'employee',
		startedAt: now,
		phaseSince: now,
	};
}

/** Extensions of the phones that a call occupies now. */
export function phonesOf({ phase, phones, extension }: PbxCall): string[] {
	return phase === 'over' ? [] : (phones ?? [extension]);
}

/** Endpoint of an originate request, as far as the simulated PBX knows channel technologies. */
export interface Endpoint {
	technology: 'Local' | 'PJSIP';
	extension: string;
	context: string;
}

/**
 * Reads `Local/101@b24-agent`, with or without options such as `/n`, and `PJSIP/101`.
 * @returns undefined for every other technology, which Asterisk answers with `Allocation failed`
 */
export function parseEndpoint(text: string): Endpoint | undefined {
	const local = /^Local\/([^@/]+)(?:@([^/]+))?(?:\/[a-z]*)?$/i.exec(text);
	if (local?.[1]) return { technology: 'Local', extension: local[1], context: local[2] ?? 'default' };
	const pjsip = /^PJSIP\/([^@/]+)$/i.exec(text);
	return pjsip?.[1] ? { technology: 'PJSIP', extension: pjsip[1], context: '' } : undefined;
}

/**
 * Reads a caller id: `"Name" <number>`, `Name <number>` or a bare number.
 * @returns both parts, empty where absent; brackets, dots, dashes and blanks leave the number as Asterisk shrinks it
 */
export function parseCallerId(text: string): { name: string; number: string } {
	const full = /^\s*"?([^"<]*?)"?\s*<([^>]*)>\s*$/.exec(text);
	const number = (full?.[2] ?? text).trim();
	const shrunk = /^[\d+*#\s().-]+$/.test(number) ? number.replace(/[\s().-]/g, '') : number;
	return { name: full?.[1]?.trim() ?? '', number: shrunk };
}
