import type { Switches } from '../../../../sandbox/systems/common';
import { Mango, signatureOf } from '../../../../sandbox/systems/mango';
import { startEar, type Ear } from './ear';

let ear: Ear;
let mango: Mango;

beforeEach(async () => {
	ear = await startEar();
	mango = new Mango();
	await mango.stage.start();
	mango.stage.address = ear.url;
});
afterEach(async () => {
	await mango.stage.stop();
	await ear.stop();
});

async function post(path: string, given: object, salt = mango.salt): Promise<Response> {
	const json = JSON.stringify(given);
	const body = new URLSearchParams({ vpbx_api_key: mango.key, sign: signatureOf(mango.key, json, salt), json });
	return await fetch(`${mango.stage.url}/vpbx/${path}`, { method: 'POST', body, redirect: 'manual' });
}

const ORDER = { command_id: 'c1', from: { extension: '101' }, to_number: '4915112345678' };

async function click(switches: Partial<Switches> = {}): Promise<[string, Record<string, unknown>][]> {
	Object.assign(mango.stage.switches, switches);
	const response = await post('commands/callback', ORDER);
	expect([response.status, await response.json()]).toEqual([200, { result: 1000 }]);
	await mango.stage.settled();
	return told();
}

function told(): [string, Record<string, unknown>][] {
	return ear.heard.map(({ path, fields }) => [path, JSON.parse(fields.json ?? '') as Record<string, unknown>]);
}

type Told = [path: string, fields: Record<string, unknown>][];
const legsOf = (all: Told): Record<string, unknown>[] =>
	all.filter(([path]) => path === 'events/call').map(([, fields]) => fields);
const states = (all: Told): string[] =>
	legsOf(all).map(({ call_state: state, disconnect_reason: reason }) => [state, reason].filter(Boolean).join(' '));
const summaryOf = (all: Told): Record<string, unknown> | undefined =>
	all.find(([path]) => path === 'events/summary')?.[1];

test('the signature has the value of the manual', () => {
	expect(signatureOf('test-key', JSON.stringify(ORDER), 'test-salt')).toBe(
		'f57bb59d7f89bf6a3f8f38c6920dee708b334aa71c5442f5bfef2d1fda019f8d',
	);
});

test('wrong signatures and parameters are refused, and so is everything while the login is blocked', async () => {
	expect((await post('commands/callback', ORDER, 'guessed')).status).toBe(401);
	const wrong: object[] = [
		{},
		{ ...ORDER, from: {} },
		{ ...ORDER, command_id: 'c'.repeat(129) },
		{ ...ORDER, to_number: '+49 151' },
	];
	for (const order of wrong) expect([(await post('commands/callback', order)).status]).toEqual([420]);
	expect((await post('commands/other', {})).status).toBe(404);
	mango.stage.switches.refuse = 429;
	expect((await post('commands/callback', ORDER)).status).toBe(429);
});

test.each([
	['answered', ['Appeared', 'Connected', 'Disconnected 1000', 'Appeared', 'Connected', 'Disconnected 1120'], 1120],
	['clientBusy', ['Appeared', 'Connected', 'Disconnected 1000', 'Appeared', 'Disconnected 1121'], 1121],
	['clientNoAnswer', ['Appeared', 'Connected', 'Disconnected 1000', 'Appeared', 'Disconnected 1111'], 1111],
	['employeeNoAnswer', ['Appeared', 'Disconnected 1111'], 1111],
	['employeeHangsUp', ['Appeared', 'Connected', 'Disconnected 1000', 'Appeared', 'Disconnected 1110'], 1110],
] as const)('a click that goes on as %s', async (story, expected, reason) => {
	const all = await click({ click: story });
	const talked = story === 'answered';
	expect(all[0]).toEqual(['result/callback', { command_id: 'c1', result: '1000' }]);
	expect(states(all)).toEqual(expected);
	expect(legsOf(all).map(({ command_id: command }) => command)).toEqual(expected.map(() => 'c1'));
	const summary = summaryOf(all);
	expect(summary).toMatchObject({ call_direction: 2, from: { extension: '101' }, to: { number: '4915112345678' } });
	expect(summary).toMatchObject({ entry_result: talked ? 1 : 0, disconnect_reason: reason });
	expect(summary).not.toHaveProperty('command_id');
	expect(Number(summary?.end_time) - Number(summary?.talk_time)).toBe(talked ? 4 : Number(summary?.end_time));
	expect(all.filter(([path]) => path === 'events/recording')).toHaveLength(talked ? 2 : 0);
});

test('webhooks come twice, in reverse and forged, as switched', async () => {
	const all = await click({ twice: true, reversed: true, forged: true, plus: true, click: 'transfer' });
	expect(all.map(([path]) => path).slice(0, 7)).toEqual([
		...Array<string>(4).fill('events/recording'),
		'events/summary',
		'events/summary',
		'events/call',
	]);
	expect(summaryOf(all)?.to).toEqual({ number: '+4915112345678' });
	const { sign, json = '' } = ear.heard[0]?.fields ?? {};
	expect(sign).not.toBe(signatureOf(mango.key, json, mango.salt));
});

test.each([
	['answeredBySecond', '102', 1],
	['transfer', '103', 1],
	['missedByAll', undefined, 0],
	['lostInMenu', undefined, 0],
] as const)('an incoming call: %s', async (story, extension, result) => {
	const entry = await mango.callIn({ client: '+49 1511 234567', line: '74951234567', story });
	const summary = summaryOf(told());
	expect(summary).toMatchObject({
		entry_id: entry,
		call_direction: 1,
		from: { number: '491511234567' },
		line_number: '74951234567',
		entry_result: result,
	});
	expect((summary?.to as Record<string, unknown>).extension).toBe(extension);
});

test('statistics name the recording of a call in time, and its link works once', async () => {
	const entry = await mango.callIn({ client: '491511234567', line: '74951234567', story: 'answeredBySecond' });
	expect((await post('stats/calls/request', { start_date: '2026-03-02', end_date: '2026-03-03' })).status).toBe(420);
	const { key } = (await (
		await post('stats/calls/request', { start_date: '02.03.2026 00:00:00', end_date: '02.03.2026 23:59:59' })
	).json()) as { key: string };
	expect((await post('stats/calls/result', { key })).status).toBe(204);
	expect(await (await post('stats/calls/result/', { key })).json()).toMatchObject({ status: 'work' });
	const list = [{ entry_id: entry, context_calls: [{ recording_id: [`rec-${entry}`] }] }];
	expect(await (await post('stats/calls/result', { key })).json()).toMatchObject({
		status: 'complete',
		data: [{ list }],
	});
	expect(await (await post('stats/calls/result', { key: 'other' })).json()).toMatchObject({ status: 'not-found' });
	expect((await post('queries/recording/post', { recording_id: 'other', action: 'download' })).status).toBe(404);
	const redirect = await post('queries/recording/post', { recording_id: `rec-${entry}`, action: 'download' });
	const link = redirect.headers.get('location') ?? '';
	expect([redirect.status, (await fetch(link)).status, (await fetch(link)).status]).toEqual([302, 200, 404]);
});
