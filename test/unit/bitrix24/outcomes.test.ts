import { readFileSync } from 'node:fs';
import { readOutcome, statusCodeOf, VOCABULARIES, type CallOutcome, type Vocabulary } from '../../../bitrix24/outcomes';

const contract = JSON.parse(readFileSync(`${__dirname}/../../../contract/bitrix24.json`, 'utf8')) as {
	enums: { STATUS_CODE: Record<string, string> };
};

const rows = Object.entries(VOCABULARIES).flatMap(([vocabulary, all]) =>
	all.flatMap(([outcome, ...words]) => words.map((word) => [vocabulary as Vocabulary, String(word), outcome] as const)),
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
	for (const all of Object.values(VOCABULARIES)) {
		const words = all.flatMap(([, ...some]) => some.map((word) => String(word).toUpperCase()));
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
	['freeswitch', '17X', undefined],
	['freeswitch', 'X17', undefined],
	['sip', '4888', undefined],
	['sip', 'X488', undefined],
	['q850', 'X127', undefined],
	['q850', '127X', undefined],
])('%s %s is %s', (vocabulary, word, outcome) => {
	expect(readOutcome(vocabulary, word)).toBe(outcome);
});

/** Causes that both speak, by their Q.850 number (SWITCH_CAUSE_* of switch_types.h, AST_CAUSE_* of causes.h). */
const NUMBERS: Record<string, number> = {
	UNALLOCATED_NUMBER: 1, NO_ROUTE_TRANSIT_NET: 2, NO_ROUTE_DESTINATION: 3, CHANNEL_UNACCEPTABLE: 6, CALL_AWARDED_DELIVERED: 7,
	NORMAL_CLEARING: 16, USER_BUSY: 17, NO_USER_RESPONSE: 18, NO_ANSWER: 19, SUBSCRIBER_ABSENT: 20, CALL_REJECTED: 21,
	NUMBER_CHANGED: 22, REDIRECTION_TO_NEW_DESTINATION: 23, EXCHANGE_ROUTING_ERROR: 25, DESTINATION_OUT_OF_ORDER: 27,
	INVALID_NUMBER_FORMAT: 28, FACILITY_REJECTED: 29, RESPONSE_TO_STATUS_ENQUIRY: 30, NORMAL_UNSPECIFIED: 31,
	NORMAL_CIRCUIT_CONGESTION: 34, NETWORK_OUT_OF_ORDER: 38, NORMAL_TEMPORARY_FAILURE: 41, SWITCH_CONGESTION: 42,
	ACCESS_INFO_DISCARDED: 43, REQUESTED_CHAN_UNAVAIL: 44, PRE_EMPTED: 45, FACILITY_NOT_SUBSCRIBED: 50, OUTGOING_CALL_BARRED: 52,
	INCOMING_CALL_BARRED: 54, BEARERCAPABILITY_NOTAUTH: 57, BEARERCAPABILITY_NOTAVAIL: 58, SERVICE_UNAVAILABLE: 63,
	BEARERCAPABILITY_NOTIMPL: 65, CHAN_NOT_IMPLEMENTED: 66, FACILITY_NOT_IMPLEMENTED: 69, SERVICE_NOT_IMPLEMENTED: 79,
	INVALID_CALL_REFERENCE: 81, INCOMPATIBLE_DESTINATION: 88, INVALID_MSG_UNSPECIFIED: 95, MANDATORY_IE_MISSING: 96,
	MESSAGE_TYPE_NONEXIST: 97, WRONG_MESSAGE: 98, IE_NONEXIST: 99, INVALID_IE_CONTENTS: 100, WRONG_CALL_STATE: 101,
	RECOVERY_ON_TIMER_EXPIRE: 102, MANDATORY_IE_LENGTH_ERROR: 103, PROTOCOL_ERROR: 111, INTERWORKING: 127, NONE: 0,
};

it.each(Object.entries(NUMBERS))('FreeSWITCH means the same by %s and by %d', (name, number) => {
	expect(readOutcome('freeswitch', name)).toBe(readOutcome('q850', String(number)));
	expect(readOutcome('freeswitch', String(number))).toBe(readOutcome('q850', String(number)));
	if (name !== 'NONE') expect(readOutcome('asterisk', `AST_CAUSE_${name}`)).toBe(readOutcome('asterisk', String(number)));
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
	['486', 'USER_BUSY'], ['600', 'USER_BUSY'], ['603', 'CALL_REJECTED'], ['404', 'UNALLOCATED_NUMBER'], ['604', 'NO_ROUTE_DESTINATION'],
	['410', 'NUMBER_CHANGED'], ['408', 'RECOVERY_ON_TIMER_EXPIRE'], ['484', 'INVALID_NUMBER_FORMAT'], ['487', 'ORIGINATOR_CANCEL'],
	['502', 'NETWORK_OUT_OF_ORDER'], ['503', 'NORMAL_TEMPORARY_FAILURE'],
])('SIP %s ends a call as %s does', (code, cause) => {
	expect(readOutcome('freeswitch', cause)).toBe(readOutcome('sip', code));
});
