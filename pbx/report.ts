import type { CallOutcome } from '../bitrix24/outcomes';

/**
 * What a report tells of: the call is over, somebody took it, phones ring, the system asks whom to ring, a recording is
 * there.
 */
export type ReportEvent = 'ended' | 'answered' | 'ringing' | 'asked' | 'recorded';

/** A stretch of a call that one employee talked for. */
export interface Talk {
	extension: string;
	/** Seconds. */
	seconds: number;
}

/** What any phone system says of a call, in one shape. */
export interface Report {
	event: ReportEvent;
	/** Bitrix24's CALL_ID, where the system carries it. */
	callId?: string;
	/** The system's own id of the call; it stays the same through all reports of the call. */
	externalCallId?: string;
	direction: 'incoming' | 'outgoing' | 'internal';
	/** The client's number, as the system writes it; empty for an anonymous caller. */
	phoneNumber: string;
	/** The company's number. */
	lineNumber?: string;
	/** The employee whose phone rang, or who called: by portal id, by extension, or by a phone number of theirs. */
	userId?: number;
	extension?: string;
	employeePhone?: string;
	/** Extensions of all whose phones have rung so far, where several may. */
	rung?: string[];
	/** Who talked, in order, where the system tells. */
	talked?: Talk[];
	/** How it ended; undefined while it goes on, and when the system's word is unknown. */
	outcome?: CallOutcome;
	/** The word itself. */
	outcomeWord?: string;
	/** Why it did not come about, for people. */
	reason?: string;
	/** Seconds of conversation. */
	duration?: number;
	/** ISO 8601 with offset. */
	start?: string;
	/** Name, address or id of the recording. */
	recording?: string;
	/** The call is not the one that now runs under its CALL_ID, so it is logged on its own. */
	isSuperseded?: boolean;
}
