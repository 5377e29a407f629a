import fc from 'fast-check';
import { connect } from 'node:net';
import { startPortal, type Portal } from '../../sandbox/portal';
import { METHODS } from '../../sandbox/portal/methods/table';
import { asMap, buildForm, parseForm } from '../../sandbox/portal/php/form';
import { encodeJson, parseJsonBody, type Wire } from '../../sandbox/portal/php/json';
import { Client, form, read } from './support/client';

const RUNS = { numRuns: 300 };
let portal: Portal;
let client: Client;

beforeAll(async () => {
	portal = await startPortal();
	client = Client.of(portal);
});

afterAll(() => portal.stop());

/** Bitrix24 always answers with JSON that has either a result or an error. */
async function answersProperly(response: Response): Promise<void> {
	const { status, body, text } = await read(response);
	if (status === 200 && 'result' in body) return;
	if (status >= 400 && status < 500 && typeof body.error === 'string' && typeof body.error_description === 'string')
		return;
	throw new Error(`${status} ${text}`);
}

const methodName = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...METHODS.map((method) => method.name)) },
	{ weight: 1, arbitrary: fc.string() },
);
const parameterName = fc.constantFrom(
	...new Set(METHODS.flatMap((method) => method.parameters)),
	'__proto__',
	'constructor',
	'toString',
	'auth_connector',
	'start',
);
const value = fc.oneof(
	fc.constantFrom<unknown>(
		'1',
		1,
		'0',
		'',
		null,
		true,
		false,
		'externalCall.x',
		'+494066969441',
		'2026-01-01',
		[],
		{},
		[1, 2],
		'UF',
		1e308,
		-1,
		'http://127.0.0.1:1/a.mp3',
		{ SIDE: 'User' },
	),
	fc.jsonValue(),
);
const parameters = fc.dictionary(parameterName, value, { maxKeys: 8 });
const sensible = fc.record(
	{
		USER_ID: fc.constantFrom(1, 2, '3', 'x'),
		TYPE: fc.constantFrom(1, '2', 9),
		PHONE_NUMBER: fc.constantFrom('1', '+49', 'x'),
	},
	{ requiredKeys: [] },
);

test('any method with any parameters as JSON answers properly', async () => {
	await fc.assert(
		fc.asyncProperty(methodName, parameters, sensible, async (name, sent, more) => {
			await answersProperly(
				await fetch(`${portal.url}/rest/${encodeURIComponent(name)}`, {
					method: 'POST',
					headers: { 'content-type': 'application/json', authorization: `Bearer ${client.token}` },
					body: JSON.stringify({ ...more, ...sent }),
				}),
			);
		}),
		RUNS,
	);
});

test('any method with any parameters as a form answers properly', async () => {
	await fc.assert(
		fc.asyncProperty(methodName, parameters, async (name, sent) => {
			await answersProperly(
				await fetch(`${portal.url}/rest/${encodeURIComponent(name)}?auth=${client.token}`, {
					method: 'POST',
					headers: { 'content-type': 'application/x-www-form-urlencoded' },
					body: form(sent),
				}),
			);
		}),
		RUNS,
	);
});

test('any bytes as a body of any kind answer properly', async () => {
	const type = fc.constantFrom(
		'application/json',
		'application/x-www-form-urlencoded',
		'multipart/form-data; boundary=x',
		'multipart/form-data',
		'text/xml',
		';;',
		'',
	);
	await fc.assert(
		fc.asyncProperty(
			type,
			fc.uint8Array({ maxLength: 400 }),
			fc.constantFrom('event.test', 'batch', 'user.get', 'upload', 'telephony.externalCall.register'),
			async (contentType, bytes, name) => {
				await answersProperly(
					await fetch(`${portal.url}/rest/${name}?auth=${client.token}`, {
						method: 'POST',
						headers: { 'content-type': contentType },
						body: new Uint8Array(bytes),
					}),
				);
			},
		),
		RUNS,
	);
});

test('any batch answers properly', async () => {
	const command = fc.oneof(
		fc.tuple(methodName, parameters).map(([name, sent]) => `${name}?${form(sent)}`),
		fc.string(),
		fc.constantFrom('profile', 'user.get?ID=$result[a][ID]', 'x?y=$result[__proto__][a]'),
		fc.jsonValue(),
	);
	await fc.assert(
		fc.asyncProperty(
			fc.dictionary(fc.oneof(fc.constantFrom('a', 'b', '0', '__proto__'), fc.string()), command, { maxKeys: 6 }),
			fc.boolean(),
			async (cmd, halt) => {
				const { status, body } = await client.call('batch', { cmd, halt: halt ? 1 : 0 });
				expect(status).toBe(200);
				expect(Object.keys(body.result as object).sort()).toEqual([
					'result',
					'result_error',
					'result_next',
					'result_time',
					'result_total',
				]);
			},
		),
		{ numRuns: 150 },
	);
});

test('addresses and tokens of any kind answer properly', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.string({ maxLength: 60 }),
			fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
			async (path, token) => {
				const address = `${portal.url}/rest/x${encodeURI(path.replace(/\p{Surrogate}/gu, '')).replace(/[#?]/g, '/')}`;
				await answersProperly(
					await fetch(address, { headers: { authorization: `Bearer ${token.replace(/[^\x21-\x7e]/g, '')}` } }),
				);
				const answer = await read(
					await fetch(
						`${portal.authorizationUrl}/oauth/token/?grant_type=${encodeURIComponent(token)}&client_id=x&client_secret=y`,
					),
				);
				expect(answer.body).toHaveProperty('error');
			},
		),
		RUNS,
	);
});

test('rubbish on the wire does not stop the portal', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.uint8Array({ maxLength: 200 }),
			(bytes) =>
				new Promise<void>((resolve, reject) => {
					const socket = connect(Number(new URL(portal.url).port), '127.0.0.1', () => socket.end(Buffer.from(bytes)));
					socket.on('close', () => resolve());
					socket.on('error', (error: NodeJS.ErrnoException) =>
						error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve() : reject(error),
					);
					socket.resume();
				}),
		),
		{ numRuns: 100 },
	);
	expect(await client.result('profile')).toMatchObject({ ID: '1' });
});

describe('PHP forms and JSON', () => {
	const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
	const plain: fc.Arbitrary<unknown> = fc.letrec<{ node: unknown }>((tie) => ({
		node: fc.oneof(
			{ maxDepth: 3 },
			text,
			fc.dictionary(
				fc
					.string({ unit: fc.constantFrom('a', 'b', 'K', '_', '7'), minLength: 1, maxLength: 3 })
					.filter((key) => !/^\d+$/.test(key)),
				tie('node'),
				{ minKeys: 1, maxKeys: 3 },
			),
		),
	})).node;

	test('what is written as a form is read back the same', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom('alpha', 'beta', 'gamma'), plain, { maxKeys: 3 }), (sent) => {
				expect(JSON.parse(JSON.stringify(parseForm(buildForm(sent))))).toEqual(JSON.parse(JSON.stringify(sent)));
			}),
		);
	});

	test('no form text breaks the reader, and nothing reaches a prototype', () => {
		fc.assert(
			fc.property(
				fc.string({ maxLength: 80 }),
				fc.string({ unit: fc.constantFrom('a', '[', ']', '=', '&', '%', '5', '_', '.', '+', '0'), maxLength: 60 }),
				(first, second) => {
					for (const body of [first, second, `__proto__[x]=1&${second}&constructor[prototype][x]=1`]) parseForm(body);
					expect(({} as Record<string, unknown>).x).toBeUndefined();
				},
			),
			{ numRuns: 1000 },
		);
	});

	test('known forms are read as PHP reads them', () => {
		const read = (body: string): unknown => JSON.parse(JSON.stringify(parseForm(body)));
		expect(read('a=1&a=2')).toEqual({ a: '2' });
		expect(read('a[]=1&a[]=2')).toEqual({ a: ['1', '2'] });
		expect(read('a[5]=x&a[]=y')).toEqual({ a: { 5: 'x', 6: 'y' } });
		expect(read('a.b=1&c d=2&e[f.g]=3')).toEqual({ a_b: '1', c_d: '2', e: { 'f.g': '3' } });
		expect(read('a=1&a[b]=2')).toEqual({ a: { b: '2' } });
		expect(read('a[b=1')).toEqual({ a_b: '1' });
		expect(read('a[b]c[d]=1')).toEqual({ a: { b: '1' } });
		expect(read('a&b=&=c')).toEqual({ a: '', b: '' });
		expect(read('a=%e2%82%ac+x%2By')).toEqual({ a: '€ x+y' });
	});

	test('JSON goes in and out as in PHP', () => {
		const round = (body: string): string => encodeJson(parseJsonBody(Buffer.from(body)) as Wire);
		expect(round('{"a":{},"b":{"0":1,"1":2},"c":[1,{"x":null}]}')).toBe('{"a":[],"b":[1,2],"c":[1,{"x":null}]}');
		expect(round('{"__proto__":{"x":1}}')).toBe('{"__proto__":{"x":1}}');
		for (const broken of ['', '{', '5', '"a"', 'null', '['.repeat(600) + ']'.repeat(600), '\ufeff{"a":1}'])
			expect(Object.keys(parseJsonBody(Buffer.from(broken)))).toEqual([]);
		fc.assert(
			fc.property(fc.jsonValue(), (value_) => {
				const once = encodeJson(asMap(parseJsonBody(Buffer.from(JSON.stringify({ value: value_ })))) as Wire);
				expect(encodeJson(asMap(parseJsonBody(Buffer.from(once))) as Wire)).toBe(once);
			}),
		);
	});
});
