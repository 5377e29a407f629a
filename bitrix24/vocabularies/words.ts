/** How a call ended, before the direction is looked at. */
export type CallOutcome =
	| 'answered'
	/** Rang, and nobody took it; or whoever called gave up. */
	| 'unanswered'
	| 'cancelled'
	| 'busy'
	| 'declined'
	| 'noSuchNumber'
	| 'incompleteNumber'
	| 'unavailable'
	| 'noRoute'
	| 'forbidden'
	| 'blocked'
	| 'noFunds'
	| 'other'
	/** The source says only that the call is over: it was answered if anybody talked. */
	| 'ended';

/** One row: the words or codes that mean an outcome. */
export type Row = [CallOutcome, ...(string | number)[]];

/** What one phone system or provider says of calls. */
export interface Words {
	/** Of the end of a call. */
	outcomes: readonly Row[];
	/**
	 * Of a call that goes on: states of a channel or a member, and kinds of an event. Finishing by one would end a
	 * running call.
	 */
	running?: readonly string[];
}
