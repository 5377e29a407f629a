import fc from 'fast-check';
import { connect } from '../../../check/access/connect';
import { check } from '../../../check/check';
import { contract } from '../../../check/contract';
import { markdown } from '../../../check/report/markdown';
import { reportOf } from '../../../check/report/report';
import type { Answer } from '../../../check/wire';

/** What must never get out, in the forms in which portals hold it. */
const name = fc.oneof(
	fc.constantFrom('Annegret', 'Kowalczyk', 'Иванова', 'Þórðarson', '山田太郎', "O'Donnell", 'GRÜNWALD', 'McCormick'),
	fc.stringMatching(/^[A-Z][a-z]{2,5}zq[a-z]{2,5}$/),
);
const seed = fc.oneof(
	name,
	fc.tuple(name, name).map(([first, last]) => `${first} ${last}`),
	fc.tuple(name, name).map(([first, last]) => `${first}_${last}`.toUpperCase()),
	fc.stringMatching(/^\+?[1-9]\d{8,13}$/),
	fc.stringMatching(/^[0-9a-f]{32}([0-9a-f]{38})?$/),
	fc.stringMatching(/^[a-z0-9]{16}$/),
	name.map((text) => `${text.toLowerCase()}@zq-mail.example`),
	name.map((text) => `https://${text.toLowerCase()}.zq-portal.example/rest/`),
	fc.integer({ min: 1_000_000, max: 2_000_000_000 }),
);
type Seed = string | number;

/** Names that the contract looks at, so that what is put under them is looked at, too. */
const known = [
	...new Set([
		...contract.methods.flatMap(({ result, errors }) => [
			...Object.keys(result.fields ?? {}),
			...errors.map(({ code }) => String(code)),
		]),
		...Object.keys(contract.oauth.token.response),
		'result',
		'error',
		'error_description',
		'argument',
		'time',
		'total',
		'next',
		'a',
		'b',
		'me',
		'who',
		'result_error',
		'ID',
		'CALL_ID',
		'SCOPE',
	]),
];

/** An answer with secrets for keys and for values, at places where the check looks and elsewhere. */
const answers = (seeds: readonly Seed[]): fc.Arbitrary<Answer> => {
	const secret = fc.constantFrom(...seeds);
	const words = fc
		.tuple(
			secret,
			fc.constantFrom('User ', 'Unknown TYPE ', 'Could not find line with number ', '', 'Access denied! '),
			secret,
		)
		.map(([one, text, two]) => `${one} ${text}${two}`);
	const key = fc.oneof(
		{ weight: 3, arbitrary: fc.constantFrom(...known) },
		{ weight: 1, arbitrary: secret.map(String) },
	);
	const { value } = fc.letrec((tie) => ({
		value: fc.oneof(
			{ maxDepth: 3, withCrossShrink: true },
			secret,
			words,
			fc.constantFrom(null, true, false, '', 0, 'Y'),
			fc.array(tie('value'), { maxLength: 3 }),
			fc.dictionary(key, tie('value'), { maxKeys: 6 }),
		),
	}));
	const failed = fc.record({
		error: fc.oneof(secret, fc.constantFrom('', 'ERROR_CORE', 'ACCESS_DENIED', 'insufficient_scope')),
		error_description: words,
		argument: secret,
	});
	const body = fc.oneof(
		fc.dictionary(key, value, { maxKeys: 8 }),
		failed,
		fc.record({ result: value, total: secret, next: secret, time: value }),
	);
	return fc.record({
		status: fc.constantFrom(200, 200, 200, 400, 401, 403, 404, 418, 500),
		contentType: fc.oneof(secret.map(String), fc.constant('application/json; charset=utf-8')),
		body,
	});
};

/**
 * Everything that is shown or written by a check of a portal that gives these answers, one after the other and over
 * again.
 */
async function everythingTold(given: readonly Answer[], texts: readonly string[]): Promise<string> {
	const [host = '', code = '', client = '', number = '', token = ''] = texts;
	const portal = `https://${
		encodeURIComponent(host)
			.replace(/[^a-z0-9]/gi, '')
			.toLowerCase() || 'p'
	}.zq-portal.example`;
	let next = 0;
	const send = (): Promise<Answer> =>
		Promise.resolve(given[next++ % given.length] ?? { status: 200, contentType: '', body: {} });
	try {
		const entry = await connect(
			{ portal, write: true, renew: true },
			{
				BITRIX24_CLIENT_ID: client,
				BITRIX24_CLIENT_SECRET: code,
				BITRIX24_ACCESS_TOKEN: token,
				BITRIX24_REFRESH_TOKEN: token,
			},
			{
				send,
				ask: () => Promise.resolve(code),
				tell: () => undefined,
				now: () => 0,
				state: 'state',
			},
		);
		// The first two answers let the check in.
		const tellsItself = [
			{ status: 200, contentType: '', body: { result: { ID: number, ADMIN: true, NAME: host } } },
			{ status: 200, contentType: '', body: { result: ['telephony', 'user', 'crm', host] } },
		];
		const sendAfter = (): Promise<Answer> => {
			const first = tellsItself.shift();
			return first ? Promise.resolve(first) : send();
		};
		const exchange = {
			code,
			age: () => 60_000,
			verb: 'POST',
			answer: given[0] ?? { status: 200, contentType: '', body: {} },
			redirect: { code, domain: host, scope: number, state: token },
		} as const;
		const { rows, left } = await check({
			portal: entry.portal.through(sendAfter),
			allowed: { write: true, renew: true, number, handler: `${portal}/hook` },
			mark: 'mark',
			stopped: new AbortController().signal,
			...(entry.connection
				? { connection: { ...entry.connection, exchange, server: entry.connection.server.through(sendAfter) } }
				: {}),
		});
		const report = reportOf(rows, { day: '2026-11-21', way: entry.way, wrote: true, requests: next, seconds: 1, left });
		return `${markdown(report)}\n${JSON.stringify(report)}`;
	} catch (error) {
		return String(error);
	}
}

/** The parts of a secret by which somebody would know it. */
const partsOf = (secret: Seed): string[] =>
	[String(secret), ...String(secret).split(/[\s_@./:-]+/)].filter(
		(part) => part.length > 4 && !/^(https?|example|portal|oauth)$/i.test(part),
	);

it('tells nothing that belongs to a portal, whatever the portal answers', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc
				.array(seed, { minLength: 5, maxLength: 8 })
				.chain((seeds) => fc.tuple(fc.constant(seeds), fc.array(answers(seeds), { minLength: 1, maxLength: 12 }))),
			async ([seeds, given]) => {
				const told = (await everythingTold(given, seeds.map(String))).toLowerCase();
				const leaked = seeds.flatMap(partsOf).filter((part) => told.includes(part.toLowerCase()));
				expect(leaked).toEqual([]);
			},
		),
		{ numRuns: 150 },
	);
});

it('says why it is not let in without saying where', async () => {
	for (const body of [
		{ error: 'Kowalczyk', error_description: 'Kowalczyk is not allowed 4940123456' },
		{},
		{ result: 'Kowalczyk' },
	]) {
		const told = await check({
			portal: (
				await connect(
					{ portal: 'https://kowalczyk.example', write: false, renew: false },
					{ BITRIX24_WEBHOOK: 'https://kowalczyk.example/rest/1/4940123456/' },
					{
						send: () => Promise.resolve({ status: 403, contentType: '', body }),
						ask: () => Promise.resolve(''),
						tell: () => undefined,
						now: () => 0,
						state: '',
					},
				)
			).portal,
			allowed: { write: false, renew: false },
			mark: '',
			stopped: new AbortController().signal,
		}).catch((error: unknown) => String(error));
		expect(told).toMatch(/^Error: (The portal refused the access: 403|This is no Bitrix24 portal)/);
		expect(told).not.toMatch(/kowalczyk|4940123456/i);
	}
});
