import assert from 'node:assert/strict';
import type { Application } from '../../../../sandbox/portal';
import { assertReply, type Bench, type Chapter, type Proof } from '../bench';
import { read, type Reply } from '../../support/client';

type Query = Record<string, string>;

const application = (bench: Bench, changes: Partial<Application> = {}): Application => bench.portal.control.setApplication({ handlerUrl: 'http://127.0.0.1:1/cb', ...changes });

/** Logs in and gives the query of the redirect. */
async function authorize(bench: Bench): Promise<Query> {
	const response = await fetch(`${bench.portal.url}/oauth/authorize/?client_id=${application(bench).clientId}&state=s%201&auto=1`, { redirect: 'manual' });
	return Object.fromEntries(new URL(response.headers.get('location') ?? '').searchParams);
}

async function token(bench: Bench, query: Query, post = false): Promise<Reply> {
	const url = `${bench.portal.authorizationUrl}/oauth/token/`;
	const text = new URLSearchParams(query);
	return read(await (post ? fetch(url, { method: 'POST', body: text }) : fetch(`${url}?${text.toString()}`)));
}

const client = (bench: Bench): Query => ({ client_id: application(bench).clientId, client_secret: application(bench).clientSecret });
const byCode = async (bench: Bench, more: Query = {}, post = false): Promise<Reply> => token(bench, { grant_type: 'authorization_code', ...client(bench), code: (await authorize(bench)).code ?? '', ...more }, post);
const byRefresh = async (bench: Bench, more: Query = {}, post = false): Promise<Reply> => token(bench, { grant_type: 'refresh_token', ...client(bench), refresh_token: bench.portal.control.issueTokens().refreshToken, ...more }, post);

const redirect = (name: string, expected: (bench: Bench) => string): Proof => async (bench) => {
	const query = await authorize(bench);
	assert.deepEqual(Object.keys(query).sort(), ['code', 'domain', 'member_id', 'scope', 'server_domain', 'state']);
	assert.equal(query[name], expected(bench));
};

/** A field of the token answer, after the login and after a refresh. */
const field = (name: string, check: (value: unknown, bench: Bench) => void, refreshOnly = false): Proof => async (bench) => {
	const [login, refresh] = [await byCode(bench), await byRefresh(bench)];
	check(refresh.body[name], bench);
	if (refreshOnly) assert.ok(!(name in login.body));
	else check(login.body[name], bench);
};
const is = (expected: (bench: Bench) => unknown) => (value: unknown, bench: Bench): void => assert.deepEqual(value, expected(bench));
const isToken = (value: unknown): void => assert.match(String(value), /^[0-9a-f]{70}$/);

/** OAuth */
export const oauthChapter: Chapter = {
	proofs: {
		'redirect:code': async (bench) => {
			const { code } = await authorize(bench);
			assert.notEqual(code, (await authorize(bench)).code);
			assert.equal((await token(bench, { grant_type: 'authorization_code', ...client(bench), code: code ?? '' })).status, 200);
			assertReply(await token(bench, { grant_type: 'authorization_code', ...client(bench), code: code ?? '' }), 400, { error: 'invalid_grant' });
		},
		'redirect:state': redirect('state', () => 's 1'),
		'redirect:domain': redirect('domain', (bench) => new URL(bench.portal.url).host),
		'redirect:member_id': redirect('member_id', (bench) => bench.portal.state.settings.memberId),
		'redirect:scope': redirect('scope', () => 'crm,telephony,user,call'),
		'redirect:server_domain': redirect('server_domain', (bench) => new URL(bench.portal.authorizationUrl).host),
		'token:access_token': field('access_token', isToken),
		'token:refresh_token': field('refresh_token', isToken),
		'token:expires': field('expires', (value) => assert.ok(Math.abs(Number(value) - Date.now() / 1000 - 3600) < 60), true),
		'token:expires_in': field('expires_in', is(() => 3600)),
		'token:scope': field('scope', is(() => 'crm,telephony,user,call')),
		'token:domain': field('domain', is((bench) => new URL(bench.portal.authorizationUrl).host)),
		'token:server_endpoint': field('server_endpoint', is((bench) => `${bench.portal.authorizationUrl}/rest/`)),
		'token:client_endpoint': field('client_endpoint', is((bench) => `${bench.portal.url}/rest/`)),
		'token:status': field('status', is(() => 'L')),
		'token:member_id': field('member_id', is((bench) => bench.portal.state.settings.memberId)),
		'token:user_id': field('user_id', is(() => 1), true),
		'token:token_type': async (bench) => {
			for (const reply of [await byCode(bench), await byRefresh(bench)]) assert.ok(!('token_type' in reply.body));
		},
		'lifetime:code': async (bench) => {
			const { code = '' } = await authorize(bench);
			bench.portal.control.advance(31);
			assertReply(await token(bench, { grant_type: 'authorization_code', ...client(bench), code }), 400, { error: 'invalid_grant' });
		},
		'lifetime:access_token': async (bench) => {
			bench.portal.control.advance(3590);
			assert.equal((await bench.call('profile')).status, 200);
			bench.portal.control.advance(20);
			assertReply(await bench.call('profile'), 401, { error: 'expired_token' });
		},
		'lifetime:refresh_token': async (bench) => {
			const { refreshToken } = bench.portal.control.issueTokens();
			bench.portal.control.advance(180 * 24 * 3600 + 1);
			assertReply(await byRefresh(bench, { refresh_token: refreshToken }), 400, { error: 'invalid_grant' });
		},
		'method:GET': async (bench) => {
			for (const reply of [await byCode(bench), await byRefresh(bench)]) assert.equal(reply.status, 200);
		},
		'method:POST': async (bench) => {
			for (const reply of [await byCode(bench, {}, true), await byRefresh(bench, {}, true)]) assert.equal(reply.status, 200);
			const { client_id: id = '', client_secret: secret = '' } = client(bench);
			const basic = await fetch(`${bench.portal.authorizationUrl}/oauth/token/`, {
				method: 'POST', headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
				body: new URLSearchParams({ grant_type: 'authorization_code', code: (await authorize(bench)).code ?? '' }),
			});
			assert.equal(basic.status, 200);
		},
		'error:wrong_client': async (bench) => assertReply(await byRefresh(bench, { client_id: 'local.0' }), 200, { error: 'wrong_client' }),
		'error:invalid_client': async (bench) => assertReply(await byRefresh(bench, { client_secret: 'x' }), 400, { error: 'invalid_client' }),
		'error:invalid_grant': async (bench) => {
			const { refreshToken } = bench.portal.control.issueTokens();
			assert.equal((await byRefresh(bench, { refresh_token: refreshToken })).status, 200);
			assertReply(await byRefresh(bench, { refresh_token: refreshToken }), 400, { error: 'invalid_grant' });
			bench.portal.control.setSwitch('usedRefreshToken', 'lives');
			const other = bench.portal.control.issueTokens().refreshToken;
			for (let times = 0; times < 2; times += 1) assert.equal((await byRefresh(bench, { refresh_token: other })).status, 200);
		},
		'error:invalid_request': async (bench) => assertReply(await byRefresh(bench, { refresh_token: '' }), 400, { error: 'invalid_request', error_description: 'No "refresh_token" parameter found' }),
		'error:invalid_scope': async (bench) => assertReply(await byRefresh(bench, { scope: 'crm,disk' }), 403, { error: 'invalid_scope' }),
		'error:NOT_INSTALLED': async (bench) => {
			application(bench, { active: false });
			assertReply(await byRefresh(bench), 401, { error: 'NOT_INSTALLED' });
		},
		'error:PAYMENT_REQUIRED': async (bench) => {
			application(bench, { paymentExpired: true });
			assertReply(await byRefresh(bench), 401, { error: 'PAYMENT_REQUIRED', error_description: 'Payment required' });
		},
		'example:1': async (bench) => assert.deepEqual(Object.keys((await byCode(bench)).body).sort(), ['access_token', 'client_endpoint', 'domain', 'expires_in', 'member_id', 'refresh_token', 'scope', 'server_endpoint', 'status']),
		'example:2': async (bench) => assert.deepEqual(Object.keys((await byRefresh(bench)).body).sort(), ['access_token', 'client_endpoint', 'domain', 'expires', 'expires_in', 'member_id', 'refresh_token', 'scope', 'server_endpoint', 'status', 'user_id']),
		'example:3': async (bench) => assertReply(await byRefresh(bench, { refresh_token: 'dead' }), 400, { error: 'invalid_grant' }),
	},
	reasons: { 'error:bad_verification_code': 'named by one SDK only, status not confirmed; the sandbox answers invalid_grant, as the documentation says' },
};
