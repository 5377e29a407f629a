import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../../../bitrix24/failure';
import { HINT_ROWS } from '../../../bitrix24/hintRows';
import { hintFor, specificHint } from '../../../bitrix24/hints';
import type { Effect } from '../../../bitrix24/plan';
import { ADVICE, NOT_OURS, type Known } from './knownFailures';

interface ContractError {
	code: string | null;
	description: string | null;
}
const root = join(__dirname, '../../..');
const contract = JSON.parse(readFileSync(join(root, 'contract/bitrix24.json'), 'utf8')) as {
	commonErrors: ContractError[];
	methods: { method: string; errors: ContractError[]; upload?: { errors: ContractError[] } }[];
	oauth: { token: { errors: ContractError[] } };
};

const source = ['nodes', 'bitrix24']
	.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
	)
	.filter((file) => file.endsWith('.ts'))
	.map((file) => readFileSync(file, 'utf8'))
	.join('\n');
const called = contract.methods.filter(({ method }) => source.includes(`'${method}'`));
const others = contract.methods.filter((method) => !called.includes(method));
const failure = (code: string, text: string, method = 'telephony.externalCall.finish'): Failure => ({
	kind: 'refused',
	status: 400,
	code,
	text,
	method,
});
const known = (error: ContractError): Known => [error.code ?? '', error.description ?? ''];

/** Of some failures only the occasion is known. */
const isConfirmed = ({ code, description }: ContractError): boolean => code !== null || description !== null;

/** Whether a line of {@link ADVICE} is about this failure. */
const about = ([code, text]: Known, [wantedCode, wantedText]: Known) =>
	code === wantedCode && text.startsWith(wantedText);

const errors: (readonly [string, ...Known])[] = [
	...contract.commonErrors.map((error) => ['any', ...known(error)] as const),
	...called.flatMap(({ method, errors, upload }) =>
		[...errors, ...(upload?.errors ?? [])].filter(isConfirmed).map((error) => [method, ...known(error)] as const),
	),
	...contract.oauth.token.errors.map((error) => ['renewal', ...known(error)] as const),
];

it('sees what the package calls', () => {
	expect(called.map(({ method }) => method)).toEqual(
		expect.arrayContaining(['telephony.externalCall.finish', 'event.bind', 'batch', 'crm.calllist.list']),
	);
	expect(others.map(({ method }) => method)).toEqual(
		expect.arrayContaining(['voximplant.sip.add', 'call.followup.list', 'crm.calllist.add']),
	);
	expect(errors.length).toBeGreaterThan(80);
});

describe('each failure that the contract knows has the advice meant for it', () => {
	it.each(errors)('%s [%s] %s', (method, code, text) => {
		if (NOT_OURS.some((one) => about([code, text], one))) return;
		const [fitting] = ADVICE.filter(([wantedCode, wantedText]) => about([code, text], [wantedCode, wantedText])).sort(
			(a, b) => b[1].length - a[1].length,
		);
		const words = fitting?.[2];
		expect(words).toBeDefined();
		expect(specificHint(failure(code, text.replace(/\{\w+\}/g, '7'), method))).toContain(words);
	});
});

describe('each known failure', () => {
	it.each(ADVICE)('[%s] %s: %s', (code, text, words) => {
		expect(specificHint(failure(code, text))).toContain(words);
		if (code === '') expect(specificHint(failure('ERROR_CORE', text))).toContain(words);
	});

	it('is described once', () => {
		expect(new Set(ADVICE.map(([code, text]) => `${code} ${text}`)).size).toBe(ADVICE.length);
	});
});

describe('no row stands in the way of another', () => {
	const probes = HINT_ROWS.flatMap((row) => [
		...(row.codes ?? []).map((code) => [code, 'something else', row.hint] as const),
		...(row.codes ?? []).map((code) => ['', code, row.hint] as const),
		...(row.texts ?? [])
			.filter((text) => typeof text === 'string')
			.map((text) => ['', `${text} and more`, row.hint] as const),
	]);

	it.each(probes)('[%s] %s', (code, text, hint) => {
		expect(specificHint(failure(code, text))).toBe(hint);
	});

	it('has each code and each text in one row', () => {
		const all = HINT_ROWS.flatMap(({ codes = [], texts = [] }) => [...codes, ...texts].map(String));
		expect(new Set(all).size).toBe(all.length);
	});

	it('has no row without a known failure', () => {
		const hints = ADVICE.map(([code, text]) => specificHint(failure(code, text)));
		expect(HINT_ROWS.filter(({ hint }) => !hints.includes(hint))).toEqual([]);
	});

	it('has no two rows with the same advice', () => {
		expect(new Set(HINT_ROWS.map(({ hint }) => hint)).size).toBe(HINT_ROWS.length);
	});

	it.each([
		['invalid_tokens'],
		['invalid_'],
		['1001'],
		['ACCESS_DENIED_X'],
		['XACCESS_DENIED'],
		['ERROR_BATCH'],
		['INTERNAL_'],
		[''],
	])('takes codes whole (%s)', (code) => {
		expect(specificHint(failure(code, 'What is this?'))).toBeUndefined();
	});

	it.each([
		['Call 7'],
		['Call a b is not found. Is it?'],
		['A Call is not found'],
		['Access denied! Because'],
		['The credential needs'],
	])('takes texts from their beginning (%s)', (text) => {
		expect(specificHint(failure('', text))).toBeUndefined();
	});
});

it('is written for people', () => {
	for (const { hint, read = hint, repeatable = hint } of HINT_ROWS)
		for (const said of [hint, read, repeatable]) expect(said).toMatch(/^[A-Z][^\n]{15,250}[.?]$/);
});

it.each([
	['user.get', 'Users (user)'],
	['crm.status.list', 'CRM (crm)'],
	['Voximplant.Callback.start', 'Calls (call)'],
	['voximplant.infocall.startwithtext', 'Calls (call)'],
	['voximplant.statistic.get', 'Telephony (telephony)'],
	['xuser.get', 'Telephony (telephony)'],
	['x.voximplant.callback.start', 'Telephony (telephony)'],
	['event.bind', 'Telephony (telephony)'],
])('names the permission that %s needs', (method, permission) => {
	expect(specificHint(failure('insufficient_scope', '', method))).toBe(
		`The application lacks the permission ${permission}. Tick it in its settings in Bitrix24, then connect the credential again.`,
	);
});

describe('a failure that only its kind describes', () => {
	it.each<[Failure['kind'], Effect | undefined, string]>([
		['refused', undefined, 'Check the fields'],
		['limited', undefined, 'Try again in a few minutes'],
		['unreachable', undefined, 'portal address'],
		['credential', undefined, 'connect it again'],
		['unknown', undefined, 'a repeat can log it twice'],
		['unknown', 'once', 'a repeat can log it twice'],
		['unknown', 'repeatable', 'Run it again: that is safe'],
		['unknown', 'read', 'safe to run this again'],
		['refused', 'read', 'Check the fields'],
	])('%s, %s: %s', (kind, effect, words) => {
		expect(hintFor({ ...failure('', 'What is this?'), kind }, effect)).toContain(words);
	});

	it('comes after what is known of it', () => {
		expect(hintFor({ ...failure('PAYMENT_REQUIRED', ''), kind: 'unknown' })).toContain('Extend it');
	});
});

describe('a call that may be repeated', () => {
	it.each([
		['INTERNAL_SERVER_ERROR', ''],
		['ERROR_CORE', 'SQL query error!'],
		['', 'DB error'],
	])('[%s] %s leaves nothing to look at', (code, text) => {
		expect(hintFor(failure(code, text))).toContain('Look at the call');
		expect(hintFor(failure(code, text), 'read')).toContain('Nothing was changed');
		expect(hintFor(failure(code, text), 'repeatable')).toContain('a repeat does no harm');
	});

	it.each<Effect>(['read', 'repeatable'])('is never said to be done twice: %s', (effect) => {
		const kinds = fc.constantFrom<Failure['kind'][]>('refused', 'limited', 'unreachable', 'credential', 'unknown');
		const texts = fc.oneof(fc.constantFrom(...ADVICE), fc.tuple(fc.string(), fc.string()));
		fc.assert(
			fc.property(kinds, texts, (kind, [code, text]) => {
				expect(hintFor({ ...failure(code, text), kind }, effect)).not.toMatch(
					/repeat it|can log|twice|Look at the call/,
				);
			}),
		);
	});
});
