import type { IDataObject } from 'n8n-workflow';
import { readIncoming } from '../../../../nodes/Bitrix24Telephony/reports/item';

const REPORT = { SYSTEM: 'mango', EVENT: 'ended' };
const call = (item: IDataObject) => {
	const incoming = readIncoming({ ...REPORT, ...item }, undefined);
	return incoming.kind === 'report' ? incoming.call : incoming;
};
/** How n8n hands on what a node without an answer, or with a bad one, put out. */
const answer = (item: IDataObject) => readIncoming(item, 'externalCall.a.1');

it('takes all that a report says', () => {
	const item = {
		CALL_ID: 'externalCall.a.1',
		EXTERNAL_CALL_ID: 'x1',
		DIRECTION: 'incoming',
		PHONE_NUMBER: '+4930111',
		LINE_NUMBER: '+4930222',
		USER_ID: '5',
		EXTENSION: '101',
		EMPLOYEE_PHONE: '+4930333',
		RUNG: ['101', 102, ''],
		TALKED: [{ EXTENSION: 101, SECONDS: '4' }, {}, 'nobody'],
		OUTCOME: 'busy',
		OUTCOME_WORD: 'Busy!',
		REASON: 'The line was busy',
		DURATION: '4.6',
		START: '2026-03-11T10:00:00Z',
		RECORDING: 'a.wav',
		SUPERSEDED: true,
	};
	expect(call(item)).toEqual({
		system: 'mango',
		event: 'ended',
		callId: 'externalCall.a.1',
		externalCallId: 'x1',
		direction: 'incoming',
		phoneNumber: '+4930111',
		lineNumber: '+4930222',
		userId: 5,
		extension: '101',
		employeePhone: '+4930333',
		rung: ['101', '102'],
		talked: [
			{ extension: '101', seconds: 4 },
			{ extension: '', seconds: 0 },
		],
		outcome: 'busy',
		outcomeWord: 'Busy!',
		reason: 'The line was busy',
		duration: 5,
		start: '2026-03-11T10:00:00Z',
		recording: 'a.wav',
		isSuperseded: true,
	});
});

it('goes by what is usual where a report says nothing', () => {
	expect(call({ DURATION: -4, RUNG: '101', TALKED: { EXTENSION: '101', SECONDS: 2 }, SUPERSEDED: 'true' })).toEqual({
		system: 'mango',
		event: 'ended',
		direction: 'outgoing',
		phoneNumber: '',
		rung: ['101'],
		talked: [{ extension: '101', seconds: 2 }],
		outcome: 'other',
		duration: 0,
		isSuperseded: false,
	});
	expect(call({ OUTCOME: 'eaten' })).toMatchObject({ outcome: 'other', talked: [], rung: [] });
});

it('takes the CALL_ID that the user gave only where the report has none', () => {
	expect(readIncoming(REPORT, 'mine')).toMatchObject({ call: { callId: 'mine' } });
	expect(readIncoming({ ...REPORT, CALL_ID: 'its' }, 'mine')).toMatchObject({ call: { callId: 'its' } });
});

it.each([
	[{ EVENT: 'ended' }, 'report', undefined],
	[{ EVENT: 'recorded' }, 'report', undefined],
	[{ EVENT: 'ringing' }, 'goesOn', 'The report says ringing, not ended, so the call goes on'],
	[{ DIRECTION: 'internal' }, 'goesOn', 'Employees talked among themselves, so there is nothing to log'],
])('%j is %s', (item, kind, reason) => {
	expect(readIncoming({ ...REPORT, ...item, CALL_ID: 'a' }, undefined)).toMatchObject({
		kind,
		...(reason && { reason, callId: 'a' }),
	});
});

it.each([
	{ SYSTEM: 'mango' },
	{ EVENT: 'ended' },
	{ data: 'fine' },
	{ data: 'all +OK' },
	{ data: '+OKAY' },
	{ errcode: '0' },
	{ error: null },
	{},
])('%j is neither report nor answer', (item) => {
	expect(answer(item)).toEqual({ kind: 'unknown' });
});

it('needs a CALL_ID to say anything of an answer', () => {
	expect(readIncoming({ data: '-ERR USER_BUSY' }, undefined)).toEqual({ kind: 'unknown' });
});

it.each([
	[{ data: '+OK Job-UUID: 1\n' }, '+OK Job-UUID: 1'],
	[{ data: '-ERR DESTINATION_OUT_OF_ORDER\n' }, '-ERR DESTINATION_OUT_OF_ORDER'],
	[{ errcode: 0, errmsg: 'SUCCESS' }, 'SUCCESS (0)'],
	[{ error: { message: 'Conflict', status: 409 } }, 'Conflict'],
	[{ error: { message: 'Channel', description: 'id already exists', httpCode: '400' } }, 'Channel id already exists'],
])('%j leaves the call alone: it rings', (item, reason) => {
	expect(answer(item)).toEqual({ kind: 'goesOn', callId: 'externalCall.a.1', reason });
});

it.each([
	[{ message: 'socket hang up' }],
	[{ message: 'The connection was lost', code: 'ECONNRESET' }],
	[{ message: 'The connection was lost', httpCode: 'ETIMEDOUT' }],
	['timeout of 5000ms exceeded'],
	// Of a proxy before the phone system, in n8n's words.
	[{ message: 'Gateway timed out - perhaps try again later?', httpCode: '504' }],
	[{ message: 'Request failed with status code 504', status: 504 }],
])('%j leaves the call alone: it may ring', (error) => {
	const { kind, reason } = answer({ error }) as { kind: string; reason: string };
	expect([kind, reason]).toEqual([
		'goesOn',
		`Nobody knows whether the phone rings, so its report is waited for: ${typeof error === 'string' ? error : error.message}`,
	]);
});

it.each([
	[{ data: '-ERR USER_NOT_REGISTERED\n' }, '-ERR USER_NOT_REGISTERED'],
	[{ data: '-USAGE: originate' }, '-USAGE: originate'],
	[{ errcode: 10001, errmsg: 'NO SUCH EXTENSION' }, 'NO SUCH EXTENSION (10001)'],
	[{ errcode: 20004 }, ' (20004)'],
	[{ error: 'connect ECONNREFUSED' }, 'connect ECONNREFUSED'],
	// The phone system has answered, so the request was not lost, whatever it says.
	[{ error: { message: 'The lookup timed out', status: 500 } }, 'The lookup timed out'],
	[{ error: { message: 'Bad gateway', httpCode: '502' } }, 'Bad gateway'],
	[{ error: { message: '', description: 5 } }, 'The phone system did not take the call'],
	[{ error: {} }, 'The phone system did not take the call'],
])('%j ends the call: the phone never rang', (item, reason) => {
	expect(answer({ ...item, USER_ID: '5', EMPLOYEE_EXTENSION: 101 })).toEqual({
		kind: 'notRung',
		callId: 'externalCall.a.1',
		userId: 5,
		extension: '101',
		reason,
	});
	expect(answer({ ...item, EMPLOYEE_EXTENSION: '' })).toMatchObject({ extension: undefined, userId: undefined });
});
