import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from '../../../tools/programs';

const english = readFileSync(join(ROOT, 'README.md'), 'utf8');
const russian = readFileSync(join(ROOT, 'docs/README.ru.md'), 'utf8');

/** Names, commands and values in the running text. */
const codes = (text: string) => all(text.replace(/^```[^]*?^```$/gm, ''), /`([^`\n]+)`/g);
/** Rows of the tables, each with its cells. */
const rows = (text: string) =>
	[...text.matchAll(/^\|(.*)\|$/gm)].map(([, row = '']) => row.split('|').map((cell) => cell.trim()));
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);
const blocks = (text: string) => all(text, /^```\n([^]*?)^```$/gm);
/** Where links go, but those between the two languages. */
const targets = (text: string, folder: string) =>
	all(text, /\]\(([^)]+)\)/g)
		.map((target) => (target.startsWith('https:') ? target : posix.join(folder, target)))
		.filter((target) => !['README.md', 'docs/README.ru.md'].includes(target));
/** Resource and name of each operation. */
const operations = (text: string) =>
	rows(text.split(/<\/?details>/)[1] ?? '')
		.slice(2)
		.map(([resource, name]) => `${resource} ${/\[(.+)\]/.exec(name ?? '')?.[1]}`);
/** Name and code of each event. */
const events = (text: string) =>
	rows(text).flatMap(([first, second]) => (second?.startsWith('`ON') ? [`${first} ${second}`] : []));

describe('docs/README.ru.md says what README.md says', () => {
	it.each([1, 2, 3])('headings of level %i', (level) => {
		const pattern = new RegExp(`^(#{${level}}) `, 'gm');
		expect(all(russian, pattern)).toHaveLength(all(english, pattern).length);
	});

	it('the same sections in the same order, told by their commands and links', () => {
		const marks = (text: string, folder: string) =>
			text.split(/^## /m).map((section) => [...blocks(section), ...targets(section, folder)].sort());
		expect(marks(russian, 'docs')).toEqual(marks(english, '.'));
	});

	it('the same commands', () => {
		expect(blocks(russian)).toEqual(blocks(english));
	});

	it('tables with as many rows and columns', () => {
		const shape = (text: string) => rows(text).map((cells) => cells.length);
		expect(shape(russian)).toEqual(shape(english));
	});

	it('the same events and operations, under the names that n8n shows', () => {
		expect(events(russian)).toEqual(events(english));
		expect(operations(russian)).toEqual(operations(english));
		expect(operations(english).length).toBeGreaterThan(30);
	});

	it('what each operation does, in Russian', () => {
		const foreign = rows(russian.split('operations-ru -->')[1] ?? '')
			.slice(2)
			.filter(([, , does = '']) => !/[а-я]{3}/.test(does));
		expect(foreign).toEqual([]);
	});

	it('the same names of fields and figures', () => {
		// The Russian comma is the English point.
		const figures = (text: string) =>
			all(text.replace(/(\d),(\d)/g, '$1.$2'), /(?<![\p{L}\w-])(\d+(?:\.\d+)*)(?![\p{L}\w-])/gu);
		expect(figures(russian).sort()).toEqual(figures(english).sort());
		expect(codes(russian).sort()).toEqual(codes(english).sort());
	});
});

it.each([
	['docs/scale.md', ['300 answered and 300 finished once', 'Median answer 334 ms', 'Webhook node 629 ms']],
	['docs/mutation-score.md', ['92.6 %']],
	['docs/dispatcher.md', ['is done within 1.1 of the bound']],
])('figures of the README stand in %s, which a command wrote', (document, figures) => {
	const text = readFileSync(join(ROOT, document), 'utf8');
	for (const figure of figures) expect(text).toContain(figure);
});

// npm packs every README of the first folder, whatever package.json says: README.ru.md lives in docs/ for that, because
// n8n wants a package in English only.
it('is not in the package, and nothing else is that nobody needs', () => {
	const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'], {
		cwd: ROOT,
	});
	const [{ files }] = JSON.parse(String(listed)) as [{ files: { path: string }[] }];
	const others = files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'));
	expect(others.sort()).toEqual(['CHANGELOG.md', 'LICENSE.md', 'README.md', 'package.json']);
});
