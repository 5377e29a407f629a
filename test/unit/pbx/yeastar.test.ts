import { createHmac } from 'node:crypto';
import { yeastar } from '../../../pbx/systems/yeastar';
import { login, post, survives } from './posts';

const SECRET = '0123456789abcdef0123456789abcdef';
const END = {
	call_id: '1.2',
	time_start: '2026-03-02 09:14:05',
	call_from: '101',
	call_to: '4915112345678',
	call_duration: 10,
	talk_duration: 4,
	src_trunk_name: ' ',
	status: 'ANSWERED',
	type: 'Outbound',
	recording: 'x.wav',
	did_number: ' ',
};
const read = (type: number, msg: unknown) =>
	yeastar.read(post(JSON.stringify({ type, sn: '1', msg })), 'Europe/Berlin').reports;
const end = (fields: Record<string, unknown> = {}) => read(30012, JSON.stringify({ ...END, ...fields }))[0];

describe('the signature', () => {
	const body = '{"type":30012,"sn":"3631A0000001","msg":"{}"}';
	const genuine = (signature: string, text = body, reportSecret = SECRET) =>
		yeastar.isGenuine?.(post(text, { headers: { 'x-signature': signature } }), login({ reportSecret }));

	it('is base64 of the bytes or of their hex text', () => {
		const bytes = 'LJ9MQpyabapjujXV/E/LkUx7SttKwjn94jdkUQ9P0/E=';
		expect(genuine(bytes)).toBe(true);
		expect(genuine(Buffer.from(Buffer.from(bytes, 'base64').toString('hex')).toString('base64'))).toBe(true);
		expect(genuine(bytes, `${body} `)).toBe(false);
		expect(genuine('')).toBe(false);
	});

	it('proves nothing while the credential has no secret', () => {
		const withNothing = createHmac('sha256', '').update(body).digest('base64');
		expect(genuine(withNothing, body, '')).toBe(false);
	});
});

describe('the end of a call', () => {
	it('of a click', () => {
		expect(end()).toEqual({
			event: 'ended',
			externalCallId: '1.2',
			direction: 'outgoing',
			phoneNumber: '4915112345678',
			extension: '101',
			lineNumber: undefined,
			outcome: 'answered',
			outcomeWord: 'ANSWERED',
			duration: 4,
			start: '2026-03-02T09:14:05+01:00',
			recording: 'x.wav',
		});
	});

	it('of a client', () => {
		expect(
			end({ type: 'INBOUND', call_from: 'Ann<+4915177777>', call_to: 'Ben<102>', did_number: '4930' }),
		).toMatchObject({ direction: 'incoming', phoneNumber: '+4915177777', extension: '102', lineNumber: '4930' });
		expect(end({ type: 'Internal' })).toMatchObject({ direction: 'internal' });
	});

	it.each([
		['BUSY', 'busy'],
		['NO ANSWER', 'unanswered'],
		['FAILED', 'noRoute'],
		['VOICEMAIL', 'unanswered'],
		['ABANDONED', 'unanswered'],
		['NEW', undefined],
	])('%s: %s', (status, outcome) => {
		expect(end({ status, talk_duration: 30, recording: ' ' })).toMatchObject({
			outcome,
			duration: 0,
			recording: undefined,
		});
	});

	it('comes as an object as well, and with an odd date', () => {
		expect(read(30012, END)).toEqual([end()]);
		expect(end({ time_start: 'yesterday' })?.start).toBeUndefined();
	});
});

describe('states', () => {
	const phone = (number: string, member_status: string) => ({ extension: { number, member_status } });
	it('of a client’s call tell who rings and who answered', () => {
		const inbound = { inbound: { from: '4915177777', to: '4930', member_status: 'ALERT' } };
		const rung = read(30011, { call_id: '1', members: [inbound, phone('101', 'RING'), phone('102', 'RING')] });
		expect(rung).toMatchObject([
			{ event: 'ringing', extension: '101', phoneNumber: '4915177777', lineNumber: '4930' },
			{ event: 'ringing', extension: '102' },
		]);
		expect(
			read(30011, { call_id: '1', members: [inbound, phone('101', 'BYE'), phone('102', 'ANSWER')] }),
		).toMatchObject([{ event: 'answered', direction: 'incoming', extension: '102' }]);
	});

	it('of a click tell of the client', () => {
		const outbound = (member_status: string) => ({ outbound: { from: '101', to: '49151', member_status } });
		expect(read(30011, { call_id: '1', members: [phone('101', 'ALERT'), outbound('RING')] })).toMatchObject([
			{ event: 'ringing', direction: 'outgoing', phoneNumber: '49151' },
		]);
		expect(read(30011, { call_id: '1', members: [phone('101', 'ANSWERED'), outbound('ANSWER')] })).toMatchObject([
			{ event: 'answered', extension: '101' },
		]);
		expect(read(30011, { call_id: '1', members: [phone('101', 'ANSWER'), phone('102', 'ANSWER')] })).toEqual([]);
	});
});

it.each([
	['486 Busy here', 'busy'],
	['404 NOT found', 'noSuchNumber'],
	['Line Unreachable', 'noRoute'],
	['', 'noRoute'],
])('a call that failed with “%s”: %s', (reason, outcome) => {
	const members = [{ extension: { number: '101' } }, { outbound: { to: '49151' } }];
	expect(read(30015, { call_id: '1', reason, members })).toMatchObject([
		{ event: 'ended', outcome, extension: '101', phoneNumber: '49151', duration: 0 },
	]);
	expect(read(30015, { call_id: '1', reason, members: members.slice(0, 1) })).toEqual([]);
});

describe('requests', () => {
	const pbx = login({ address: 'https://pbx:8088', user: 'id', password: 'secret', token: 'T' });
	it('carry the client’s name and a token, except the one that asks for it', () => {
		const request = {
			method: 'POST' as const,
			url: 'https://pbx:8088/openapi/v1.0/call/dial',
			query: {},
			headers: { 'user-agent': 'n8n', accept: 'x' },
			body: { caller: '101' },
		};
		expect(yeastar.sign(request, pbx)).toEqual({
			...request,
			headers: { accept: 'x', 'User-Agent': 'OpenAPI' },
			query: { access_token: 'T' },
		});
		const asking = yeastar.token?.request(pbx);
		expect(asking).toMatchObject({
			method: 'POST',
			url: 'https://pbx:8088/openapi/v1.0/get_token',
			body: { username: 'id', password: 'secret' },
		});
		expect(asking && yeastar.sign(asking, pbx).query).toEqual({});
		expect(yeastar.token?.read({ errcode: 0, access_token: 'T' })).toBe('T');
		expect(yeastar.token?.read({ errcode: 20002 })).toBeUndefined();
	});

	it.each([
		[{ errcode: 0, download_resource_url: '/api/download/x.wav' }, 'https://pbx:8088/api/download/x.wav'],
		[{ errcode: 60020 }, undefined],
		[{ errcode: 0, download_resource_url: 'https://evil.example.com/' }, undefined],
		['<html>', undefined],
	])('a recording, when the PBX says %j', async (body, url) => {
		const ask = jest.fn().mockResolvedValue({ status: 200, headers: {}, body });
		expect((await yeastar.recording?.('x.wav', pbx, ask))?.url).toBe(url);
		expect(ask).toHaveBeenCalledWith(
			expect.objectContaining({ url: 'https://pbx:8088/openapi/v1.0/recording/download', query: { file: 'x.wav' } }),
		);
	});
});

it('survives garbage', () => {
	survives(yeastar, login({ reportSecret: SECRET }));
});
