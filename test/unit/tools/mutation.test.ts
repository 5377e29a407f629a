import { readMutationArguments } from '../../../tools/mutation/arguments';
import {
	leftOut,
	page,
	percent,
	scores,
	sumBy,
	withoutStaticSurvivors,
	type MutationReport,
} from '../../../tools/mutation/score';

interface Plugins {
	strykerPlugins: { kind: string; name: string; value: { shouldIgnore: (path: object) => string | undefined } }[];
}
const {
	strykerPlugins: [plugin],
} = jest.requireActual<Plugins>('../../../tools/mutation/shownTexts.cjs');

describe('arguments', () => {
	it('do everything within an hour, or as told', () => {
		expect(readMutationArguments([])).toEqual({ files: [], minutes: 60 });
		expect(readMutationArguments(['bitrix24/phpForm.ts', 'pbx/numbers.ts', '--minutes=2.5'])).toEqual({
			files: ['bitrix24/phpForm.ts', 'pbx/numbers.ts'],
			minutes: 2.5,
		});
	});

	it.each(['--minutes=', '--minutes=soon', '--minutes=0', '--hours=1', 'sandbox/main.ts', 'phpForm.ts'])(
		'refuses %s',
		(argument) => {
			expect(() => readMutationArguments([argument])).toThrow(/--minutes/);
		},
	);
});

describe('score', () => {
	const mutants = (...statuses: string[]) => ({ mutants: statuses.map((status) => ({ status })) });
	const report: MutationReport = {
		files: {
			'bitrix24/a.ts': mutants('Killed', 'Timeout', 'Survived', 'NoCoverage'),
			'bitrix24/b.ts': mutants('Killed', 'Ignored', 'CompileError', 'RuntimeError'),
			'nodes/c/d.ts': mutants('Ignored'),
		},
	};

	it('counts what was noticed, and as missed what survived or was not reached', () => {
		expect([...scores(report)]).toEqual([
			['bitrix24/a.ts', { killed: 2, total: 4 }],
			['bitrix24/b.ts', { killed: 1, total: 1 }],
			['nodes/c/d.ts', { killed: 0, total: 0 }],
		]);
		expect([...sumBy(scores(report), () => 'all').values()]).toEqual([{ killed: 3, total: 5 }]);
	});

	it('is made anew for what survived while a file was loaded', () => {
		const [survivor, killed, later] = [
			{ status: 'Survived', static: true },
			{ status: 'Killed', static: true },
			{ status: 'Survived' },
		];
		expect(withoutStaticSurvivors({ files: { a: { mutants: [survivor, killed, later] } } })).toEqual({
			files: { a: { mutants: [killed, later] } },
		});
	});

	it('reaches no goal by rounding', () => {
		expect([
			percent({ killed: 9_199, total: 10_000 }),
			percent({ killed: 92, total: 100 }),
			percent({ killed: 0, total: 0 }),
		]).toEqual(['91.9 %', '92.0 %', '-']);
	});

	it('has a page with a row a folder', () => {
		const text = page(scores(report), leftOut(report), new Date('2026-03-01T12:00:00Z'));
		expect(text).toContain('**60.0 %** of 5 mutants noticed, on 2026-03-01');
		expect(text).toContain('Left out are 2 mutants');
		expect(text).toContain('| `bitrix24/` | 3 | 5 | 60.0 % |\n| `nodes/c/` | 0 | 0 | - |');
	});
});

describe('texts that are left out', () => {
	const property = (name: string) => ({ type: 'ObjectProperty', key: { name } });
	const path = (key: string, beside: string, change: object = {}) => ({
		node: { type: 'StringLiteral' },
		key: 'value',
		parent: property(key),
		parentPath: { parent: { properties: [property(beside), property(key)] } },
		...change,
	});
	const ignores = (asked: object) => plugin?.value.shouldIgnore(asked) !== undefined;

	it('are those that the editor shows', () => {
		expect(plugin).toMatchObject({ kind: 'Ignore', name: 'shown-texts' });
		expect(
			['displayName', 'description', 'placeholder', 'hint', 'action'].map((key) => ignores(path(key, 'name'))),
		).toEqual([true, true, true, true, true]);
	});

	it.each([
		['a name', path('name', 'displayName')],
		['a default', path('default', 'name')],
		['the description of an error', path('description', 'message')],
		['a text that is put together', path('description', 'name', { node: { type: 'TemplateLiteral' } })],
		['a choice between texts', path('description', 'name', { parent: { type: 'ConditionalExpression' } })],
		['the key itself', path('description', 'name', { key: 'key' })],
		['a computed key', path('description', 'name', { parent: { ...property('description'), computed: true } })],
	])('do not include %s', (_name, asked) => {
		expect(ignores(asked)).toBe(false);
	});
});
