import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFINITIONS, exactVersion, NEWEST, usualVersion, VERSIONS, versionNames } from '../../../tools/n8n/versions';
import { readSettings } from '../../../tools/compatibility/arguments';
import { checks } from '../../../tools/compatibility/checks';
import { merge, readRecord, type Row } from '../../../tools/compatibility/record';
import { cellTable, summaryTable } from '../../../tools/compatibility/tables';

interface Definition {
	name: string;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	overrides?: Record<string, string>;
}
interface Lockfile {
	packages: Record<
		string,
		{
			version?: string;
			resolved?: string;
			integrity?: string;
			link?: boolean;
			engines?: { node?: string };
		} & Definition
	>;
}
const read = <Content>(...path: string[]) => JSON.parse(readFileSync(join(DEFINITIONS, ...path), 'utf8')) as Content;
const row = (n8n: string, node: string, database: Row['database'], extra: Partial<Row> = {}): Row => ({
	n8n,
	node,
	database,
	package: '0.1.0',
	date: '2026-01-31',
	checks: {},
	...extra,
});

describe('definitions of n8n', () => {
	it('have a folder each, and every folder has a version', () => {
		const folders = readdirSync(DEFINITIONS).filter((name) => !['node', 'stub', 'index.ts'].includes(name));
		expect(folders.sort()).toEqual(versionNames().sort());
	});

	it.each(versionNames())(
		'%s: the lockfile installs the exact version, from the registry or as a stub, each with its checksum',
		(name) => {
			const { packages } = read<Lockfile>(name, 'package-lock.json');
			const exact = exactVersion(name);
			expect(exact).toMatch(new RegExp(`^${name.replace('.', '\\.')}\\.\\d+$`));
			expect(packages['node_modules/n8n']?.version).toBe(exact);
			expect(packages['']?.dependencies).toEqual(read<Definition>(name, 'package.json').dependencies);
			const own = Object.entries(packages).filter(([path]) => path !== '' && !path.endsWith('/stub'));
			const foreign = own.filter(([, { resolved, integrity, link }]) =>
				link ? !resolved?.endsWith('/stub') : resolved !== undefined || !integrity,
			);
			expect(foreign.map(([path]) => path)).toEqual([]);
		},
	);

	it.each(versionNames())('%s: replaces packages by exact versions and the stub only', (name) => {
		const odd = Object.entries(read<Definition>(name, 'package.json').overrides ?? {}).filter(
			([, value]) => !/^(file:\.\/stub|\d+\.\d+\.\d+)$/.test(value),
		);
		expect(odd).toEqual([]);
	});

	it('have names of their own, which Jest asks for', () => {
		const names = [...versionNames(), ...readdirSync(join(DEFINITIONS, 'node')).map((major) => `node/${major}`)].map(
			(folder) => read<Definition>(folder, 'package.json').name,
		);
		expect(new Set(names).size).toBe(names.length);
	});

	it('name Nodes that there is a definition of, in the major version of their folder', () => {
		for (const major of new Set(Object.values(VERSIONS).flatMap(({ nodes }): readonly number[] => nodes))) {
			expect(existsSync(join(DEFINITIONS, 'node', String(major), 'package-lock.json'))).toBe(true);
			const { optionalDependencies = {} } = read<Definition>('node', String(major), 'package.json');
			for (const version of Object.values(optionalDependencies)) expect(version).toMatch(new RegExp(`^${major}\\.`));
		}
	});
});

describe('the usual version', () => {
	it('is the newest, or the one that TEST_N8N names', () => {
		expect(usualVersion({})).toBe(NEWEST);
		expect(usualVersion({ TEST_N8N: '1.123' })).toBe('1.123');
		expect(() => usualVersion({ TEST_N8N: '1' })).toThrow(
			'TEST_N8N: there is no n8n 1 here, only 1.123, 2.0, 2.20, 2.41',
		);
	});
});

describe('arguments', () => {
	it('take the whole matrix when nothing is named', () => {
		const settings = readSettings([]);
		expect(settings).toHaveLength(Object.values(VERSIONS).reduce((sum, { nodes }) => sum + nodes.length * 2, 0));
		expect(settings.at(-1)).toEqual({ version: NEWEST, node: 24, database: 'PostgreSQL' });
	});

	it('choose rows', () => {
		expect(readSettings(['--n8n=1.123,2.41', '--node=24', '--database=sqlite']).map(({ version }) => version)).toEqual([
			'1.123',
			'2.41',
		]);
	});

	it.each([
		[['--n8n=0.9'], 'There is no n8n 0.9 here, only 1.123, 2.0, 2.20, 2.41'],
		[['--quick'], 'Unknown argument --quick'],
		[['--n8n=2.41', '--node=22'], 'No n8n here fits --n8n=2.41 --node=22'],
	])('are refused: %j', (given, message) => {
		expect(() => readSettings(given)).toThrow(message);
	});
});

describe('record', () => {
	it('has every row of the matrix, on the versions that the definitions install', () => {
		const places = readRecord().map(({ n8n, node, database }) => `${n8n} ${node.split('.')[0] ?? ''} ${database}`);
		expect(places.sort()).toEqual(
			readSettings([])
				.map(({ version, node, database }) => `${exactVersion(version)} ${node} ${database}`)
				.sort(),
		);
	});

	it('puts a row in the place of the older one, also of an older patch, and keeps the order', () => {
		const old = [row('2.0.2', '22.1.0', 'SQLite'), row('10.0.0', '22.1.0', 'SQLite')];
		const merged = merge(old, [
			row('2.0.3', '22.9.0', 'SQLite'),
			row('2.0.3', '22.9.0', 'PostgreSQL'),
			row('1.123.0', '24.0.0', 'SQLite'),
		]);
		expect(merged.map(({ n8n, node, database }) => `${n8n} ${node} ${database}`)).toEqual([
			'1.123.0 24.0.0 SQLite',
			'2.0.3 22.9.0 SQLite',
			'2.0.3 22.9.0 PostgreSQL',
			'10.0.0 22.1.0 SQLite',
		]);
	});
});

describe('tables', () => {
	const passed = Object.fromEntries(checks.map(({ name }) => [name, { passed: true, seen: `${name} ok` }]));
	const record = [
		row('2.0.3', '22.1.0', 'SQLite', { checks: passed }),
		row('2.0.3', '24.1.0', 'PostgreSQL', {
			date: '2026-01-30',
			checks: { load: { passed: true, seen: 'a | b' }, connect: { passed: false, seen: 'no\nportal' } },
		}),
	];

	it('count what passed for a version of n8n; what was not reached has not', () => {
		expect(summaryTable(record).split('\n').at(-1)).toBe(
			`| 2.0.3 | 22, 24 | SQLite, PostgreSQL | ${checks.length + 1} of ${checks.length * 2} | renewal ok, not reached | 2026-01-30 |`,
		);
	});

	it('count every operation where it was tried', () => {
		const tried = row('2.0.3', '24.1.0', 'SQLite', {
			checks: { ...passed, operations: { passed: false, seen: '13 of 14 tests' } },
		});
		expect(summaryTable([tried])).toContain(`| ${checks.length} of ${checks.length + 1} |`);
		expect(cellTable([tried]).split('\n').at(-1)).toBe(
			'| **Every operation** | **failed** 13 of 14 tests (Node 24.1.0, SQLite) |',
		);
	});

	it('say of each check what was seen with a version of n8n, and where it failed', () => {
		const lines = cellTable(record).split('\n');
		expect(lines[0]).toBe('| | n8n 2.0.3<br>Node 22.1.0, 24.1.0<br>SQLite, PostgreSQL |');
		expect(lines[2]).toBe('| **Load** | load ok, a \\| b |');
		expect(lines[3]).toBe('| **Connect** | connect ok, **failed** no portal (Node 24.1.0, PostgreSQL) |');
		expect(lines[4]).toBe('| **Activate** | activate ok, not reached (Node 24.1.0, PostgreSQL) |');
	});

	it('say once what was seen everywhere', () => {
		const same = [
			row('2.0.3', '22.1.0', 'SQLite', { checks: passed }),
			row('2.0.3', '22.1.0', 'PostgreSQL', { checks: passed }),
		];
		expect(cellTable(same).split('\n')[2]).toBe('| **Load** | load ok |');
	});
});
