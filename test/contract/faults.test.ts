import { startPortal, type FaultKind, type Portal } from '../../sandbox/portal';
import { Client, read } from './support/client';

let portal: Portal;
let client: Client;

beforeEach(async () => {
	portal = await startPortal();
	client = Client.of(portal);
});

afterEach(() => portal.stop());

const FINISH = 'telephony.externalCall.finish';

/** Registers a call and gives what finishes it. */
async function ending(): Promise<Record<string, unknown>> {
	const { CALL_ID: callId } = await client.result('telephony.externalCall.register', {
		USER_ID: 1,
		PHONE_NUMBER: '1',
		TYPE: 2,
	});
	return { CALL_ID: callId, USER_ID: 1 };
}

const strike = (kind: FaultKind, more: Record<string, unknown> = {}): unknown =>
	portal.control.addFault({ kind, target: FINISH, ...more });

/** Resolves when a request has met the fault that was armed. */
async function struck({ control }: Portal): Promise<void> {
	while (control.faults().length > 0)
		await new Promise((resolve) => {
			setImmediate(resolve);
		});
}

test.each([
	['resetBeforeWork', 0],
	['resetAfterWork', 1],
] as const)('%s cuts the connection', async (kind, done) => {
	const call = await ending();
	strike(kind);
	await expect(client.call(FINISH, call)).rejects.toThrow('fetch failed');
	expect(portal.state.history).toHaveLength(done);
});

test.each([
	['html502', 502, 0],
	['html503', 503, 0],
	['html504', 504, 0],
	['html504AfterWork', 504, 1],
] as const)("%s answers with a web server's page", async (kind, status, done) => {
	const call = await ending();
	strike(kind);
	const reply = await client.call(FINISH, call);
	expect([reply.status, reply.headers.get('content-type'), reply.text.includes('nginx')]).toEqual([
		status,
		'text/html',
		true,
	]);
	expect(portal.state.history).toHaveLength(done);
});

test('cut JSON and a wrong content type', async () => {
	strike('cutJson');
	const cut = await client.call(FINISH, await ending());
	expect(cut.status).toBe(200);
	expect(() => JSON.parse(cut.text) as unknown).toThrow('JSON');
	strike('wrongContentType');
	const other = await client.call(FINISH, await ending());
	expect([other.headers.get('content-type'), (other.body.result as { CALL_STATUS: number }).CALL_STATUS]).toEqual([
		'text/html; charset=utf-8',
		0,
	]);
});

test('a delay comes before the work', async () => {
	const call = await ending();
	strike('delay', { seconds: 0.001 });
	expect((await client.call(FINISH, call)).status).toBe(200);
	expect(portal.state.history).toHaveLength(1);
	const next = await ending();
	strike('delay', { seconds: 3600 });
	const pending = client.call(FINISH, next).catch(() => undefined);
	await struck(portal);
	expect(portal.state.history).toHaveLength(1);
	await portal.stop();
	await pending;
});

test.each([
	'expired_token',
	'invalid_token',
	'NO_AUTH_FOUND',
	'PAYMENT_REQUIRED',
	'QUERY_LIMIT_EXCEEDED',
	'OPERATION_TIME_LIMIT',
	'INVALID_REQUEST',
])('the error %s can be ordered, as often as wanted', async (code) => {
	portal.control.addFault({ kind: 'error', code, count: 2 });
	for (const expected of [code, code, undefined]) expect((await client.call('profile')).body.error).toBe(expected);
});

test('the token endpoint has faults too', async () => {
	const query = {
		grant_type: 'refresh_token',
		client_id: [...portal.state.applications.values()][0]?.clientId ?? '',
		client_secret: [...portal.state.applications.values()][0]?.clientSecret ?? '',
		refresh_token: portal.control.issueTokens().refreshToken,
	};
	portal.control.addFault({ kind: 'html502', target: 'oauth/token' });
	portal.control.addFault({ kind: 'error', target: 'oauth/token', code: 'PAYMENT_REQUIRED' });
	const statuses = [];
	for (let times = 0; times < 3; times += 1)
		statuses.push(
			(await fetch(`${portal.authorizationUrl}/oauth/token/`, { method: 'POST', body: new URLSearchParams(query) }))
				.status,
		);
	expect(statuses).toEqual([502, 401, 200]);
});

test('a command of a batch can fail on demand', async () => {
	portal.control.addFault({ kind: 'error', target: 'user.get', code: 'OPERATION_TIME_LIMIT' });
	const answer = await client.result('batch', { cmd: { a: 'profile', b: 'user.get' } });
	expect(answer.result_error).toEqual({
		b: { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked due to operation time limit.' },
	});
});

test('with a time factor methods take their time, and limits are on', async () => {
	const slow = await startPortal({ timeFactor: 0.02 });
	try {
		const { CALL_ID: callId } = await Client.of(slow).result('telephony.externalCall.register', {
			USER_ID: 1,
			PHONE_NUMBER: '1',
			TYPE: 2,
		});
		const started = performance.now();
		await Client.of(slow).result(FINISH, { CALL_ID: callId, USER_ID: 1 });
		expect(performance.now() - started).toBeGreaterThan(1.4 * 20);
		expect(slow.limits.settings).toMatchObject({ intensity: true, operating: true, requestSeconds: 60 });
	} finally {
		await slow.stop();
	}
});

test('a stop while a request waits leaves nothing behind', async () => {
	const other = await startPortal();
	other.control.addFault({ kind: 'delay', target: 'profile', seconds: 3600 });
	const pending = Client.of(other)
		.call('profile')
		.catch(() => undefined);
	await struck(other);
	await other.stop();
	await pending;
	await expect(read(await fetch(`${portal.url}/rest/profile`))).resolves.toMatchObject({ status: 401 });
});
