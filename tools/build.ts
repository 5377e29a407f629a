import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT, show } from './programs';

const SOURCES = ['credentials', 'nodes', 'bitrix24', 'gulpfile.js', 'tsconfig.json', 'package.json', 'package-lock.json'];
/** Not in dist, all of which is published. */
const STAMP = join(ROOT, 'node_modules/.cache/build.json');

/**
 * Builds the package into a clean dist.
 * @param options.force also when neither sources nor dist changed since the last build
 * @returns whether dist is built
 */
export async function buildPackage(options: { force?: boolean } = {}): Promise<boolean> {
	const dist = join(ROOT, 'dist');
	const sources = fingerprint(SOURCES.map((name) => join(ROOT, name)));
	if (!options.force && isStamped(`${sources} ${fingerprint([dist])}`)) return true;
	rmSync(STAMP, { force: true });
	rmSync(dist, { recursive: true, force: true });
	if (!(await show('tsc', ['-p', 'tsconfig.json']))) return false;
	if (!(await show('gulp', ['-LL']))) return false;
	mkdirSync(dirname(STAMP), { recursive: true });
	writeFileSync(STAMP, `${sources} ${fingerprint([dist])}`);
	return true;
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
	if (!existsSync(path)) return [];
	try {
		return readdirSync(path).sort().flatMap((name) => files(join(path, name)));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [path];
		throw error;
	}
}

function isStamped(state: string): boolean {
	return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === state;
}

if (require.main === module) {
	void buildPackage({ force: true }).then((built) => {
		process.exitCode = built ? 0 : 1;
	});
}
