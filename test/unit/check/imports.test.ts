import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** Paths of all sources below a folder. */
const sourcesOf = (folder: string): string[] =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(folder, name));

/** What a file imports: packages by name, files by their path in the repository. */
function importsOf(file: string): string[] {
	const text = readFileSync(join(ROOT, file), 'utf8');
	return [...text.matchAll(/(?:from|import|require\()\s*'([^']+)'/g)].map(([, name = '']) =>
		name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), name)) : name,
	);
}

it('asks the portal with nothing of the sandbox, the client or the nodes, or their mistakes would cancel out', () => {
	const strange = sourcesOf('check').flatMap((file) =>
		importsOf(file)
			.filter((name) => !/^(check\/|node:)/.test(name))
			.map((name) => `${file}: ${name}`),
	);
	expect(strange).toEqual([]);
});

it('is used by nothing that it judges', () => {
	const users = ['bitrix24', 'nodes', 'credentials', 'sandbox'].flatMap((folder) =>
		sourcesOf(folder).filter((file) => importsOf(file).some((name) => name.startsWith('check/'))),
	);
	expect(users).toEqual([]);
});
