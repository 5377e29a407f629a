import type { DialStatus } from './call';

/** How a leg ended: Dial's word and the Q.850 cause. */
export interface Ending {
	dialStatus: DialStatus;
	hangupCause: number;
}

/** What Asterisk makes of the SIP answers of phones and trunks, as seen on a real one. */
const ENDINGS: Readonly<Record<number, Ending>> = {
	403: { dialStatus: 'CHANUNAVAIL', hangupCause: 21 },
	404: { dialStatus: 'CHANUNAVAIL', hangupCause: 1 },
	408: { dialStatus: 'CHANUNAVAIL', hangupCause: 18 },
	480: { dialStatus: 'NOANSWER', hangupCause: 19 },
	484: { dialStatus: 'CHANUNAVAIL', hangupCause: 28 },
	486: { dialStatus: 'BUSY', hangupCause: 17 },
	500: { dialStatus: 'CHANUNAVAIL', hangupCause: 38 },
	503: { dialStatus: 'CONGESTION', hangupCause: 34 },
	603: { dialStatus: 'CHANUNAVAIL', hangupCause: 21 },
};

/** Nobody answered in Dial's own time, or the leg ended without a cause: `Hangup()` sets 16. */
export const NO_ANSWER: Ending = { dialStatus: 'NOANSWER', hangupCause: 16 };
/** Whoever called gave up. */
export const CANCELLED: Ending = { dialStatus: 'CANCEL', hangupCause: 16 };
/** No phone is registered. */
export const NOT_REGISTERED: Ending = { dialStatus: 'CHANUNAVAIL', hangupCause: 3 };
/** The originate request waited less than the dialplan. */
export const REQUEST_OVER: Ending = { dialStatus: 'CANCEL', hangupCause: 19 };
/** The dialplan refuses a number that is none: `Hangup(28)`. */
export const NO_NUMBER: Ending = { dialStatus: 'CHANUNAVAIL', hangupCause: 28 };

/**
 * How a leg ends with a SIP answer.
 * @param throughLocal dialled as `Local/..@from-internal`: a busy or congested leg reports 16 then, as seen on a real
 * one
 * @throws Error for an answer that nobody has seen yet
 */
export function endingOf(sip: number, throughLocal: boolean): Ending {
	const ending = ENDINGS[sip];
	if (!ending) throw new Error(`The simulation does not know what Asterisk makes of SIP ${sip}`);
	return throughLocal && [17, 34].includes(ending.hangupCause) ? { ...ending, hangupCause: 16 } : ending;
}
