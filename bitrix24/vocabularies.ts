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
export type Vocabulary =
	| 'sip'
	| 'q850'
	| 'asterisk'
	| 'freeswitch'
	| 'mango'
	| 'megafon'
	| 'twilio'
	| 'uis'
	| 'vonage'
	| 'yeastar'
	| 'zadarma';

/** One row: the words or codes that mean an outcome. */
export type Rows = [CallOutcome, ...(string | number)[]][];

/**
 * The one table of what PBXs and providers say. Sources:
 * - sip: RFC 3261 section 21, RFC 8197 (607), RFC 8688 (608)
 * - q850: ITU-T Q.850 causes, as mapped in Asterisk's "Hangup Cause Mappings" and FreeSWITCH's "Hangup Cause Code
 *   Table"; 0 is no cause at all (AST_CAUSE_NOT_DEFINED, SWITCH_CAUSE_NONE)
 * - asterisk: DIALSTATUS of app_dial; dispositions of call records, with Yeastar's VOICEMAIL and ABANDONED; the names
 *   of include/asterisk/causes.h that FreeSWITCH lacks. Seen on a real one: cause 3 is a phone that is not registered,
 *   127 a caller who gave up while a group rang. UNKNOWN is what ast_cause2str says of a cause without a text, such as
 *   0
 * - freeswitch: all names of switch_call_cause_t (switch_types.h, 1.10 and 1.11). Seen on a real one: ALLOTTED_TIMEOUT
 *   is also said of a client who did not answer. A forced end (CRASH, MANAGER_REQUEST ...) does not tell whether
 *   anybody talked
 * - mango: disconnect_reason of Mango Office's manual of the VPBX API; 1124 stands in an example of it as refused. How
 *   the reasons map is ours. Not verified live
 * - megafon: `status` of cmd=history of crmapi/v1, as two independent clients read it. Not verified live
 * - twilio: CallStatus and DialCallStatus, help page 223132547 and the page of the verb Dial
 * - uis: `finish_reason` of get.calls_report of the Data API, the same for UIS, CoMagic and CallGear
 *   (callgear.github.io/data_api/report/get_calls_report). How the reasons map is ours. Not verified live
 * - vonage: Voice API webhook reference, enumeration CallStatus of the server SDK
 * - yeastar: `status` of the events 30012 and 30039 of the P-series' API. Not verified live
 * - zadarma: `disposition` of NOTIFY_END and NOTIFY_OUT_END; status_code is a Q.850 cause. Not verified live
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
		['ended', 'NORMAL', 'NOTDEFINED', 'NOT_DEFINED', 'UNKNOWN', 127, 'INTERWORKING'],
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
			'NONE',
			'UNSPECIFIED',
			'NORMAL_CLEARING',
			'NORMAL_UNSPECIFIED',
			'ALLOTTED_TIMEOUT',
			'MEDIA_TIMEOUT',
			'SRTP_READ_ERROR',
			'BOWOUT',
			'CRASH',
			'SYSTEM_SHUTDOWN',
			'MANAGER_REQUEST',
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
			'NO_ROUTE_TRANSIT_NET',
			'CHANNEL_UNACCEPTABLE',
			'EXCHANGE_ROUTING_ERROR',
			'FACILITY_REJECTED',
			'NORMAL_CIRCUIT_CONGESTION',
			'NETWORK_OUT_OF_ORDER',
			'NORMAL_TEMPORARY_FAILURE',
			'SWITCH_CONGESTION',
			'REQUESTED_CHAN_UNAVAIL',
			'PRE_EMPTED',
			'BEARERCAPABILITY_NOTAVAIL',
			'SERVICE_UNAVAILABLE',
			'BEARERCAPABILITY_NOTIMPL',
			'CHAN_NOT_IMPLEMENTED',
			'FACILITY_NOT_IMPLEMENTED',
			'SERVICE_NOT_IMPLEMENTED',
			'INCOMPATIBLE_DESTINATION',
			'NOT_ACCEPTABLE',
			'INVALID_GATEWAY',
			'GATEWAY_DOWN',
			'INVALID_URL',
			'INVALID_PROFILE',
		],
		[
			'forbidden',
			'FACILITY_NOT_SUBSCRIBED',
			'OUTGOING_CALL_BARRED',
			'INCOMING_CALL_BARRED',
			'BEARERCAPABILITY_NOTAUTH',
			'NO_IDENTITY',
			'BAD_IDENTITY_INFO',
			'UNSUPPORTED_CERTIFICATE',
			'INVALID_IDENTITY',
			'STALE_DATE',
		],
		['blocked', 'UNWANTED', 'REJECT_ALL'],
		[
			'other',
			'CALL_AWARDED_DELIVERED',
			'REDIRECTION_TO_NEW_DESTINATION',
			'RESPONSE_TO_STATUS_ENQUIRY',
			'ACCESS_INFO_DISCARDED',
			'INVALID_CALL_REFERENCE',
			'INVALID_MSG_UNSPECIFIED',
			'MANDATORY_IE_MISSING',
			'MESSAGE_TYPE_NONEXIST',
			'WRONG_MESSAGE',
			'IE_NONEXIST',
			'INVALID_IE_CONTENTS',
			'WRONG_CALL_STATE',
			'MANDATORY_IE_LENGTH_ERROR',
			'PROTOCOL_ERROR',
			'INTERWORKING',
		],
	],
	mango: [
		['ended', 1000, 1100, 1110, 1120, 1181],
		['unanswered', 1111, 1163],
		['busy', 1121],
		['declined', 1122, 1124],
		['unavailable', 1123, 1131, 1132, 1164, 1191, 1192],
		['noSuchNumber', 1133],
		['forbidden', 1130, 1140, 1150],
		['blocked', 1151, 1152],
	],
	megafon: [
		['answered', 'success'],
		['unanswered', 'missed'],
		['cancelled', 'cancel'],
		['busy', 'busy'],
		['unavailable', 'notavailable'],
		['forbidden', 'notallowed'],
		['noSuchNumber', 'notfound'],
	],
	twilio: [
		['answered', 'answered', 'in-progress'],
		['ended', 'completed'],
		['busy', 'busy'],
		['unanswered', 'no-answer'],
		['cancelled', 'canceled'],
		['noRoute', 'failed'],
	],
	uis: [
		['answered', 'operator_answer'],
		[
			'ended',
			'subscriber_disconnects',
			'operator_disconnects',
			'transfer_disconnects',
			'scenario_disconnects',
			'success_finish',
			'add_cdr_timeout',
		],
		['cancelled', 'disconnect_before_call_processing', 'another_operator_answer'],
		['busy', 'subscriber_busy', 'operator_busy', 'employee_busy', 'employee_busy_after_call'],
		[
			'unanswered',
			'subscriber_not_responsible',
			'operator_not_responsible',
			'timeout',
			'no_success_subscriber_call',
			'no_success_operator_call',
			'no_operator_confirmation',
			'action_interval_exceeded',
		],
		[
			'unavailable',
			'sip_offline',
			'subscriber_number_problems',
			'operator_number_problems',
			'numb_is_inactive',
			'employee_inactive',
			'employee_inactive_by_schedule',
			'employee_phone_inactive',
			'employee_phone_inactive_by_schedule',
			'group_phone_inactive',
			'phone_group_inactive_by_schedule',
			'group_inactive_by_schedule',
			'employee_status_break',
			'employee_status_do_not_disturb',
			'employee_auto_status_do_not_disturb',
			'employee_status_not_at_workplace',
			'employee_status_not_at_work',
		],
		['noSuchNumber', 'numb_not_exists', 'employee_not_exists'],
		['incompleteNumber', 'incorrect_input'],
		[
			'noRoute',
			'no_resources',
			'max_in_call_reached',
			'max_out_call_reached',
			'operator_channels_busy',
			'locked_phone',
			'net_lock',
			'sip_trunk_is_locked',
			'communication_unavailable',
			'fmc_is_disabled',
			'fmc_is_locked',
		],
		[
			'forbidden',
			'locked_numb',
			'call_not_allowed_on_tp',
			'api_permission_denied',
			'in_call_not_allowed',
			'out_call_not_allowed',
			'out_call_not_allowed_by_status',
			'external_call_not_allowed',
			'external_call_not_allowed_by_status',
			'internal_call_not_allowed',
			'internal_call_not_allowed_by_status',
			'phone_protocol_not_allowed_by_status',
			'auto_out_calls_not_allowed_by_status',
		],
		['blocked', 'numa_in_black_list', 'numa_in_spam_list', 'numa_dnd_interval', 'too_many_identical_incoming_calls'],
		['noFunds', 'not_enough_money', 'no_money', 'limit_exceeded'],
		[
			'other',
			'internal_error',
			'incorrect_config',
			'fax_session_done',
			'no_operation',
			'scenario_not_found',
			'no_active_scenario',
		],
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
	yeastar: [
		['answered', 'ANSWERED'],
		['ended', 'BYE'],
		['busy', 'BUSY'],
		['unanswered', 'NO ANSWER', 'VOICEMAIL', 'ABANDONED'],
		['noRoute', 'FAILED'],
	],
	zadarma: [
		['answered', 'answered'],
		['busy', 'busy'],
		['unanswered', 'no answer'],
		['cancelled', 'cancel'],
		['noRoute', 'failed', 'call failed'],
		['noSuchNumber', 'unallocated number'],
		['noFunds', 'no money', 'no limit', 'no day limit', 'line limit', 'no money, no limit'],
	],
};

/**
 * Words that say of a call that it goes on: states of a channel or a member, and kinds of an event. Finishing by one
 * would end a running call. Sources: as above; Asterisk ast_state2str (main/channel.c), FreeSWITCH callstate
 * (switch_types.h).
 */
export const RUNNING: Partial<Record<Vocabulary, string[]>> = {
	asterisk: ['Dialing', 'Ring', 'Ringing', 'Up', 'Pre-ring'],
	freeswitch: ['DIALING', 'RINGING', 'RING_WAIT', 'EARLY', 'ACTIVE', 'HELD', 'UNHELD'],
	mango: ['Appeared', 'Connected', 'OnHold'],
	// COMPLETED and CANCELLED may be of one phone of a group only; how the call ended comes with cmd=history.
	megafon: ['INCOMING', 'OUTGOING', 'ACCEPTED', 'TRANSFERRED', 'COMPLETED', 'CANCELLED'],
	twilio: ['queued', 'initiated', 'ringing'],
	uis: ['call_enqueued'],
	vonage: ['started', 'ringing'],
	yeastar: ['ALERT', 'RING', 'EARLYMEDIA', 'ANSWER', 'HOLD'],
};
