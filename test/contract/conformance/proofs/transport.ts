import assert from 'node:assert/strict';
import { assertReply, type Bench, type Chapter, type Proof } from '../bench';
import { read, type Reply } from '../../support/client';

const send = async (bench: Bench, path: string, options: RequestInit = {}): Promise<Reply> =>
	read(await fetch(`${bench.portal.url}/rest/${path}`, { redirect: 'manual', ...options }));
const bearer = (bench: Bench): Record<string, string> => ({ authorization: `Bearer ${bench.client.token}` });
/** The parameters that event.test saw, as the handler gets them. */
async function seen(bench: Bench, path: string, options: RequestInit = {}): Promise<Record<string, string>> {
	const handler = await bench.handler('ONAPPTEST');
	const reply = await send(bench, path, { headers: bearer(bench), ...options });
	assert.equal(reply.status, 200, reply.text);
	const fields = await bench.onlyEvent(handler);
	await bench.ok('event.unbind', { event: 'ONAPPTEST', handler: `${handler.url}/hook` });
	return Object.fromEntries(
		Object.entries(fields).flatMap(([name, value]) => {
			const key = /^data\[QUERY\]\[(\w+)\]/.exec(name)?.[1];
			return key === undefined ? [] : [[key, value]];
		}),
	);
}
const post = (bench: Bench, type: string, body: string): RequestInit => ({
	method: 'POST',
	headers: { ...bearer(bench), 'content-type': type },
	body,
});

const swallowed =
	(name: string): Proof =>
	async (bench) => {
		const sent =
			name === 'token' || name === 'auth' || name === 'access_token' ? `${name}=${bench.client.token}` : `${name}=1`;
		assert.deepEqual(await seen(bench, `event.test?a=1&${sent}`), { a: '1' });
	};

const RESERVED = ['auth', 'access_token', 'auth_connector', 'start', 'state', 'token', 'method', 'aplogin', 'ap'];

/** How requests and answers look. */
export const transportChapter: Chapter = {
	reasons: {
		'url:3': 'REST v3 has only the call.followup methods here, which concern video calls',
		'url:4': 'REST v3 has only the call.followup methods here, which concern video calls',
	},
	proofs: {
		...Object.fromEntries(RESERVED.map((name) => [`reserved:${name}`, swallowed(name)])),
		'body:1': async (bench) =>
			assert.deepEqual(await seen(bench, 'event.test?a=1&b=1', post(bench, 'application/json', '{"b":2,"c":3}')), {
				a: '1',
				b: '2',
				c: '3',
			}),
		'body:2': async (bench) => {
			assert.deepEqual(
				await seen(bench, 'event.test?a=1', {
					method: 'PUT',
					headers: { ...bearer(bench), 'content-type': 'application/json' },
					body: '{"b":2}',
				}),
				{ a: '1' },
			);
			assert.deepEqual(
				await seen(bench, 'event.test', post(bench, 'application/x-www-form-urlencoded', 'x[y]=1&z=2')),
				{ x: '1', z: '2' },
			);
			const multipart = new FormData();
			multipart.append('x[]', '1');
			multipart.append('z', 'ü');
			assert.deepEqual(await seen(bench, 'event.test?a=1', { method: 'POST', body: multipart }), {
				a: '1',
				x: '1',
				z: 'ü',
			});
		},
		'body:3': async (bench) =>
			assert.deepEqual(await seen(bench, 'event.test', post(bench, 'Application/JSON ; charset=utf-8', '{"b":2}')), {
				b: '2',
			}),
		'body:4': async (bench) => {
			assert.deepEqual(await seen(bench, 'event.test', post(bench, 'text/plain', 'b=2')), { b: '2' });
			assert.deepEqual(await seen(bench, 'event.test', post(bench, 'garbage', 'b=2')), { b: '2' });
		},
		'body:5': async (bench) => {
			for (const body of ['{"b":2', '', '"text"', '{"b":"\\ud800"'])
				assert.deepEqual(await seen(bench, 'event.test?a=1', post(bench, 'application/json', body)), { a: '1' });
		},
		'body:6': async (bench) => {
			for (const method of ['PUT', 'PATCH'])
				assert.deepEqual(await seen(bench, 'event.test', { method, headers: bearer(bench), body: 'b=2' }), {});
		},
		'token:1': async (bench) => {
			for (const scheme of ['Bearer', 'bearer', 'BEARER'])
				assert.equal(
					(await send(bench, 'profile', { headers: { authorization: `${scheme} ${bench.client.token}` } })).status,
					200,
				);
			assertReply(
				await send(bench, `profile?auth=${bench.client.token}`, { headers: { authorization: 'Bearer wrong' } }),
				401,
				{ error: 'invalid_token' },
			);
		},
		'token:2': async (bench) => {
			assert.equal((await send(bench, `profile?auth=${bench.client.token}`)).status, 200);
			assertReply(await send(bench, `profile?auth=wrong&access_token=${bench.client.token}`), 401, {
				error: 'invalid_token',
			});
		},
		'token:3': async (bench) =>
			assert.equal((await send(bench, `profile?access_token=${bench.client.token}`)).status, 200),
		'url:1': async (bench) => {
			for (const path of ['profile', 'profile.json', 'profile/', 'profile.json/'])
				assert.equal((await send(bench, path, { headers: bearer(bench) })).status, 200, path);
		},
		'url:2': async (bench) => {
			for (const path of ['profile', 'profile.json'])
				assert.equal((await send(bench, `${bench.webhook}/${path}`)).status, 200);
		},
		order: async (bench) => {
			const { control } = bench.portal;
			const call = (more: Record<string, string> = bearer(bench)): Promise<Reply> =>
				send(bench, 'user.get', { headers: more });
			control.setSettings({ portalDeleted: true });
			assertReply(await send(bench, 'no.such'), 403, { error: 'PORTAL_DELETED' });
			control.setSettings({ portalDeleted: false, restAvailable: false });
			control.setLimits({ operating: true });
			assertReply(await send(bench, 'no.such'), 404, { error: 'ERROR_METHOD_NOT_FOUND' });
			assertReply(await call({}), 401, { error: 'NO_AUTH_FOUND' });
			control.setApplication({ active: false });
			assertReply(await call({ authorization: 'Bearer x' }), 401, { error: 'invalid_token' });
			assertReply(await call(), 401, { error: 'NOT_INSTALLED' });
			control.setApplication({ active: true });
			const narrow = { authorization: `Bearer ${bench.tokenWith([])}` };
			assertReply(await call(narrow), 403, { error: 'ACCESS_DENIED' });
			control.setSettings({ restAvailable: true });
			assertReply(await call(narrow), 401, { error: 'insufficient_scope' });
			assert.equal((await call()).status, 200);
		},
		case: async (bench) => {
			for (const name of ['USER.GET', 'user.get', 'User.Get.json', 'TELEPHONY.EXTERNALCALL.SHOW'])
				assert.equal((await bench.call(name)).status, 200, name);
		},
		headers: async (bench) => {
			for (const reply of [await bench.call('profile'), await bench.call('nothing')]) {
				const expected = {
					'content-type': 'application/json; charset=utf-8',
					'access-control-allow-origin': '*',
					'x-content-type-options': 'nosniff',
				};
				for (const [name, value] of Object.entries(expected)) assert.equal(reply.headers.get(name), value);
			}
		},
		time: async (bench) => {
			const { time } = (await bench.call('profile')).body as { time: Record<string, unknown> };
			assert.deepEqual(Object.keys(time).sort(), [
				'date_finish',
				'date_start',
				'duration',
				'finish',
				'operating',
				'operating_reset_at',
				'processing',
				'start',
			]);
			assert.ok(
				Number.isInteger(time.start) &&
					Number.isInteger(time.processing) &&
					Math.abs(Number(time.finish) - Number(time.start) - Number(time.duration)) < 0.001,
			);
			assert.ok(!('time' in (await bench.call('nothing')).body));
		},
		emptyArray: async (bench) => {
			assert.equal(
				(await bench.ok<unknown[]>('telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: '000' })).length,
				0,
			);
			assert.match((await bench.call('batch', { cmd: {} })).text, /"result":\[\],"result_error":\[\]/);
			assert.match(
				(await bench.call('telephony.externalCall.finish', { CALL_ID: await bench.registered(), USER_ID: 1 })).text,
				/"CALL_START_DATE":\{\}/,
			);
		},
		redirect: async (bench) => {
			const old = bench.portal.url;
			const port = new URL(old).port;
			bench.portal.control.move(`localhost:${port}`);
			const moved = await read(
				await fetch(`${old}/rest/profile?a=1`, { method: 'POST', headers: bearer(bench), redirect: 'manual' }),
			);
			assert.deepEqual(
				[moved.status, moved.headers.get('location')],
				[302, `http://localhost:${port}/rest/profile?a=1`],
			);
			assert.equal(
				(await read(await fetch(`http://localhost:${port}/rest/profile`, { headers: bearer(bench) }))).status,
				200,
			);
		},
	},
};
