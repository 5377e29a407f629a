import type { Words } from './words';

/**
 * DIALSTATUS of app_dial; dispositions of call records, with Yeastar's VOICEMAIL and ABANDONED; the names of
 * include/asterisk/causes.h that FreeSWITCH lacks; states of ast_state2str (main/channel.c). Seen on a real one:
 * cause 3 is a phone that is not registered, 127 a caller who gave up while a group rang. UNKNOWN is what
 * ast_cause2str says of a cause without a text, such as 0.
 */
export const asterisk: Words = {
	outcomes: [
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
	running: ['Dialing', 'Ring', 'Ringing', 'Up', 'Pre-ring'],
};
