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
 * - q850: ITU-T Q.850 causes, as mapped in Asterisk's "Hangup Cause Mappings" and FreeSWITCH's "Hangup Cause Code Table";
 *   0 is no cause at all (AST_CAUSE_NOT_DEFINED, SWITCH_CAUSE_NONE)
 * - asterisk: DIALSTATUS of app_dial; dispositions of call records, with Yeastar's VOICEMAIL and ABANDONED; the names of
 *   include/asterisk/causes.h that FreeSWITCH lacks. Seen on a real one: cause 3 is a phone that is not registered, 127 a
 *   caller who gave up while a group rang
 * - freeswitch: all names of switch_call_cause_t (switch_types.h, 1.10 and 1.11). Seen on a real one: ALLOTTED_TIMEOUT is
 *   also said of a client who did not answer. A forced end (CRASH, MANAGER_REQUEST ...) does not tell whether anybody talked
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
		['ended', 0, 16, 31],
		['busy', 17],
		['unanswered', 18, 19, 102],
		['unavailable', 20, 27],
		['declined', 21],
		['noSuchNumber', 1, 3, 5, 22],
		['incompleteNumber', 28],
		['noRoute', 2, 6, 8, 14, 25, 29, 34, 38, 41, 42, 44, 45, 58, 63, 65, 66, 69, 79, 88],
		['forbidden', 50, 52, 54, 55, 57],
		['cancelled', 26],
	],
	asterisk: [
		['answered', 'ANSWER', 'ANSWERED'],
		['ended', 'NORMAL', 'NOTDEFINED', 'NOT_DEFINED', 127, 'INTERWORKING'],
		['busy', 'BUSY'],
		['unanswered', 'NOANSWER', 'NO ANSWER', 'VOICEMAIL', 'ABANDONED'],
		['cancelled', 'CANCEL', 'ANSWERED_ELSEWHERE'],
		['noRoute', 'CONGESTION', 'FAILED', 'FAILURE', 'NUMBER_PORTED_NOT_HERE', 'NOSUCHDRIVER'],
		['unavailable', 'CHANUNAVAIL', 3, 'NO_ROUTE_DESTINATION', 'UNREGISTERED'],
		['noSuchNumber', 'UNALLOCATED', 'MISDIALLED_TRUNK_PREFIX'],
		['declined', 'DONTCALL', 'TORTURE'],
		['other', 'INVALIDARGS', 'REDIRECTED_TO_NEW_DESTINATION'],
	],
	freeswitch: [
		['answered', 'SUCCESS', 'ATTENDED_TRANSFER', 'BLIND_TRANSFER'],
		[
			'ended',
			'NONE', 'UNSPECIFIED', 'NORMAL_CLEARING', 'NORMAL_UNSPECIFIED', 'ALLOTTED_TIMEOUT', 'MEDIA_TIMEOUT',
			'SRTP_READ_ERROR', 'BOWOUT', 'CRASH', 'SYSTEM_SHUTDOWN', 'MANAGER_REQUEST',
		],
		['busy', 'USER_BUSY', 'BUSY_EVERYWHERE'],
		['unanswered', 'NO_ANSWER', 'NO_USER_RESPONSE', 'RECOVERY_ON_TIMER_EXPIRE', 'PROGRESS_TIMEOUT', 'NO_PICKUP'],
		['cancelled', 'ORIGINATOR_CANCEL', 'LOSE_RACE', 'PICKED_OFF'],
		['declined', 'CALL_REJECTED', 'DECLINE', 'USER_CHALLENGE'],
		['noSuchNumber', 'UNALLOCATED_NUMBER', 'NO_ROUTE_DESTINATION', 'NUMBER_CHANGED', 'DOES_NOT_EXIST_ANYWHERE'],
		['incompleteNumber', 'INVALID_NUMBER_FORMAT'],
		['unavailable', 'SUBSCRIBER_ABSENT', 'DESTINATION_OUT_OF_ORDER', 'USER_NOT_REGISTERED'],
		[
			'noRoute',
			'NO_ROUTE_TRANSIT_NET', 'CHANNEL_UNACCEPTABLE', 'EXCHANGE_ROUTING_ERROR', 'FACILITY_REJECTED',
			'NORMAL_CIRCUIT_CONGESTION', 'NETWORK_OUT_OF_ORDER', 'NORMAL_TEMPORARY_FAILURE', 'SWITCH_CONGESTION',
			'REQUESTED_CHAN_UNAVAIL', 'PRE_EMPTED', 'BEARERCAPABILITY_NOTAVAIL', 'SERVICE_UNAVAILABLE',
			'BEARERCAPABILITY_NOTIMPL', 'CHAN_NOT_IMPLEMENTED', 'FACILITY_NOT_IMPLEMENTED', 'SERVICE_NOT_IMPLEMENTED',
			'INCOMPATIBLE_DESTINATION', 'NOT_ACCEPTABLE', 'INVALID_GATEWAY', 'GATEWAY_DOWN', 'INVALID_URL', 'INVALID_PROFILE',
		],
		[
			'forbidden',
			'FACILITY_NOT_SUBSCRIBED', 'OUTGOING_CALL_BARRED', 'INCOMING_CALL_BARRED', 'BEARERCAPABILITY_NOTAUTH',
			'NO_IDENTITY', 'BAD_IDENTITY_INFO', 'UNSUPPORTED_CERTIFICATE', 'INVALID_IDENTITY', 'STALE_DATE',
		],
		['blocked', 'UNWANTED', 'REJECT_ALL'],
		[
			'other',
			'CALL_AWARDED_DELIVERED', 'REDIRECTION_TO_NEW_DESTINATION', 'RESPONSE_TO_STATUS_ENQUIRY', 'ACCESS_INFO_DISCARDED',
			'INVALID_CALL_REFERENCE', 'INVALID_MSG_UNSPECIFIED', 'MANDATORY_IE_MISSING', 'MESSAGE_TYPE_NONEXIST',
			'WRONG_MESSAGE', 'IE_NONEXIST', 'INVALID_IE_CONTENTS', 'WRONG_CALL_STATE', 'MANDATORY_IE_LENGTH_ERROR',
			'PROTOCOL_ERROR', 'INTERWORKING',
		],
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
