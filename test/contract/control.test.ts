import { EventEmitter } from 'node:events';
import { startPortal, type Change, type Portal } from '../../sandbox/portal';
import { Client, read, type Reply } from './support/client';

let portal: Portal;

beforeEach(async () => {
	portal = await startPortal();
});

afterEach(() => portal.stop());

const post = async (path: string, body: unknown): Promise<Reply> =>
	read(
		await fetch(`${portal.url}/sandbox/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		}),
	);
const state = async (part: string): Promise<unknown> =>
	JSON.parse((await read(await fetch(`${portal.url}/sandbox/state/${part}`))).text);

test('the whole state can be seen', async () => {
	const { body } = await read(await fetch(`${portal.url}/sandbox/state`));
	expect(Object.keys(body)).toEqual(
		expect.arrayContaining([
			'settings',
			'switches',
			'limits',
			'faults',
			'employees',
			'clients',
			'calls',
			'cards',
			'history',
			'lines',
			'handlers',
			'deliveries',
			'applications',
			'accessTokens',
		]),
	);
	expect(await state('employees')).toHaveLength(7);
	expect((await read(await fetch(`${portal.url}/sandbox/state/nothing`))).status).toBe(404);
});

test('every action can be had over HTTP', async () => {
	const actions: [string, unknown][] = [
		['application', { handlerUrl: 'http://127.0.0.1:1/cb', name: 'My PBX' }],
		['application/add', { name: 'Another' }],
		['application/install', { id: 4 }],
		['application/update', { id: 4 }],
		['application/remove', { id: 4, clean: true }],
		['switches', { telephonyErrorCode: 'ERROR_CORE' }],
		['settings', { crmInstalled: true }],
		['limits', { intensity: true }],
		['faults', { kind: 'html502', target: 'profile' }],
		['faults/clear', {}],
		['default-line', { line: { applicationId: 3, lineNumber: '+4940669690' } }],
		['default-line', { line: { applicationId: 3, lineNumber: '' }, userId: 2 }],
		['employees', { firstName: 'Zoe' }],
		['employees', { count: 60 }],
		['employee', { id: 2, timeman: 'PAUSED' }],
		['clients', { type: 'LEAD', name: 'Somebody', phones: ['1'] }],
		['callback', { lineNumber: '+4940669690', phoneNumber: '+494066969441' }],
		['clock', { advance: 60 }],
		['tokens/expire', {}],
		['tokens/revoke', { kind: 'access' }],
	];
	for (const [path, body] of actions) expect(await post(path, body)).toMatchObject({ status: 200, body: { ok: true } });
	expect(portal.switches.telephonyErrorCode).toBe('ERROR_CORE');
	expect(portal.state.employees.size).toBe(68);
	expect((await post('reset', {})).status).toBe(200);
	expect([portal.state.employees.size, [...portal.state.applications.values()][0]?.name]).toEqual([7, 'My PBX']);
});

test.each([
	['switches', { nonsense: 1 }],
	['switches', { telephonyErrorCode: 'x' }],
	['faults', { kind: 'x' }],
	['click', { userId: 6, phoneNumber: '1' }],
	['application', { id: 99 }],
	['employee', { id: 99 }],
	['callback', { lineNumber: 'x' }],
])('%s %j is refused with a reason', async (path, body) => {
	expect(await post(path, body)).toMatchObject({
		status: 400,
		body: { ok: false, problem: expect.any(String) as string },
	});
});

test('who listens hears of every visible change', async () => {
	const seen: string[] = [];
	expect(portal.changes).toBeInstanceOf(EventEmitter);
	portal.changes.on('change', ({ kind, action }: Change) => seen.push(`${kind} ${action}`));
	const client = Client.of(portal);
	const { CALL_ID: callId } = await client.result('telephony.externalCall.register', {
		USER_ID: 1,
		PHONE_NUMBER: '+494066969441',
		TYPE: 2,
	});
	await client.result('telephony.externalCall.finish', { CALL_ID: callId, USER_ID: 1, STATUS_CODE: '304' });
	await client.result('telephony.externalCall.attachRecord', {
		CALL_ID: callId,
		FILENAME: 'a.mp3',
		FILE_CONTENT: 'AAAA',
	});
	expect(seen.filter((name) => !/^(request|limits|token)/.test(name))).toEqual([
		'call registered',
		'card opened',
		'missedCall added',
		'card closed',
		'history added',
		'call finished',
		'recording attached',
	]);
});

test('a recording can be heard', async () => {
	const client = Client.of(portal);
	const { CALL_ID: callId } = await client.result('telephony.externalCall.register', {
		USER_ID: 1,
		PHONE_NUMBER: '1',
		TYPE: 2,
	});
	await client.result('telephony.externalCall.finish', { CALL_ID: callId, USER_ID: 1 });
	const { FILE_ID: id } = await client.result('telephony.externalCall.attachRecord', {
		CALL_ID: callId,
		FILENAME: 'a.wav',
		FILE_CONTENT: Buffer.from('RIFF').toString('base64'),
	});
	const reply = await fetch(`${portal.url}/sandbox/recordings/${String(id)}`);
	expect([reply.headers.get('content-type'), await reply.text()]).toEqual(['audio/wav', 'RIFF']);
});

test("a click dials through the employee's own line, else through the portal's", async () => {
	await Client.of(portal).result('event.bind', { event: 'ONEXTERNALCALLSTART', handler: 'http://127.0.0.1:1/' });
	const lines = (): string[] => [...portal.state.calls.values()].map((call) => call.lineNumber);
	portal.control.click({ userId: 1, phoneNumber: '+12025550101' });
	portal.control.setDefaultLine({ applicationId: 3, lineNumber: '+442079460500' }, 2);
	portal.control.click({ userId: 2, phoneNumber: '+12025550102' });
	portal.control.click({ userId: 2, phoneNumber: '+12025550103', lineNumber: '+4940669690' });
	expect(lines()).toEqual(['', '+442079460500', '+4940669690']);
	expect([...portal.state.calls.values()].map((call) => call.createdEntities.length)).toEqual([1, 0, 1]);
	const [first] = portal.state.calls.keys();
	expect(portal.control.click({ userId: 1, phoneNumber: '+12025550101' }).callId).toBe(first);
	portal.control.setDefaultLine(null);
	expect(() => portal.control.click({ userId: 1, phoneNumber: '1' })).toThrow('No outgoing number');
});

describe('the authorisation page', () => {
	const page = async (query: string, init?: RequestInit): Promise<Reply> =>
		read(await fetch(`${portal.url}/oauth/authorize/?${query}`, { redirect: 'manual', ...init }));

	test('shows who can log in and sends the browser on after Allow', async () => {
		const { clientId } = portal.control.setApplication({ handlerUrl: 'http://127.0.0.1:1/cb?x=1', name: '<b>PBX</b>' });
		const { text } = await page(`client_id=${clientId}&state=%22%3E`);
		expect(text).toContain('Ben Carter');
		expect(text).not.toContain('Frank Moreau');
		expect(text).not.toMatch(/<b>PBX|value="">/);
		const allowed = await read(
			await fetch(`${portal.url}/oauth/authorize/`, {
				method: 'POST',
				redirect: 'manual',
				body: new URLSearchParams({ client_id: clientId, state: 's', user_id: '2' }),
			}),
		);
		expect(allowed.status).toBe(302);
		expect(allowed.headers.get('location')).toMatch(
			/^http:\/\/127\.0\.0\.1:1\/cb\?x=1&code=[0-9a-f]{50}&state=s&domain=127\.0\.0\.1%3A\d+&member_id=[0-9a-f]{32}&scope=crm%2Ctelephony%2Cuser%2Ccall&server_domain=127\.0\.0\.1%3A\d+$/,
		);
	});

	test.each([
		['an unknown application', {}, 'client_id=local.x'],
		['an application without handler path', { handlerUrl: '' }, ''],
		['an inactive application', { handlerUrl: 'http://127.0.0.1:1/', active: false }, ''],
		['an employee without access', { handlerUrl: 'http://127.0.0.1:1/', allowedUsers: [1] }, 'auto=2'],
		['a dismissed employee', { handlerUrl: 'http://127.0.0.1:1/' }, 'auto=6'],
	])("%s ends on the portal's own page, without a redirect", async (_, changes, query) => {
		const { clientId } = portal.control.setApplication(changes);
		const reply = await page(query.startsWith('client_id') ? query : `client_id=${clientId}&${query}`);
		expect([reply.status, reply.headers.get('location')]).toEqual([200, null]);
		expect(reply.text).toContain('Authorisation error');
	});
});

test("the authorisation server tells the application's status", async () => {
	const token = portal.control.issueTokens().accessToken;
	expect((await read(await fetch(`${portal.authorizationUrl}/rest/app.info?auth=${token}`))).body.result).toMatchObject(
		{ STATUS: 'L', INSTALLED: true },
	);
	expect((await read(await fetch(`${portal.authorizationUrl}/rest/profile?auth=${token}`))).body).toMatchObject({
		error: 'ERROR_METHOD_NOT_FOUND',
	});
	portal.control.expireTokens();
	expect((await read(await fetch(`${portal.authorizationUrl}/rest/app.info?auth=${token}`))).body).toMatchObject({
		error: 'expired_token',
	});
});

test('both presets are whole, and a plugin can add routes', async () => {
	const other = await startPortal({
		preset: 'docs',
		switches: { usedRefreshToken: 'lives' },
		plugins: (app, made) => {
			app.get('/hello', async () => ({ url: made.url }));
		},
	});
	try {
		expect(other.switches).toMatchObject({
			telephonyErrorCode: 'ERROR_CORE',
			finishAddToChatDefault: 'on',
			scopeErrorStatus: 403,
			usedRefreshToken: 'lives',
		});
		expect((await read(await fetch(`${other.url}/hello`))).body).toEqual({ url: other.url });
	} finally {
		await other.stop();
	}
	await expect(startPortal({ switches: { errorTexts: 'x' as never } })).rejects.toThrow('errorTexts');
});
