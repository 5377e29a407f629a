import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { preProcessFile } from 'typescript';

const ROOT = join(__dirname, '../..');
const FOLDERS = ['bench', 'bitrix24', 'check', 'credentials', 'nodes', 'pbx', 'sandbox', 'test', 'tools'];

/** Every source file with what it imports: packages by name, files by their path in the repository; types count too. */
const files = new Map(FOLDERS.flatMap(sourcesOf).map((file) => [file, importsOf(file)]));

function sourcesOf(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
	const { importedFiles } = preProcessFile(readFileSync(join(ROOT, file), 'utf8'));
	return importedFiles.map(({ fileName: name }) =>
		name.startsWith('.') ? fileOf(join(ROOT, dirname(file), name)) : name,
	);
}

function fileOf(path: string): string {
	const found = [`${path}.ts`, join(path, 'index.ts'), path].find((one) => existsSync(one));
	return relative(ROOT, found ?? path);
}

/** What a part of the house may import, beside itself. Where nothing is said, it is the tools and tests that may. */
it.each([
	['bitrix24', /^(n8n-workflow|luxon|node:crypto)$/],
	['pbx', /^(bitrix24\/(outcomes|numbers)\.ts|n8n-workflow|luxon|node:crypto)$/],
	['nodes', /^(bitrix24\/|pbx\/|n8n-workflow$|luxon$|node:crypto$)/],
	['credentials', /^(bitrix24\/|pbx\/|nodes\/common\/|n8n-workflow$)/],
	// A mistake of its own would stand on both sides, and cancel out.
	['sandbox', /^(node:|[^./]+$|@|locutus\/)/],
	['check', /^node:/],
])('%s imports only what it may', (folder, allowed) => {
	const strange = [...files]
		.filter(([file]) => file.startsWith(`${folder}/`))
		.flatMap(([file, names]) => names.map((name) => ({ file, name })))
		.filter(({ name }) => !name.startsWith(`${folder}/`) && !allowed.test(name));
	expect(strange).toEqual([]);
});

it('knows no circles', () => {
	const circles = [...files.keys()].map(circleOf).filter((circle) => circle !== undefined);
	expect([...new Set(circles)]).toEqual([]);
});

/** The shortest way from a file over its imports back to it, told from its first name on. */
function circleOf(start: string): string | undefined {
	const cameFrom = new Map<string, string>();
	const next = [start];
	for (const file of next) {
		for (const name of files.get(file) ?? []) {
			if (!cameFrom.has(name) && files.has(name)) next.push(name);
			if (!cameFrom.has(name)) cameFrom.set(name, file);
		}
	}
	const way: string[] = [];
	for (let at = cameFrom.get(start); at !== undefined; at = at === start ? undefined : cameFrom.get(at))
		way.unshift(at);
	const first = way.indexOf([...way].sort()[0] ?? start);
	return way.length === 0 ? undefined : [...way.slice(first), ...way.slice(0, first)].join(' -> ');
}
