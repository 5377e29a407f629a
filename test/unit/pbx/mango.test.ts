import { createHash } from 'node:crypto';
import { mango } from '../../../pbx/systems/mango';
import type { Report } from '../../../pbx/report';
import { answering, download, LOGIN, post, survives } from './posts';

const MANGO = { ...LOGIN, password: 'test-salt' };
const CALL_ID = 'externalCall.89350264e026dace3f2b14d1f438257c.1773236989';

function signed(path: string, fields: object, sign?: string) {
	const json = JSON.stringify(fields);
	return post(
		{
			vpbx_api_key: 'test-key',
			sign: sign ?? createHash('sha256').update(`test-key${json}test-salt`).digest('hex'),
			json,
		},
		{ path },
	);
}
const read = (path: string, fields: object): Report | undefined =>
	mango.read(signed(path, fields), 'Europe/Berlin').reports[0];

test('key and signature prove a webhook', () => {
	expect(mango.isGenuine?.(signed('events/call', { seq: 1 }), MANGO)).toBe(true);
	expect(mango.isGenuine?.(signed('events/call', { seq: 1 }, 'ab'.repeat(32)), MANGO)).toBe(false);
	expect(mango.isGenuine?.(signed('events/call', { seq: 1 }), { ...MANGO, user: 'other' })).toBe(false);
	const withoutSalt = createHash('sha256').update('test-key{}').digest('hex');
	expect(mango.isGenuine?.(signed('events/call', {}, withoutSalt), { ...MANGO, password: '' })).toBe(false);
});

test('requests are signed with the value of the manual', () => {
	const json = '{"command_id":"c1","from":{"extension":"101"},"to_number":"4915112345678"}';
	const request = {
		method: 'POST' as const,
		url: 'https://app.mango-office.ru/vpbx/commands/callback',
		query: {},
		headers: {},
		body: { json },
		isForm: true,
	};
	const body = {
		vpbx_api_key: 'test-key',
		sign: 'f57bb59d7f89bf6a3f8f38c6920dee708b334aa71c5442f5bfef2d1fda019f8d',
		json,
	};
	expect(mango.sign(request, MANGO)).toEqual({ ...request, body });
	expect(mango.sign({ ...request, body: { json: JSON.parse(json) as object } }, MANGO).body).toEqual(body);
	expect(mango.sign(download('https://app.mango-office.ru/once'), MANGO)).toEqual(
		download('https://app.mango-office.ru/once'),
	);
	expect(mango.sign({ ...request, body: undefined }, MANGO).body).toMatchObject({ json: '{}' });
});

describe('the end of a call', () => {
	const OUT = {
		entry_id: 'E1=',
		call_direction: 2,
		from: { extension: '101', number: 'sip:101@x' },
		to: { number: '4915112345678' },
		line_number: '74951234567',
		create_time: 1772442845,
		forward_time: 1772442846,
		talk_time: 1772442852,
		end_time: 1772442894,
		entry_result: 1,
		disconnect_reason: 1120,
	};
	const IN = {
		...OUT,
		call_direction: '1',
		from: { number: 491511234567 },
		to: { extension: 102, number: '79990000001' },
	};

	it('is in one shape', () => {
		expect(read('events/summary', OUT)).toEqual({
			event: 'ended',
			externalCallId: 'E1=',
			direction: 'outgoing',
			phoneNumber: '4915112345678',
			lineNumber: '74951234567',
			extension: '101',
			employeePhone: undefined,
			outcome: 'answered',
			outcomeWord: '1120',
			duration: 42,
			start: '2026-03-02T09:14:05Z',
			recording: 'entry:E1=:1772442845:1772442894',
		});
		expect(read('events/summary', IN)).toMatchObject({
			direction: 'incoming',
			phoneNumber: '491511234567',
			extension: '102',
			employeePhone: '79990000001',
			duration: 42,
		});
	});

	it.each([
		[
			{ ...OUT, talk_time: 0, entry_result: 0, disconnect_reason: 1121 },
			{ outcome: 'busy', duration: 0, recording: undefined },
		],
		[{ ...OUT, talk_time: 0, entry_result: 0, disconnect_reason: 1110 }, { outcome: 'cancelled' }],
		[
			{ ...IN, talk_time: 0, entry_result: 0, disconnect_reason: 1110, to: { number: '74951234567' } },
			{ outcome: 'unanswered', extension: undefined, employeePhone: undefined },
		],
		[{ ...OUT, talk_time: 0, disconnect_reason: 2211 }, { outcome: 'noFunds' }],
		[
			{ ...OUT, talk_time: 0, disconnect_reason: 9999 },
			{ outcome: undefined, outcomeWord: '9999' },
		],
		[
			{ ...OUT, from: { number: '4915112345678' }, to: { extension: '101' } },
			{ extension: '101', phoneNumber: '4915112345678', direction: 'outgoing' },
		],
		[{ ...OUT, call_direction: 0, to: { extension: '102' } }, { direction: 'internal' }],
		[
			{ ...OUT, end_time: 'soon' },
			{ duration: 0, recording: undefined },
		],
	])('tells more: %j', (fields, expected) => {
		expect(read('events/summary', fields)).toMatchObject({ event: 'ended', ...expected });
	});

	it('has a direction', () => {
		expect(read('events/summary', { ...OUT, call_direction: 3 })).toBeUndefined();
		expect(read('events/summary', {})).toBeUndefined();
	});
});

describe('legs', () => {
	const LEG = {
		entry_id: 'E1=',
		call_id: 'L1',
		timestamp: 1772442845,
		seq: 1,
		location: 'abonent',
		command_id: `${CALL_ID}/7`,
	};
	const employee = { extension: '101', number: 'sip:101@x', line_number: '74951234567' };
	const client = { number: '4915112345678' };

	it('of a click carry its CALL_ID; that the employee takes the own phone is no answer', () => {
		const click = {
			callId: CALL_ID,
			userId: 7,
			externalCallId: 'E1=',
			direction: 'outgoing',
			extension: '101',
			phoneNumber: '4915112345678',
		};
		expect(read('events/call', { ...LEG, call_state: 'Appeared', from: client, to: employee })).toMatchObject({
			...click,
			event: 'ringing',
		});
		expect(read('events/call', { ...LEG, call_state: 'Connected', from: client, to: employee })).toBeUndefined();
		expect(
			read('events/call', {
				...LEG,
				call_state: 'Connected',
				from: { ...employee, taken_from_call_id: 'L1' },
				to: client,
			}),
		).toMatchObject({ ...click, event: 'answered' });
		expect(read('events/call', { ...LEG, call_state: 'Disconnected', from: employee, to: client })).toBeUndefined();
	});

	it('of other commands and of incoming calls carry none', () => {
		const { command_id: _command, ...leg } = LEG;
		expect(read('events/call', { ...leg, call_state: 'Connected', from: client, to: employee })).toMatchObject({
			event: 'answered',
			direction: 'incoming',
			extension: '101',
		});
		expect(
			read('events/call', { ...leg, command_id: 'other', call_state: 'Appeared', from: client, to: employee }),
		).not.toHaveProperty('callId');
		expect(
			read('events/call', { ...leg, location: 'ivr', call_state: 'Appeared', from: client, to: { number: '1' } }),
		).toBeUndefined();
		expect(
			read('events/call', { ...leg, call_state: 'Appeared', from: { extension: '102' }, to: employee }),
		).toMatchObject({ direction: 'internal' });
	});

	it('never begin when the command is refused', () => {
		expect(read('result/callback', { command_id: `${CALL_ID}/7`, result: 3104 })).toMatchObject({
			event: 'ended',
			callId: CALL_ID,
			userId: 7,
			outcome: 'unavailable',
			outcomeWord: '3104',
		});
		expect(read('result/callback', { command_id: CALL_ID, result: '2211' })).toMatchObject({
			callId: CALL_ID,
			outcome: 'noFunds',
		});
		for (const result of ['1000', 1111])
			expect(read('result/callback', { command_id: CALL_ID, result })).toBeUndefined();
		expect(read('result/callback', { command_id: 'other', result: 3104 })).toBeUndefined();
	});
});

test('garbage does no harm', () => {
	survives(mango);
});

describe('recording', () => {
	it('is known by its id when it is complete', () => {
		const fields = {
			recording_id: 'R1',
			recording_state: 'Completed',
			seq: 2,
			entry_id: 'E1=',
			call_id: 'L1',
			extension: 101,
			completion_code: 1000,
		};
		expect(read('events/recording', fields)).toMatchObject({
			event: 'recorded',
			externalCallId: 'E1=',
			recording: 'id:R1',
			extension: '101',
		});
		expect(read('events/recording', { ...fields, recording_state: 'Started' })).toBeUndefined();
		expect(read('events/recording', { ...fields, completion_code: 4002 })).toBeUndefined();
	});

	it('is sought in statistics, which are asked again until they are made', async () => {
		const { ask, asked } = answering([
			{ body: '{"result":1000,"key":"K1"}' },
			{ status: 204 },
			{ body: { status: 'work', data: [] } },
			{
				body: {
					status: 'complete',
					data: [
						{
							list: [
								{ entry_id: 'E0', context_calls: [{ recording_id: ['R0'] }] },
								{ entry_id: 'E1=', context_calls: [{ recording_id: [] }, { recording_id: ['R1', 'R2'] }] },
							],
						},
					],
				},
			},
			{ status: 302, headers: { location: 'https://files.example.com/once' } },
		]);
		const wanted = async () => await mango.recording?.('entry:E1=:1772442845:1772442894', MANGO, ask);
		const link = download('https://files.example.com/once');
		// Whoever looks into a file opens it again to send it.
		expect([await wanted(), await wanted(), await wanted(), await wanted()]).toEqual([
			undefined,
			undefined,
			link,
			link,
		]);
		expect(asked.map(({ url, body }) => [url.replace('https://pbx.example.com/api/', ''), body?.json])).toEqual([
			[
				'stats/calls/request',
				'{"start_date":"02.03.2026 12:12:05","end_date":"02.03.2026 12:16:54","limit":1000,"offset":0}',
			],
			...Array<[string, string]>(3).fill(['stats/calls/result', '{"key":"K1"}']),
			...Array<[string, string]>(2).fill(['queries/recording/post', '{"recording_id":"R1","action":"download"}']),
		]);
	});

	it('asks for another report when the last one did not name it', async () => {
		const { ask, asked } = answering([
			{ body: { key: 'K1' } },
			{ body: { status: 'complete', data: { list: [] } } },
			{ body: { key: 'K2' } },
			{ body: { status: 'not-found' } },
			{ status: 429 },
		]);
		for (let times = 0; times < 3; times += 1)
			expect(await mango.recording?.('entry:E2:1:2', MANGO, ask)).toBeUndefined();
		expect(asked.map(({ url }) => url.split('/').at(-1))).toEqual([
			'request',
			'result',
			'request',
			'result',
			'request',
		]);
	});

	it.each([
		{ status: 404, body: 'Not found' },
		{ status: 302 },
		{ status: 302, headers: { location: 'file:///x' } },
		{ status: 0 },
	])('is not there yet: %j', async (answer) => {
		expect(await mango.recording?.('id:R1', MANGO, answering([answer]).ask)).toBeUndefined();
		expect(await mango.recording?.('nonsense', MANGO, answering([answer]).ask)).toBeUndefined();
	});
});
