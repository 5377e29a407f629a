import assert from 'node:assert/strict';
import type { Bench, Proofs } from '../bench';
import { both } from './bothWays';
import { authorize, byCode, byRefresh } from './tokens';

/** Seconds. */
const DAY = 24 * 3600;

/** What the second use of the same grant is answered with: 200, or the body of the refusal. */
const usedRefreshToken = async (bench: Bench): Promise<unknown> => {
	const { refreshToken } = bench.portal.control.issueTokens();
	assert.equal((await byRefresh(bench, { refresh_token: refreshToken })).status, 200);
	const { status: code, body } = await byRefresh(bench, { refresh_token: refreshToken });
	return code === 200 ? 200 : body;
};
const usedCode = async (bench: Bench): Promise<unknown> => {
	const { code = '' } = await authorize(bench);
	assert.equal((await byCode(bench, { code })).status, 200);
	const { status: again, body } = await byCode(bench, { code });
	return again === 200 ? 200 : body;
};

/** C24 and C30 to C34: both ways of what concerns login, tokens and where a token is sent. */
export const accessConflicts: Proofs = {
	C24: async (bench) => {
		const { server_domain: domain } = await authorize(bench);
		const { body } = await byCode(bench);
		assert.deepEqual(
			[`http://${domain ?? ''}`, body.server_endpoint],
			[bench.portal.authorizationUrl, `${bench.portal.authorizationUrl}/rest/`],
		);
		assert.notEqual(domain, new URL(bench.portal.url).host);
	},
	C30: both(
		'tokenScope',
		'permissions',
		async (bench) => [(await byCode(bench)).body.scope, (await byRefresh(bench)).body.scope],
		['app', 'app'],
		['crm,telephony,user,call', 'crm,telephony,user,call'],
	),
	C31: both(
		'refreshTokenDays',
		180,
		async (bench) => {
			const { refreshToken } = bench.portal.control.issueTokens();
			const other = bench.portal.control.issueTokens().refreshToken;
			bench.portal.control.advance(30 * DAY - 60);
			const before = (await byRefresh(bench, { refresh_token: refreshToken })).status;
			bench.portal.control.advance(61);
			return [before, (await byRefresh(bench, { refresh_token: other })).status];
		},
		[200, 401],
		[200, 200],
	),
	C32: async (bench) => {
		await both('usedRefreshToken', 'lives', usedRefreshToken, { error: 'invalid_grant' }, 200)(bench);
		await both('usedCode', 'lives', usedCode, { error: 'invalid_grant' }, 200)(bench);
		await both(
			'accessTokenAfterRenewal',
			'lives',
			async (one) => {
				const { accessToken, refreshToken } = one.portal.control.issueTokens();
				const renewed = await byRefresh(one, { refresh_token: refreshToken });
				assert.equal((await one.call('profile', {}, { token: String(renewed.body.access_token) })).status, 200);
				return (await one.call('profile', {}, { token: accessToken })).body.error;
			},
			'invalid_token',
			undefined,
		)(bench);
	},
	C33: both(
		'expiredGrant',
		'invalid_grant',
		async (bench) => {
			const { code = '' } = await authorize(bench);
			const { refreshToken } = bench.portal.control.issueTokens();
			bench.portal.control.advance(181 * DAY);
			const replies = [await byCode(bench, { code }), await byRefresh(bench, { refresh_token: refreshToken })];
			return replies.map((reply) => [reply.status, reply.body]);
		},
		[
			[401, { error: 'expired_token', error_description: 'The authorization token provided has expired.' }],
			[401, { error: 'expired_token', error_description: 'The refresh token provided has expired.' }],
		],
		[
			[400, { error: 'invalid_grant' }],
			[400, { error: 'invalid_grant' }],
		],
	),
	C34: both(
		'bearerHeader',
		'ignored',
		async (bench) => {
			const replies = [await bench.call('profile'), await bench.call('profile', {}, { auth: 'auth' })];
			return replies.map(({ status: code, body }) => [code, body.error]);
		},
		[
			[200, undefined],
			[200, undefined],
		],
		[
			[401, 'NO_AUTH_FOUND'],
			[200, undefined],
		],
	),
};
