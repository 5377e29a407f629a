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

/** Who speaks. */
export type Vocabulary = 'sip' | 'q850' | 'asterisk' | 'freeswitch' | 'twilio' | 'vonage';

/** One row: the words or codes that mean an outcome. */
export type Rows = [CallOutcome, ...(string | number)[]][];

/**
 * The one table of what PBXs and providers say. Sources:
 * - sip: RFC 3261 section 21, RFC 8197 (607), RFC 8688 (608)
 * - q850: ITU-T Q.850 causes, as mapped in Asterisk's "Hangup Cause Mappings" and FreeSWITCH's "Hangup Cause Code Table"
 * - asterisk: DIALSTATUS of app_dial; AST_CAUSE names are read as Q.850
 * - freeswitch: "Hangup Cause Code Table"; names with a Q.850 number are read through it
 * - twilio: CallStatus and DialCallStatus, help page 223132547 and the page of the verb Dial
 * - vonage: Voice API webhook reference, enumeration CallStatus of the server SDK
 */
export const VOCABULARIES: Record<Vocabulary, Rows> = {
	sip: [
		['answered', 200, 202],
		['unanswered', 408],
		['cancelled', 487],
		['busy', 486, 600],
		['declined', 603],
		['noSuchNumber', 404, 410, 485, 604],
		['incompleteNumber', 484],
		['unavailable', 480],
		['noRoute', 500, 502, 503, 504],
		['forbidden', 401, 403, 407],
		['blocked', 607, 608],
		['noFunds', 402],
	],
	q850: [
		['ended', 16, 31],
		['busy', 17],
		['unanswered', 18, 19, 102],
		['unavailable', 20, 27],
		['declined', 21],
		['noSuchNumber', 1, 3, 22],
		['incompleteNumber', 28],
		['noRoute', 2, 34, 38, 41, 42, 44, 58, 63],
		['forbidden', 50, 52, 54, 55, 57],
		['cancelled', 26],
	],
	asterisk: [
		['answered', 'ANSWER', 'ANSWERED'],
		['busy', 'BUSY'],
		['unanswered', 'NOANSWER', 'NO ANSWER'],
		['cancelled', 'CANCEL'],
		['noRoute', 'CONGESTION', 'FAILED'],
		['unavailable', 'CHANUNAVAIL'],
		['declined', 'DONTCALL', 'TORTURE'],
		['other', 'INVALIDARGS'],
	],
	freeswitch: [
		['answered', 'SUCCESS', 'ALLOTTED_TIMEOUT', 'ATTENDED_TRANSFER', 'BLIND_TRANSFER'],
		['ended', 'NORMAL_CLEARING', 'NORMAL_UNSPECIFIED', 'MEDIA_TIMEOUT'],
		['busy', 'USER_BUSY'],
		['unanswered', 'NO_ANSWER', 'NO_USER_RESPONSE', 'RECOVERY_ON_TIMER_EXPIRE', 'PROGRESS_TIMEOUT'],
		['cancelled', 'ORIGINATOR_CANCEL', 'LOSE_RACE', 'PICKED_OFF'],
		['declined', 'CALL_REJECTED', 'USER_CHALLENGE'],
		['noSuchNumber', 'UNALLOCATED_NUMBER', 'NO_ROUTE_DESTINATION', 'NUMBER_CHANGED'],
		['incompleteNumber', 'INVALID_NUMBER_FORMAT'],
		['unavailable', 'SUBSCRIBER_ABSENT', 'DESTINATION_OUT_OF_ORDER', 'USER_NOT_REGISTERED'],
		[
			'noRoute',
			'NO_ROUTE_TRANSIT_NET',
			'NORMAL_CIRCUIT_CONGESTION',
			'NETWORK_OUT_OF_ORDER',
			'NORMAL_TEMPORARY_FAILURE',
			'SWITCH_CONGESTION',
			'REQUESTED_CHAN_UNAVAIL',
			'SERVICE_UNAVAILABLE',
			'EXCHANGE_ROUTING_ERROR',
			'GATEWAY_DOWN',
		],
		['forbidden', 'FACILITY_NOT_SUBSCRIBED', 'OUTGOING_CALL_BARRED', 'INCOMING_CALL_BARRED', 'BEARERCAPABILITY_NOTAUTH'],
		['blocked', 'UNWANTED'],
		['other', 'MANAGER_REQUEST', 'SYSTEM_SHUTDOWN', 'CRASH'],
	],
	twilio: [
		['answered', 'answered', 'in-progress'],
		['ended', 'completed'],
		['busy', 'busy'],
		['unanswered', 'no-answer'],
		['cancelled', 'canceled'],
		['noRoute', 'failed'],
	],
	vonage: [
		['answered', 'answered', 'machine', 'human'],
		['ended', 'completed', 'disconnected'],
		['busy', 'busy'],
		['unanswered', 'unanswered', 'timeout'],
		['cancelled', 'cancelled'],
		['declined', 'rejected'],
		['noRoute', 'failed'],
	],
};

/** Bitrix24's STATUS_CODE, where it does not depend on the direction (enumeration STATUS_CODE of the contract data). */
const CODES: Record<Exclude<CallOutcome, 'unanswered' | 'cancelled' | 'ended'>, string> = {
	answered: '200',
	busy: '486',
	declined: '603',
	noSuchNumber: '404',
	incompleteNumber: '484',
	unavailable: '480',
	noRoute: '503',
	forbidden: '403',
	blocked: '423',
	noFunds: '402',
	other: 'OTHER',
};

/**
 * Reads what a PBX says of the end of a call.
 *
 * @param word a code or a word, in any case; Asterisk's may also be a Q.850 number.
 * @returns the outcome, or undefined when the vocabulary does not have the word. SIP codes that no row names count by
 *   their class: 2xx answered, 4xx to 6xx other.
 */
export function readOutcome(vocabulary: Vocabulary, word: string): CallOutcome | undefined {
	const wanted = word.trim().toUpperCase().replace(/^AST_CAUSE_/, '');
	const row = VOCABULARIES[vocabulary].find(([, ...words]) => words.some((one) => String(one).toUpperCase() === wanted));
	if (row) return row[0];
	if (vocabulary === 'asterisk') return readOutcome(/^\d+$/.test(wanted) ? 'q850' : 'freeswitch', wanted);
	if (vocabulary === 'freeswitch' && /^\d+$/.test(wanted)) return readOutcome('q850', wanted);
	if (vocabulary === 'sip' && /^[2-6]\d\d$/.test(wanted)) return wanted.startsWith('2') ? 'answered' : 'other';
	if (vocabulary === 'q850' && /^\d{1,3}$/.test(wanted)) return 'other';
	return undefined;
}

/**
 * Turns an outcome into Bitrix24's STATUS_CODE.
 *
 * @param incoming true for incoming calls: unanswered ones are 304 and mark a missed call. On outgoing ones 603-S says
 *   that the call was given up (voximplant/lib/rest/helper.php).
 * @param duration seconds of conversation, for sources that say only that the call is over.
 */
export function statusCodeOf(outcome: CallOutcome, incoming: boolean, duration: number): string {
	if (outcome === 'ended') return statusCodeOf(duration > 0 ? 'answered' : 'cancelled', incoming, duration);
	if (outcome === 'unanswered' || outcome === 'cancelled') return incoming ? '304' : '603-S';
	return CODES[outcome];
}
