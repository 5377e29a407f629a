import { say } from '../clean';
import { errorOf } from '../contract';
import { is, kind } from '../expectation';
import type { Question } from '../question';
import { fact, failure, question, refusal, value } from './build';

const REGISTER = 'telephony.externalCall.register';
const FINISH = 'telephony.externalCall.finish';
const ATTACH = 'telephony.externalCall.attachRecord';
const SEARCH = 'telephony.externalCall.searchCrmEntities';
const NO_NUMBER = 'PHONE_NUMBER is empty';
const TRANSCRIBE = 'telephony.call.attachTranscription';

/**
 * Nothing shall happen even if a portal took what it should refuse: no card, nothing in the CRM, no message in a chat.
 */
const SILENT = { SHOW: 0, CRM_CREATE: 0 };
const QUIET = { ADD_TO_CHAT: 0 };
/** A call that no portal has. */
const CALL_ID = 'externalCall.portal-check';
const NOBODY = 999_999_999;
const line = { SIDE: 'User', START_TIME: 0, STOP_TIME: 1, MESSAGE: 'portal check' };

const transcript = (text: string, change: Readonly<Record<string, unknown>>): Question =>
	refusal(TRANSCRIBE, text, { CALL_ID, MESSAGES: [{ ...line, ...change }] });

/**
 * Calls with parameters that must be refused, and calls that nobody knows. Each has two faults where that is possible.
 */
export const callQuestions: readonly Question[] = [
	refusal(REGISTER, 'USER_ID or USER_PHONE_INNER should be set', SILENT),
	refusal(REGISTER, 'Unknown TYPE', ({ known }) => ({ ...SILENT, USER_ID: known.userId, TYPE: 9 })),
	refusal(REGISTER, 'CALL_START_DATE should be in the ISO-8601 format', ({ known }) => ({
		...SILENT,
		USER_ID: known.userId,
		TYPE: 1,
		CALL_START_DATE: 'never',
	})),
	refusal(REGISTER, 'Unsupported phone number format', ({ known }) => ({
		...SILENT,
		USER_ID: known.userId,
		TYPE: 1,
		PHONE_NUMBER: 'abc',
	})),
	refusal(REGISTER, 'User is not found or is not active', { ...SILENT, USER_ID: NOBODY, TYPE: 1, PHONE_NUMBER: '1' }),
	refusal(FINISH, 'USER_ID or USER_PHONE_INNER should be set', QUIET),
	refusal(FINISH, 'CALL_ID must be a string', ({ known }) => ({ ...QUIET, USER_ID: known.userId, CALL_ID: 123 })),
	refusal(FINISH, 'Call is not found (call should be registered prior to finishing', ({ known }) => ({
		...QUIET,
		USER_ID: known.userId,
		CALL_ID,
	})),
	value('telephony.externalCall.show', say`example:3`, { CALL_ID }, { result: is(false) }),
	value('telephony.externalCall.hide', say`example:3`, { CALL_ID }, { result: is(false) }),
	refusal(ATTACH, 'Required parameters are not set. Request should contain or URL or FILENAME parameter', { CALL_ID }),
	refusal(ATTACH, 'Call is not found in the statistic table. Looks like it is not finished yet.', {
		CALL_ID,
		FILENAME: 'portal-check.mp3',
	}),
	refusal(TRANSCRIBE, 'CALL_ID should be set', {}),
	refusal(TRANSCRIBE, 'MESSAGES should be an array', { CALL_ID }),
	transcript('MESSAGES[{N}][SIDE] should be either Client or User', { SIDE: 'Nobody' }),
	transcript('MESSAGES[{N}][START_TIME] should be greater or equal to zero', { START_TIME: -1 }),
	transcript('MESSAGES[{N}][STOP_TIME] should be greater than zero', { STOP_TIME: 0 }),
	transcript('MESSAGES[{N}][MESSAGE] is empty', { MESSAGE: '' }),
	transcript('Call {CALL_ID} is not found. Is it finished?', {}),
	refusal(SEARCH, NO_NUMBER, {}),
	// Names of parameters are case-sensitive here: a small one counts as none.
	question(SEARCH, { phone_number: '000' }, [
		fact(say`telephony.externalCall.searchCrmEntities`, say`keys`, failure(errorOf(SEARCH, NO_NUMBER))),
	]),
	value(SEARCH, say`example:2`, { PHONE_NUMBER: '000' }, { result: kind('empty list') }),
];
