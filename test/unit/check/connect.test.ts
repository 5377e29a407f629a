import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../check/arguments';
import { connect } from '../../../check/access/connect';
import { readSecrets, type Secrets } from '../../../check/access/secrets';
import { endOf } from '../../../check/access/tokenServer';
import type { WireRequest, Answer } from '../../../check/wire';

const options = { portal: 'https://p.bitrix24.com', write: false, renew: false };
const WEBHOOK = 'https://p.bitrix24.com/rest/7/c0de/';
const client = { BITRIX24_CLIENT_ID: 'local.1', BITRIX24_CLIENT_SECRET: 's3cret' };
const TOKENS = { status: 200, contentType: '', body: { access_token: 'acc', refresh_token: 'ref' } };
const REFUSED = { status: 400, contentType: '', body: { error: 'invalid_grant' } };

/** Connects with an authorisation server that gives these answers, and a person who gives these lines. */
async function connecting(
	secrets: Secrets,
	lines: readonly string[] = [],
	answers: readonly Answer[] = [TOKENS],
	more: { authServer?: string } = {},
) {
	const requests: WireRequest[] = [];
	const told: string[] = [];
	const left = [...lines];
	const entry = await connect({ ...options, ...more }, secrets, {
		send: (request) => Promise.resolve(answers[requests.push(request) - 1] ?? REFUSED),
		ask: () => Promise.resolve(left.shift() ?? ''),
		tell: (line) => told.push(line),
		now: () => 0,
		state: 'xyz',
	});
	return { entry, requests, told };
}

const pasted = (query = 'code=abc&state=xyz&domain=p.bitrix24.com&server_domain=oauth.bitrix.info'): string =>
	`https://n8n.example.com/callback?${query}`;

it('uses a webhook that was given, without asking anything', async () => {
	const { entry, requests } = await connecting({ BITRIX24_WEBHOOK: WEBHOOK });
	expect([entry.portal.access, entry.way, requests]).toEqual([
		{ webhook: { userId: '7', code: 'c0de' } },
		'an incoming webhook',
		[],
	]);
});

it('asks for a webhook when nothing was given', async () => {
	expect((await connecting({}, [WEBHOOK])).entry.portal.access).toEqual({ webhook: { userId: '7', code: 'c0de' } });
});

it('lets the person open the page, and exchanges the code by POST', async () => {
	const { entry, requests, told } = await connecting({}, ['', 'local.1', 's3cret', pasted()]);
	expect(told[1]?.trim()).toBe('https://p.bitrix24.com/oauth/authorize/?client_id=local.1&state=xyz');
	expect(requests).toMatchObject([
		{
			verb: 'POST',
			url: 'https://oauth.bitrix.info/oauth/token/',
			body: 'grant_type=authorization_code&client_id=local.1&client_secret=s3cret&code=abc',
		},
	]);
	expect(entry.connection).toMatchObject({
		exchange: { verb: 'POST', redirect: { domain: 'p.bitrix24.com' } },
		tokens: { access: 'acc', refresh: 'ref' },
	});
});

it('exchanges the code by GET where POST does not work', async () => {
	const { entry, requests } = await connecting(client, [pasted()], [REFUSED, TOKENS]);
	expect(requests.map(({ verb }) => verb)).toEqual(['POST', 'GET']);
	expect(entry.connection?.exchange?.verb).toBe('GET');
});

it('asks the server of the other region, or the one that was named', async () => {
	const russian = pasted().replace('oauth.bitrix.info', 'oauth.bitrix24.tech');
	expect((await connecting(client, [russian])).requests[0]?.url).toBe('https://oauth.bitrix24.tech/oauth/token/');
	expect(
		(await connecting(client, [pasted()], [TOKENS], { authServer: 'https://auth.example.com' })).requests[0]?.url,
	).toBe('https://auth.example.com/oauth/token/');
});

it("takes tokens that were given, and can renew with the client's id and secret", async () => {
	const tokens = { BITRIX24_ACCESS_TOKEN: 'acc', BITRIX24_REFRESH_TOKEN: 'ref' };
	expect((await connecting(tokens, ['', ''])).entry.connection).toBeUndefined();
	expect((await connecting({ ...tokens, ...client })).entry.connection).toMatchObject({
		tokens: { access: 'acc', refresh: 'ref' },
	});
	expect((await connecting({ BITRIX24_ACCESS_TOKEN: 'acc', BITRIX24_WEBHOOK: WEBHOOK })).entry).toMatchObject({
		way: 'an application and an incoming webhook',
	});
});

it.each<[string, Secrets, string[], RegExp]>([
	['a webhook of another form', { BITRIX24_WEBHOOK: 'https://p.bitrix24.com/c0de' }, [], /has not the form/],
	[
		'a webhook of another portal',
		{ BITRIX24_WEBHOOK: WEBHOOK.replace('p.', 'q.') },
		[],
		/another address than --portal/,
	],
	['no client_id', {}, ['', '', ''], /needs its client_id/],
	['an address of an earlier try', client, [pasted().replace('xyz', 'old')], /its state is another one/],
	['an address without a code', client, [pasted('state=xyz')], /no code=/],
	['no address at all', client, ['c0de'], /its state is another one/],
	[
		"a server that is not Bitrix24's",
		client,
		[pasted().replace('oauth.bitrix.info', 'evil.example.com')],
		/none of Bitrix24's/,
	],
])('refuses %s', async (_, secrets, lines, text) => {
	const failure = await connecting(secrets, lines).catch((error: unknown) => error);
	expect(failure).toBeInstanceOf(UsageError);
	expect(String(failure)).toMatch(text);
	expect(String(failure)).not.toMatch(/c0de|s3cret|evil/);
});

it('says why no tokens came', async () => {
	await expect(connecting(client, [pasted()], [REFUSED, REFUSED])).rejects.toThrow(
		/gave no tokens \(400 invalid_grant/,
	);
});

it('reads secrets out of a file before the environment, and nothing else', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'portal-check-'));
	try {
		const file = join(folder, 'secrets.env');
		writeFileSync(file, `# mine\nBITRIX24_WEBHOOK="${WEBHOOK}"\nOTHER=1\n`);
		expect(await readSecrets({ BITRIX24_WEBHOOK: 'x', BITRIX24_CLIENT_ID: ' id ', HOME: '/' }, file)).toEqual({
			BITRIX24_WEBHOOK: WEBHOOK,
			BITRIX24_CLIENT_ID: 'id',
		});
		expect(await readSecrets({ BITRIX24_CLIENT_SECRET: '' }, undefined)).toEqual({});
		await expect(readSecrets({}, join(folder, 'none'))).rejects.toThrow('The file of --secrets cannot be read.');
	} finally {
		rmSync(folder, { recursive: true });
	}
});

it('reads the end of a token out of it', () => {
	expect(endOf('80510100' + 'ab'.repeat(31))).toBe(86_400);
	expect(endOf('s1morf609228iwyjjpvfv6wsvuja4p8u')).toBeUndefined();
});
