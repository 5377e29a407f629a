import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { zadarma } from '../../../pbx/systems/zadarma';
import type { Report } from '../../../pbx/report';
import { answering, download, LOGIN, post, survives } from './posts';

const START = {
	event: 'NOTIFY_START',
	caller_id: '491511234567',
	called_did: '493012345678',
	call_start: '2026-03-02 09:14:05',
	pbx_call_id: 'in_abc',
};
/** The value of the documents, over the hex text. */
const HEX = 'Y2E3MmY4OGY3ZWU2N2M4NTJhZjZlMzU4MzhmYzdkMTIwMjVjNzU4Ng==';

const isGenuine = (fields: Record<string, string>, signature: string, login = LOGIN): boolean | undefined =>
	zadarma.isGenuine?.(post(fields, { headers: { signature } }), login);
const read = (fields: Record<string, string>): Report | undefined =>
	zadarma.read(post(fields), 'Europe/Berlin').reports[0];

describe('proof', () => {
	it('takes a signature over the hex text and over the bytes, as SDKs differ', () => {
		expect(isGenuine(START, HEX)).toBe(true);
		expect(isGenuine(START, Buffer.from(Buffer.from(HEX, 'base64').toString(), 'hex').toString('base64'))).toBe(true);
		expect(
			isGenuine(
				{ event: 'NOTIFY_RECORD', pbx_call_id: 'in_abc', call_id_with_rec: '1234.5-101' },
				'Y2ZmM2FiYmE0NjJlMTg5MjY4ZTcyMWZkYzUwY2VlNDhjZGI5YzQwOA==',
			),
		).toBe(true);
	});

	it('refuses what somebody else signed, what nobody signed, and everything without a secret', () => {
		const withNothing = createHmac('sha1', '')
			.update('491511234567493012345678')
			.update(START.call_start)
			.digest('base64');
		expect(isGenuine(START, HEX.replace('Y', 'Z'))).toBe(false);
		expect(isGenuine(START, '')).toBe(false);
		expect(isGenuine({ ...START, caller_id: '491511234568' }, HEX)).toBe(false);
		expect(isGenuine({ ...START, event: 'NOTIFY_OTHER' }, HEX)).toBe(false);
		for (const event of ['constructor', '__proto__', 'toString'])
			expect(isGenuine({ ...START, event }, HEX)).toBe(false);
		expect(isGenuine(START, withNothing, { ...LOGIN, password: '' })).toBe(false);
	});

	it('answers the check of an address with its text, and nothing that a browser would run', () => {
		const question = (zd_echo: string) => post({}, { method: 'GET', query: { zd_echo } });
		expect(zadarma.isGenuine?.(question('a1B2-_c'), LOGIN)).toBe(true);
		expect(zadarma.read(question('a1B2-_c'), 'UTC')).toEqual({
			reports: [],
			raw: {},
			reply: { status: 200, contentType: 'text/plain', body: 'a1B2-_c' },
		});
		for (const echo of ['<script>', 'a<', '>a', 'a\n', '', 'a'.repeat(101)])
			expect(zadarma.isGenuine?.(question(echo), LOGIN)).toBe(false);
		expect(zadarma.isGenuine?.(post({}, { method: 'GET' }), LOGIN)).toBe(false);
	});
});

test('requests are signed with the value of the documents, whatever the order of their parameters', () => {
	const request = {
		method: 'GET' as const,
		url: 'https://api.zadarma.com/v1/request/callback/',
		query: { to: '4915112345678', from: '101', format: 'json' },
		headers: { accept: '*/*' },
	};
	expect(zadarma.sign(request, LOGIN).headers).toEqual({
		accept: '*/*',
		authorization: 'test-key:NjBiNThkNmE3NjFkOTM3MjYwZTBhNzkzYjcxZWQwYTU0NzJkODI0Zg==',
	});
	const asForm = { ...request, method: 'POST' as const, query: {}, body: request.query, isForm: true };
	expect(zadarma.sign(asForm, LOGIN).headers.authorization).toBe(zadarma.sign(request, LOGIN).headers.authorization);
});

test('any text can be signed', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, value) => {
			const { headers } = zadarma.sign(
				{ method: 'GET', url: 'https://api.zadarma.com/v1/x', query: { [name]: value }, headers: {} },
				LOGIN,
			);
			expect(headers.authorization).toMatch(/^test-key:[\w+/]{54}==$/);
		}),
	);
});

describe('reports', () => {
	it('asks whom to ring', () => {
		expect(read(START)).toEqual({
			event: 'asked',
			externalCallId: 'in_abc',
			direction: 'incoming',
			phoneNumber: '491511234567',
			lineNumber: '493012345678',
			extension: undefined,
			start: '2026-03-02T09:14:05+01:00',
			recording: undefined,
		});
	});

	it('tells who is rung and who answered', () => {
		expect(read({ ...START, event: 'NOTIFY_INTERNAL', internal: '101' })).toMatchObject({
			event: 'ringing',
			extension: '101',
			direction: 'incoming',
		});
		expect(read({ ...START, event: 'NOTIFY_ANSWER', destination: '102', internal: '102' })).toMatchObject({
			event: 'answered',
			extension: '102',
			phoneNumber: '491511234567',
		});
		expect(
			read({ event: 'NOTIFY_OUT_START', internal: '101', destination: '4915112345678', pbx_call_id: 'out_1' }),
		).toMatchObject({
			event: 'ringing',
			direction: 'outgoing',
			phoneNumber: '4915112345678',
		});
	});

	const END = {
		...START,
		event: 'NOTIFY_END',
		internal: '102',
		duration: '42',
		disposition: 'answered',
		status_code: '16',
		is_recorded: '1',
		call_id_with_rec: '1234.5-102',
	};
	it.each([
		[{}, { outcome: 'answered', duration: 42, recording: '1234.5-102', extension: '102' }],
		[
			{ disposition: 'no answer', is_recorded: '0', internal: '' },
			{ outcome: 'unanswered', outcomeWord: 'no answer', duration: 0, recording: undefined, extension: undefined },
		],
		[{ disposition: 'BUSY' }, { outcome: 'busy', duration: 0 }],
		[{ disposition: 'no money, no limit' }, { outcome: 'noFunds' }],
		[{ disposition: 'new word' }, { outcome: undefined, outcomeWord: 'new word', duration: 0 }],
		[{ caller_id: 'anonymous' }, { phoneNumber: '' }],
		[{ call_id_with_rec: '' }, { recording: 'in_abc' }],
		[
			{ duration: '-1', call_start: 'yesterday' },
			{ duration: 0, start: undefined },
		],
		[{ caller_id: '103' }, { direction: 'internal' }],
		[{ caller_id: '112' }, { direction: 'incoming' }],
	])('tells the end of an incoming call: %j', (more, expected) => {
		expect(read({ ...END, ...more })).toMatchObject({ event: 'ended', direction: 'incoming', ...expected });
	});

	it('tells the end of an outgoing call', () => {
		const fields = {
			event: 'NOTIFY_OUT_END',
			internal: '101',
			destination: '+4915112345678',
			caller_id: '493012345678',
			call_start: '2026-07-02 09:14:05',
			pbx_call_id: 'out_1',
			duration: '7',
			disposition: 'answered',
		};
		expect(read(fields)).toEqual({
			event: 'ended',
			externalCallId: 'out_1',
			direction: 'outgoing',
			phoneNumber: '+4915112345678',
			lineNumber: '493012345678',
			extension: '101',
			outcome: 'answered',
			outcomeWord: 'answered',
			duration: 7,
			start: '2026-07-02T09:14:05+02:00',
			recording: undefined,
		});
	});

	it('says when a recording is there', () => {
		expect(read({ event: 'NOTIFY_RECORD', call_id_with_rec: '1.2', pbx_call_id: 'out_1' })).toMatchObject({
			event: 'recorded',
			recording: '1.2',
			externalCallId: 'out_1',
			direction: 'outgoing',
		});
		expect(read({ event: 'NOTIFY_IVR', wait_dtmf: '1' })).toBeUndefined();
	});

	it('survives garbage', () => {
		survives(zadarma);
	});
});

describe('recording', () => {
	it('is asked for by its id, or by that of the call', async () => {
		const { ask, asked } = answering([
			{ body: { status: 'success', link: 'https://files.example.com/x.mp3' } },
			{ body: { status: 'success', links: ['https://files.example.com/y.mp3'] } },
		]);
		expect(await zadarma.recording?.('1234.5-102', LOGIN, ask)).toEqual(download('https://files.example.com/x.mp3'));
		expect(await zadarma.recording?.('in_abc', LOGIN, ask)).toEqual(download('https://files.example.com/y.mp3'));
		expect(asked.map(({ url, query }) => [url, query])).toEqual([
			['https://pbx.example.com/api/v1/pbx/record/request/', { call_id: '1234.5-102', lifetime: '1800' }],
			['https://pbx.example.com/api/v1/pbx/record/request/', { pbx_call_id: 'in_abc', lifetime: '1800' }],
		]);
	});

	it.each([
		{ status: 400, body: { status: 'error' } },
		{ status: 0 },
		{ body: 'text' },
		{ body: { link: 'file:///etc/passwd' } },
		{ body: { links: [] } },
		{ body: null },
	])('is not there yet: %j', async (answer) => {
		expect(await zadarma.recording?.('1', LOGIN, answering([answer]).ask)).toBeUndefined();
	});
});
