import { batchParameters, looksLikeReference, readBatch, type Group } from '../../../bitrix24/batch';
import { resultOf } from '../../../bitrix24/parameters';

const command = (method: string, parameters = {}) => ({ method, parameters });
const groups: Group[] = [[command('a'), command('b')], [command('c')]];

describe('a batch', () => {
	it('names its commands by plan and step, and stops for none', () => {
		expect(batchParameters([[command('a', { ID: 7 }), command('b', { NAME: 'x & y' })], [command('c')]])).toEqual({
			halt: 0,
			cmd: { plan0_step0: 'a?ID=7', plan0_step1: 'b?NAME=x%20%26%20y', plan1_step0: 'c?' },
		});
		expect(batchParameters([])).toEqual({ halt: 0, cmd: {} });
	});

	it('refers to results of its own plan', () => {
		const { cmd } = batchParameters([
			[],
			[command('a'), command('b', { ID: resultOf(0, 'items', 3, 'ID'), ALL: resultOf(0) })],
		]);
		expect(decodeURIComponent(cmd.plan1_step1 ?? '')).toBe(
			'b?ID=$result[plan1_step0][items][3][ID]&ALL=$result[plan1_step0]',
		);
	});

	it('carries half of a character, which a cut text can end in, as the sign for an unknown one', () => {
		expect(batchParameters([[command('a', { NAME: 'x\ud83d', ['\udc00']: ['😀'] })]]).cmd).toEqual({
			plan0_step0: 'a?NAME=x%EF%BF%BD&%EF%BF%BD%5B0%5D=%F0%9F%98%80',
		});
	});
});

describe('the answer of a batch', () => {
	it('is paired with the commands', () => {
		const read = readBatch(groups, {
			result: { plan0_step0: [1], plan1_step0: null },
			result_error: { plan0_step1: { error: 'CODE', error_description: 'Text' } },
			result_time: { plan0_step0: { finish: 1 }, plan0_step1: { finish: 2 } },
		});
		expect(read).toEqual([
			[
				{ answer: { ok: true, value: [1] }, time: { finish: 1 } },
				{
					answer: { ok: false, failure: { kind: 'refused', status: 400, code: 'CODE', text: 'Text', method: 'b' } },
					time: { finish: 2 },
				},
			],
			[{ answer: { ok: true, value: null }, time: undefined }],
		]);
	});

	it('leaves open what it does not name, and that may still be under way', () => {
		const failure = {
			kind: 'unknown',
			status: 200,
			code: '',
			text: 'The portal answered with something unexpected: it says nothing about this request',
			isOdd: false,
		};
		for (const result of [{ result: [], result_error: [], result_time: [] }, {}, [], null, 'text', undefined]) {
			expect(readBatch(groups, result).map((group) => group.map(({ answer }) => answer))).toEqual([
				[
					{ ok: false, failure: { ...failure, method: 'a' } },
					{ ok: false, failure: { ...failure, method: 'b' } },
				],
				[{ ok: false, failure: { ...failure, method: 'c' } }],
			]);
		}
	});

	it('counts an error before a result', () => {
		const [[one] = []] = readBatch([[command('a')]], {
			result: { plan0_step0: [] },
			result_error: { plan0_step0: { error: '', error_description: 'No' } },
		});
		expect(one?.answer).toMatchObject({ ok: false, failure: { text: 'No' } });
	});
});

describe('a text that looks like a reference', () => {
	it.each<[string, unknown]>([
		['a text', 'my $result[x]'],
		['in a list', ['a', ['$result[']]],
		['in a map', { a: { b: 'x$result[0]' } }],
	])('%s', (_name, value) => {
		expect(looksLikeReference(command('a', { other: 1, value }))).toBe(true);
	});

	it.each<[string, unknown]>([
		['another text', '$result'],
		['a number', 7],
		['nothing', null],
		['undefined', undefined],
		['a true reference, whatever its keys', resultOf(0, '$result[')],
		['a list', ['a', 1, null]],
	])('not %s', (_name, value) => {
		expect(looksLikeReference(command('a', { value }))).toBe(false);
	});
});
