import { Yeastar, yeastarSignature } from '../../../../sandbox/systems/yeastar';
import type { ClickStory, Switches } from '../../../../sandbox/systems/common';
import { startReceiver, type Receiver } from '../receiver';

let receiver: Receiver;
let pbx: Yeastar;
async function start(switches: Partial<Switches> = {}): Promise<void> {
	receiver = await startReceiver();
	pbx = new Yeastar(undefined, undefined, switches);
	await pbx.stage.start();
	pbx.stage.address = `${receiver.url}/report`;
}
afterEach(async () => {
	await pbx.stage.stop();
	await receiver.stop();
});

type Json = Record<string, unknown>;
async function ask(path: string, body?: object, agent = 'OpenAPI'): Promise<Json> {
	const response = await fetch(pbx.stage.url + path, {
		method: body ? 'POST' : 'GET',
		body: body && JSON.stringify(body),
		headers: { 'user-agent': agent },
	});
	return (await response.json()) as Json;
}
const login = async (password = 'test-secret') =>
	await ask('/openapi/v1.0/get_token', { username: 'test-id', password });
const token = async () => String((await login()).access_token);
const reports = () => receiver.received.map(({ body }) => JSON.parse(body) as { type: number; msg: string | Json });
const ends = () =>
	reports()
		.filter(({ type }) => type === 30012)
		.map(({ msg }) => (typeof msg === 'string' ? (JSON.parse(msg) as Json) : msg));

it('signs like the documents', async () => {
	await start();
	const body = '{"type":30012,"sn":"3631A0000001","msg":"{}"}';
	expect(yeastarSignature('0123456789abcdef0123456789abcdef', body, 'bytes')).toBe(
		'LJ9MQpyabapjujXV/E/LkUx7SttKwjn94jdkUQ9P0/E=',
	);
	expect(yeastarSignature('s', body, 'hex')).not.toBe(yeastarSignature('s', body, 'bytes'));
});

describe('tokens', () => {
	it('are given, refreshed once, deleted, and needed', async () => {
		await start();
		const first = await login();
		expect(first).toMatchObject({ errcode: 0, access_token_expire_time: 1800 });
		const next = await ask('/openapi/v1.0/refresh_token', { refresh_token: first.refresh_token });
		expect(next).toMatchObject({ errcode: 0 });
		expect(await ask('/openapi/v1.0/refresh_token', { refresh_token: first.refresh_token })).toMatchObject({
			errcode: 10005,
		});
		expect(await ask(`/openapi/v1.0/del_token?access_token=${String(next.access_token)}`)).toMatchObject({
			errcode: 0,
		});
		expect(await ask(`/openapi/v1.0/call/dial?access_token=${String(next.access_token)}`, {})).toMatchObject({
			errcode: 10004,
		});
	});

	it('are eight at a time', async () => {
		await start();
		for (let count = 0; count < 8; count += 1) expect(await login()).toMatchObject({ errcode: 0 });
		expect(await login()).toMatchObject({ errmsg: 'TOKEN LIMIT' });
	});

	it('are refused for good after five wrong logins, and to clients that do not say OpenAPI', async () => {
		await start();
		await expect(ask('/openapi/v1.0/get_token', {}, 'n8n')).rejects.toThrow();
		for (let count = 0; count < 5; count += 1) expect(await login('wrong')).toMatchObject({ errcode: 20002 });
		expect(await login()).toMatchObject({ errmsg: 'ACCOUNT IP LOCKED' });
	});
});

it.each<[ClickStory, string, number]>([
	['answered', 'ANSWERED', 4],
	['clientBusy', 'BUSY', 0],
	['clientNoAnswer', 'NO ANSWER', 0],
	['employeeNoAnswer', 'NO ANSWER', 0],
])('a click: %s ends as %s', async (click, status, seconds) => {
	await start({ click });
	const dialled = await ask(`/openapi/v1.0/call/dial?access_token=${await token()}`, {
		caller: '101',
		callee: '4915112345678',
	});
	expect(dialled).toMatchObject({ errcode: 0, call_id: expect.any(String) as string });
	await pbx.stage.settled();
	expect(ends()).toMatchObject([
		{
			call_id: dialled.call_id,
			call_from: '101',
			call_to: '4915112345678',
			type: 'Outbound',
			status,
			talk_duration: seconds,
		},
	]);
});

it('refuses an extension that is none, with status 200', async () => {
	await start();
	expect(
		await ask(`/openapi/v1.0/call/dial?access_token=${await token()}`, { caller: '999', callee: '49151' }),
	).toMatchObject({ errcode: 60001 });
});

it('reports an incoming call, with msg as text or as an object', async () => {
	await start();
	await pbx.callIn({ client: '4915177777', line: '493012345678', story: 'answeredBySecond' });
	expect(reports().every(({ msg }) => typeof msg === 'string')).toBe(true);
	pbx.message = 'object';
	await pbx.callIn({ client: '4915177777', line: '493012345678', story: 'missedByAll' });
	expect(typeof reports().at(-1)?.msg).toBe('object');
	expect(ends()).toMatchObject([
		{ call_to: '102', status: 'ANSWERED', type: 'Inbound' },
		{ status: 'NO ANSWER', recording: ' ' },
	]);
});

it('hands a recording out, late if need be', async () => {
	await start({ recording: 'late' });
	const path = `/openapi/v1.0/recording/download?file=x.wav&access_token=${await token()}`;
	expect(await ask(path)).toMatchObject({ errcode: 60020 });
	await ask(path);
	const { download_resource_url: link } = await ask(path);
	const file = await fetch(`${pbx.stage.url}${String(link)}?access_token=${await token()}`, {
		headers: { 'user-agent': 'OpenAPI' },
	});
	expect([file.status, file.headers.get('content-type')]).toEqual([200, 'audio/wav']);
});
