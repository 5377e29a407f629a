import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { withLock } from './n8n/lock';
import { npmScript, ROOT } from './programs';

const SOURCES = [
	'credentials',
	'nodes',
	'bitrix24',
	'pbx',
	'gulpfile.js',
	'tsconfig.json',
	'package.json',
	'package-lock.json',
];
/** Not in dist, all of which is published. */
const STAMP = join(ROOT, 'node_modules/.cache/build.json');
const DIST = join(ROOT, 'dist');

/**
 * Builds the package into a clean dist when the sources or dist changed since the last build. Of several processes one
 * builds and the others wait for it.
 * @returns whether dist is built
 */
export async function buildPackage(): Promise<boolean> {
	mkdirSync(dirname(STAMP), { recursive: true });
	return await withLock(
		`${STAMP}.lock`,
		async () => isBuilt() || (await build()),
		(text) => console.error(`Building dist/: ${text}`),
	);
}

async function build(): Promise<boolean> {
	console.error('Building dist/ ...');
	const sources = stateOfSources();
	rmSync(STAMP, { force: true });
	if (!(await npmScript('build'))) return false;
	writeFileSync(STAMP, stamp(sources));
	return true;
}

/** Whether dist is what the last build made of the sources as they stand now. */
function isBuilt(): boolean {
	return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp(stateOfSources());
}

function stateOfSources(): string {
	return fingerprint(SOURCES.map((name) => join(ROOT, name)));
}

function stamp(sources: string): string {
	return `${sources} ${fingerprint([DIST])}`;
}

/**
 * Names the state of files and directories by paths and contents.
 * @param paths files or directories; a missing one counts as empty
 * @returns hexadecimal SHA-256
 */
export function fingerprint(paths: string[]): string {
	const hash = createHash('sha256');
	for (const path of paths) {
		for (const file of files(path)) {
			const content = createHash('sha256').update(readFileSync(file)).digest('hex');
			hash.update(`${relative(dirname(path), file)} ${content}\n`);
		}
	}
	return hash.digest('hex');
}

function files(path: string): string[] {
	const found = statSync(path, { throwIfNoEntry: false });
	if (!found) return [];
	if (!found.isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => files(join(path, name)));
}
