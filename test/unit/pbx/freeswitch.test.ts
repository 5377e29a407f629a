import { freeswitch } from '../../../pbx/systems/freeswitch';
import { login, post, survives } from './posts';

const CALL_ID = 'externalCall.x.1';
const FORM = {
	CALL_ID,
	UUID: CALL_ID,
	DIRECTION: 'out',
	EXTENSION: '101',
	NUMBER: '4915112345678',
	LINE: '',
	DISPOSITION: 'SUCCESS',
	CAUSE: 'NORMAL_CLEARING',
	BRIDGED: '1795258458',
	STARTED: '1795258450',
	ENDED: '1795258462',
	RECORDING: CALL_ID,
};
const read = (fields: Record<string, string>) => freeswitch.read(post({ ...FORM, ...fields }), 'UTC').reports[0];
const readJson = (value: object, type = 'application/json') =>
	freeswitch.read(post(JSON.stringify(value), { headers: { 'content-type': type } }), 'UTC').reports;

it('reads the report of a call that took place', () => {
	expect(read({})).toEqual({
		event: 'ended',
		callId: CALL_ID,
		externalCallId: CALL_ID,
		direction: 'outgoing',
		phoneNumber: '4915112345678',
		lineNumber: undefined,
		extension: '101',
		outcome: 'answered',
		outcomeWord: 'SUCCESS',
		duration: 4,
		start: '2026-11-21T10:54:10Z',
		recording: CALL_ID,
	});
});

it.each([
	['USER_BUSY', 'USER_BUSY', 'busy'],
	['NO_ANSWER', 'NORMAL_CLEARING', 'unanswered'],
	['ORIGINATOR_CANCEL', 'NORMAL_CLEARING', 'cancelled'],
	['INVALID_GATEWAY', 'NORMAL_CLEARING', 'noRoute'],
	['INVALID_NUMBER_FORMAT', 'INVALID_NUMBER_FORMAT', 'incompleteNumber'],
	['ALLOTTED_TIMEOUT', 'NORMAL_CLEARING', 'ended'],
	['SUCCESS', 'NORMAL_CLEARING', 'ended'],
	['', 'ORIGINATOR_CANCEL', 'cancelled'],
	['SOMETHING_NEW', 'NORMAL_CLEARING', undefined],
])('disposition “%s” with cause %s, nobody talked: %s', (DISPOSITION, CAUSE, outcome) => {
	expect(read({ DISPOSITION, CAUSE, BRIDGED: '0' })).toMatchObject({ outcome, duration: 0, recording: undefined });
});

it('reads a question and who answered, of an anonymous caller too', () => {
	expect(readJson({ EVENT: 'asked', UUID: 'u1', DIRECTION: 'in', NUMBER: 'anonymous', LINE: '4930' })).toEqual([
		{
			event: 'asked',
			callId: undefined,
			externalCallId: 'u1',
			direction: 'incoming',
			phoneNumber: '',
			lineNumber: '4930',
			extension: undefined,
			start: undefined,
		},
	]);
	expect(read({ EVENT: 'answered', DIRECTION: 'in' })).toMatchObject({
		event: 'answered',
		direction: 'incoming',
		extension: '101',
	});
});

describe('a record of mod_json_cdr', () => {
	const variables = {
		uuid: CALL_ID,
		direction: 'outbound',
		b24_call_id: CALL_ID,
		b24_direction: 'out',
		dialed_user: '101',
		originate_disposition: 'SUCCESS',
		hangup_cause: 'NORMAL_CLEARING',
		start_epoch: '1795258450',
		bridge_epoch: '1795258458',
		end_epoch: '1795258462',
		billsec: '7',
	};
	const same = {
		callId: CALL_ID,
		externalCallId: CALL_ID,
		outcome: 'answered',
		duration: 4,
		recording: CALL_ID,
		extension: '101',
		start: '2026-11-21T10:54:10Z',
	};

	it('says the same as the report that it stands in for', () => {
		expect(readJson({ variables })).toMatchObject([same]);
		expect(readJson({ variables }, 'application/x-www-form-urlencoded')).toMatchObject([same]);
		expect(freeswitch.read(post({ cdr: JSON.stringify({ variables }) }), 'UTC').reports).toMatchObject([same]);
		const encoded = Object.fromEntries(
			Object.entries(variables).map(([name, value]) => [name, value.replaceAll('_', '%5F')]),
		);
		expect(readJson({ variables: encoded })).toMatchObject([same]);
	});

	it('tells of an incoming call who answered', () => {
		const incoming = {
			...variables,
			b24_call_id: '',
			b24_direction: 'in',
			b24_from: '4915177777',
			b24_line: '4930',
			last_sent_callee_id_number: '103',
		};
		expect(readJson({ variables: incoming })).toMatchObject([
			{ callId: undefined, direction: 'incoming', phoneNumber: '4915177777', lineNumber: '4930', extension: '103' },
		]);
	});

	it('is nobody’s of a call that is not ours', () => {
		expect(readJson({ variables: { uuid: 'u', hangup_cause: 'NORMAL_CLEARING' } })).toEqual([]);
	});

	it.each([
		['USER_BUSY', 'cancelled'],
		['SUBSCRIBER_ABSENT', 'unavailable'],
	])('of a phone that was not taken, %s, is no client’s outcome', (hangup_cause, outcome) => {
		const refused = {
			uuid: CALL_ID,
			b24_call_id: CALL_ID,
			dialed_user: '101',
			hangup_cause,
			bridge_epoch: '0',
			end_epoch: '1795258462',
		};
		expect(readJson({ variables: refused })).toMatchObject([
			{
				callId: CALL_ID,
				outcome,
				duration: 0,
				recording: undefined,
				reason: expect.stringContaining(hangup_cause) as string,
			},
		]);
	});
});

it('finds the recording under the name of the channel, and signs with user and password', async () => {
	const n8n = login({ address: 'http://pbx:8080', user: 'n8n', password: 'secret' });
	const request = await freeswitch.recording?.('a/../b', n8n, jest.fn());
	expect(request).toMatchObject({ method: 'GET', url: 'http://pbx:8080/bitrix24/a%2F..%2Fb.wav' });
	expect(request && freeswitch.sign(request, n8n).headers).toEqual({ authorization: 'Basic bjhuOnNlY3JldA==' });
});

it('survives garbage', () => {
	survives(freeswitch);
});
