import { readFileSync } from 'node:fs';
import { isRunning, readOutcome, statusCodeOf, type CallOutcome, type Vocabulary } from '../../../bitrix24/outcomes';
import { VOCABULARIES } from '../../../bitrix24/vocabularies';
import type { Words } from '../../../bitrix24/vocabularies/words';

const contract = JSON.parse(readFileSync(`${__dirname}/../../../contract/bitrix24.json`, 'utf8')) as {
	enums: { STATUS_CODE: Record<string, string> };
};

const vocabularies = Object.entries<Words>(VOCABULARIES);
const rows = vocabularies.flatMap(([vocabulary, { outcomes }]) =>
	outcomes.flatMap(([outcome, ...words]) =>
		words.map((word) => [vocabulary as Vocabulary, String(word), outcome] as const),
	),
);

it.each(rows)('%s %s', (vocabulary, word, outcome) => {
	expect(readOutcome(vocabulary, ` ${word.toLowerCase()} `)).toBe(outcome);
	for (const incoming of [true, false]) {
		for (const duration of [0, 5]) {
			expect(Object.keys(contract.enums.STATUS_CODE)).toContain(statusCodeOf(outcome, incoming, duration));
		}
	}
});

it('names each word once in a vocabulary', () => {
	for (const [, { outcomes }] of vocabularies) {
		const words = outcomes.flatMap(([, ...some]) => some.map((word) => String(word).toUpperCase()));
		expect(new Set(words).size).toBe(words.length);
	}
});

it.each<[CallOutcome, boolean, number, string]>([
	['unanswered', true, 0, '304'],
	['unanswered', false, 0, '603-S'],
	['cancelled', true, 0, '304'],
	['cancelled', false, 0, '603-S'],
	['ended', true, 12, '200'],
	['ended', true, 0, '304'],
	['ended', false, 0, '603-S'],
	['busy', true, 0, '486'],
	['blocked', false, 0, '423'],
])('%s, incoming %s, %d s: %s', (outcome, incoming, duration, code) => {
	expect(statusCodeOf(outcome, incoming, duration)).toBe(code);
});

it.each<[Vocabulary, string, CallOutcome | undefined]>([
	['sip', '299', 'answered'],
	['sip', '488', 'other'],
	['sip', '180', undefined],
	['q850', '127', 'other'],
	['q850', 'busy', undefined],
	['asterisk', '17', 'busy'],
	['asterisk', 'AST_CAUSE_USER_BUSY', 'busy'],
	['asterisk', 'ringing', undefined],
	['asterisk', '0', 'ended'],
	['asterisk', 'AST_CAUSE_NOT_DEFINED', 'ended'],
	['asterisk', '3', 'unavailable'],
	['asterisk', 'AST_CAUSE_NO_ROUTE_DESTINATION', 'unavailable'],
	['asterisk', '127', 'ended'],
	['asterisk', 'AST_CAUSE_INTERWORKING', 'ended'],
	['asterisk', 'AST_CAUSE_UNALLOCATED', 'noSuchNumber'],
	['asterisk', '255', 'other'],
	['q850', '0', 'ended'],
	['q850', '1000', undefined],
	['freeswitch', '21', 'declined'],
	['freeswitch', '0', 'ended'],
	['freeswitch', 'none', 'ended'],
	['freeswitch', 'Unspecified', 'ended'],
	['freeswitch', 'ALLOTTED_TIMEOUT', 'ended'],
	['freeswitch', 'SYSTEM_SHUTDOWN', 'ended'],
	['freeswitch', 'NO_SUCH_CAUSE', undefined],
	['twilio', 'ringing', undefined],
	['vonage', '', undefined],
	['asterisk', '17X', undefined],
	['asterisk', 'X17', undefined],
	['asterisk', 'X_AST_CAUSE_BUSY', undefined],
	['sip', '486 Busy Here', 'busy'],
	['sip', 'SIP/2.0 404 Not Found', 'noSuchNumber'],
	['sip', '180 Ringing', undefined],
	['asterisk', 'SIP 603 Decline', 'declined'],
	['asterisk', '486 Busy Here', 'busy'],
	['asterisk', '486', 'busy'],
	['asterisk', '183 Session Progress', undefined],
	['freeswitch', 'sip:486', 'busy'],
	['freeswitch', 'sip:4866', undefined],
	['mango', '2201', 'noFunds'],
	['mango', '5002', 'other'],
	['mango', '9999', undefined],
	['mango', '522010', undefined],
	['zadarma', '17', 'busy'],
	['zadarma', '', undefined],
	['megafon', 'history', undefined],
	['freeswitch', '17X', undefined],
	['freeswitch', 'X17', undefined],
	['sip', '4888', undefined],
	['sip', 'X488', undefined],
	['q850', 'X127', undefined],
	['q850', '127X', undefined],
])('%s %s is %s', (vocabulary, word, outcome) => {
	expect(readOutcome(vocabulary, word)).toBe(outcome);
});

it.each(
	vocabularies.flatMap(([vocabulary, { running = [] }]) =>
		running.map((word) => [vocabulary as Vocabulary, word] as const),
	),
)('%s %s says that the call goes on', (vocabulary, word) => {
	expect(isRunning(vocabulary, ` ${word.toLowerCase()} `)).toBe(true);
	expect(readOutcome(vocabulary, word)).toBeUndefined();
});

it.each<[Vocabulary, string, boolean]>([
	['sip', '180', true],
	['sip', '183 Session Progress', true],
	['sip', '486', false],
	['q850', 'ring', false],
	['twilio', 'busy', false],
])('%s %s goes on: %s', (vocabulary, word, expected) => {
	expect(isRunning(vocabulary, word)).toBe(expected);
});

/** What Asterisk's ast_cause2str says of each of its causes (main/channel.c), a name a text. */
const TEXTS: [string, string][] = [
	['UNALLOCATED', 'Unallocated (unassigned) number'],
	['NO_ROUTE_TRANSIT_NET', 'No route to specified transmit network'],
	['NO_ROUTE_DESTINATION', 'No route to destination'],
	['MISDIALLED_TRUNK_PREFIX', 'Misdialed trunk prefix'],
	['CHANNEL_UNACCEPTABLE', 'Channel unacceptable'],
	['CALL_AWARDED_DELIVERED', 'Call awarded and being delivered in an established channel'],
	['PRE_EMPTED', 'Pre-empted'],
	['NUMBER_PORTED_NOT_HERE', 'Number ported elsewhere'],
	['NORMAL_CLEARING', 'Normal Clearing'],
	['USER_BUSY', 'User busy'],
	['NO_USER_RESPONSE', 'No user responding'],
	['NO_ANSWER', 'User alerting, no answer'],
	['SUBSCRIBER_ABSENT', 'Subscriber absent'],
	['CALL_REJECTED', 'Call Rejected'],
	['NUMBER_CHANGED', 'Number changed'],
	['REDIRECTED_TO_NEW_DESTINATION', 'Redirected to new destination'],
	['ANSWERED_ELSEWHERE', 'Answered elsewhere'],
	['DESTINATION_OUT_OF_ORDER', 'Destination out of order'],
	['INVALID_NUMBER_FORMAT', 'Invalid number format'],
	['FACILITY_REJECTED', 'Facility rejected'],
	['RESPONSE_TO_STATUS_ENQUIRY', 'Response to STATus ENQuiry'],
	['NORMAL_UNSPECIFIED', 'Normal, unspecified'],
	['NORMAL_CIRCUIT_CONGESTION', 'Circuit/channel congestion'],
	['NETWORK_OUT_OF_ORDER', 'Network out of order'],
	['NORMAL_TEMPORARY_FAILURE', 'Temporary failure'],
	['SWITCH_CONGESTION', 'Switching equipment congestion'],
	['ACCESS_INFO_DISCARDED', 'Access information discarded'],
	['REQUESTED_CHAN_UNAVAIL', 'Requested channel not available'],
	['FACILITY_NOT_SUBSCRIBED', 'Facility not subscribed'],
	['OUTGOING_CALL_BARRED', 'Outgoing call barred'],
	['INCOMING_CALL_BARRED', 'Incoming call barred'],
	['BEARERCAPABILITY_NOTAUTH', 'Bearer capability not authorized'],
	['BEARERCAPABILITY_NOTAVAIL', 'Bearer capability not available'],
	['BEARERCAPABILITY_NOTIMPL', 'Bearer capability not implemented'],
	['CHAN_NOT_IMPLEMENTED', 'Channel not implemented'],
	['FACILITY_NOT_IMPLEMENTED', 'Facility not implemented'],
	['INVALID_CALL_REFERENCE', 'Invalid call reference value'],
	['INCOMPATIBLE_DESTINATION', 'Incompatible destination'],
	['INVALID_MSG_UNSPECIFIED', 'Invalid message unspecified'],
	['MANDATORY_IE_MISSING', 'Mandatory information element is missing'],
	['MESSAGE_TYPE_NONEXIST', 'Message type nonexist.'],
	['WRONG_MESSAGE', 'Wrong message'],
	['IE_NONEXIST', 'Info. element nonexist or not implemented'],
	['INVALID_IE_CONTENTS', 'Invalid information element contents'],
	['WRONG_CALL_STATE', 'Message not compatible with call state'],
	['RECOVERY_ON_TIMER_EXPIRE', 'Recover on timer expiry'],
	['MANDATORY_IE_LENGTH_ERROR', 'Mandatory IE length error'],
	['PROTOCOL_ERROR', 'Protocol error, unspecified'],
	['INTERWORKING', 'Interworking, unspecified'],
];

it.each(TEXTS)('Asterisk’s %s and “%s” mean the same', (name, text) => {
	expect(readOutcome('asterisk', text)).toBeDefined();
	expect(readOutcome('asterisk', text)).toBe(readOutcome('asterisk', `AST_CAUSE_${name}`));
});

/** Causes that both speak, by their Q.850 number (SWITCH_CAUSE_* of switch_types.h, AST_CAUSE_* of causes.h). */
const NUMBERS: Record<string, number> = {
	UNALLOCATED_NUMBER: 1,
	NO_ROUTE_TRANSIT_NET: 2,
	NO_ROUTE_DESTINATION: 3,
	CHANNEL_UNACCEPTABLE: 6,
	CALL_AWARDED_DELIVERED: 7,
	NORMAL_CLEARING: 16,
	USER_BUSY: 17,
	NO_USER_RESPONSE: 18,
	NO_ANSWER: 19,
	SUBSCRIBER_ABSENT: 20,
	CALL_REJECTED: 21,
	NUMBER_CHANGED: 22,
	REDIRECTION_TO_NEW_DESTINATION: 23,
	EXCHANGE_ROUTING_ERROR: 25,
	DESTINATION_OUT_OF_ORDER: 27,
	INVALID_NUMBER_FORMAT: 28,
	FACILITY_REJECTED: 29,
	RESPONSE_TO_STATUS_ENQUIRY: 30,
	NORMAL_UNSPECIFIED: 31,
	NORMAL_CIRCUIT_CONGESTION: 34,
	NETWORK_OUT_OF_ORDER: 38,
	NORMAL_TEMPORARY_FAILURE: 41,
	SWITCH_CONGESTION: 42,
	ACCESS_INFO_DISCARDED: 43,
	REQUESTED_CHAN_UNAVAIL: 44,
	PRE_EMPTED: 45,
	FACILITY_NOT_SUBSCRIBED: 50,
	OUTGOING_CALL_BARRED: 52,
	INCOMING_CALL_BARRED: 54,
	BEARERCAPABILITY_NOTAUTH: 57,
	BEARERCAPABILITY_NOTAVAIL: 58,
	SERVICE_UNAVAILABLE: 63,
	BEARERCAPABILITY_NOTIMPL: 65,
	CHAN_NOT_IMPLEMENTED: 66,
	FACILITY_NOT_IMPLEMENTED: 69,
	SERVICE_NOT_IMPLEMENTED: 79,
	INVALID_CALL_REFERENCE: 81,
	INCOMPATIBLE_DESTINATION: 88,
	INVALID_MSG_UNSPECIFIED: 95,
	MANDATORY_IE_MISSING: 96,
	MESSAGE_TYPE_NONEXIST: 97,
	WRONG_MESSAGE: 98,
	IE_NONEXIST: 99,
	INVALID_IE_CONTENTS: 100,
	WRONG_CALL_STATE: 101,
	RECOVERY_ON_TIMER_EXPIRE: 102,
	MANDATORY_IE_LENGTH_ERROR: 103,
	PROTOCOL_ERROR: 111,
	INTERWORKING: 127,
	NONE: 0,
};

it.each(Object.entries(NUMBERS))('FreeSWITCH means the same by %s and by %d', (name, number) => {
	expect(readOutcome('freeswitch', name)).toBe(readOutcome('q850', String(number)));
	expect(readOutcome('freeswitch', String(number))).toBe(readOutcome('q850', String(number)));
	if (name !== 'NONE')
		expect(readOutcome('asterisk', `AST_CAUSE_${name}`)).toBe(readOutcome('asterisk', String(number)));
});

/** FreeSWITCH's own causes, above Q.850 (the rest of switch_call_cause_t). */
const OWN = (
	'SUCCESS ORIGINATOR_CANCEL CRASH SYSTEM_SHUTDOWN LOSE_RACE MANAGER_REQUEST BLIND_TRANSFER ATTENDED_TRANSFER ALLOTTED_TIMEOUT ' +
	'USER_CHALLENGE MEDIA_TIMEOUT PICKED_OFF USER_NOT_REGISTERED PROGRESS_TIMEOUT INVALID_GATEWAY GATEWAY_DOWN INVALID_URL ' +
	'INVALID_PROFILE NO_PICKUP SRTP_READ_ERROR BOWOUT BUSY_EVERYWHERE DECLINE DOES_NOT_EXIST_ANYWHERE NOT_ACCEPTABLE UNWANTED ' +
	'NO_IDENTITY BAD_IDENTITY_INFO UNSUPPORTED_CERTIFICATE INVALID_IDENTITY STALE_DATE REJECT_ALL'
).split(' ');

it('knows all 82 causes of FreeSWITCH, so that no report leaves a call open', () => {
	const all = [...Object.keys(NUMBERS), ...OWN];
	expect(all.length).toBe(82);
	expect(all.filter((name) => readOutcome('freeswitch', name) === undefined)).toEqual([]);
});

/** SIP answers as FreeSWITCH turns them into causes (sofia_glue_sip_cause_to_freeswitch). */
it.each([
	['486', 'USER_BUSY'],
	['600', 'USER_BUSY'],
	['603', 'CALL_REJECTED'],
	['404', 'UNALLOCATED_NUMBER'],
	['604', 'NO_ROUTE_DESTINATION'],
	['410', 'NUMBER_CHANGED'],
	['408', 'RECOVERY_ON_TIMER_EXPIRE'],
	['484', 'INVALID_NUMBER_FORMAT'],
	['487', 'ORIGINATOR_CANCEL'],
	['502', 'NETWORK_OUT_OF_ORDER'],
	['503', 'NORMAL_TEMPORARY_FAILURE'],
])('SIP %s ends a call as %s does', (code, cause) => {
	expect(readOutcome('freeswitch', cause)).toBe(readOutcome('sip', code));
});
