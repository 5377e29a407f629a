import { createHash, randomUUID } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { withLock } from './lock';

const SEAL = 'complete.json';
const UNUSED_MS = 30 * 24 * 60 * 60 * 1_000;

/** Fills an empty directory and names the paths (relative to it) without which the result is broken. */
export type Fill = (directory: string) => Promise<string[]>;

/**
 * The directory that keeps what is expensive to install.
 * @param env environment; XDG_CACHE_HOME counts when it is an absolute path, as the XDG specification asks
 * @param home the user's home directory
 */
export function cacheRoot(env: NodeJS.ProcessEnv, home: string): string {
	const base = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(home, '.cache');
	return join(base, 'n8n-nodes-bitrix24-telephony');
}

/**
 * Names an installation by all that decides what it contains.
 * @param files files whose content counts
 * @param traits further facts that count, such as platform and Node major
 * @returns 16 hexadecimal digits
 * @throws Error when a file is missing
 */
export function cacheKey(files: string[], traits: string[]): string {
	const hash = createHash('sha256');
	for (const part of [...files.map((file) => readFileSync(file)), ...traits.map((trait) => Buffer.from(trait))]) {
		// The length keeps "ab","c" and "a","bc" apart.
		hash.update(`${part.length}:`).update(part);
	}
	return hash.digest('hex').slice(0, 16);
}

/**
 * Makes sure that a directory is there, complete and filled once, whatever happened before: a missing, half-made or
 * damaged one is filled anew in a sibling and moved into place when it is complete. Parallel processes wait for one
 * another. Unfinished siblings are removed.
 * @param directory the final path
 * @param fill makes the content
 * @param onWait called with a text for a person when another process is filling it
 * @throws whatever `fill` throws; nothing is left in place then
 */
export async function ensureFilled(directory: string, fill: Fill, onWait?: (text: string) => void): Promise<void> {
	if (isWhole(directory)) return markUsed(directory);
	const parent = dirname(directory);
	mkdirSync(parent, { recursive: true });
	await withLock(
		`${directory}.lock`,
		async () => {
			if (isWhole(directory)) return markUsed(directory);
			removeUnfinished(directory);
			const unfinished = `${directory}.tmp-${randomUUID()}`;
			mkdirSync(unfinished);
			try {
				const needed = await fill(unfinished);
				writeFileSync(join(unfinished, SEAL), JSON.stringify({ needed }, null, 1));
				publish(unfinished, directory);
			} finally {
				discard(unfinished);
			}
		},
		onWait,
	);
}

/** Whether a directory was filled to the end and still holds everything it needs. */
export function isWhole(directory: string): boolean {
	try {
		const { needed }: { needed: string[] } = JSON.parse(readFileSync(join(directory, SEAL), 'utf8'));
		return needed.every((path) => existsSync(join(directory, path)));
	} catch {
		return false;
	}
}

/**
 * Removes installations that nobody used for 30 days. A use is the time stamp of the seal.
 * @param root the cache directory
 * @param prefix how the names of installations start
 * @param keep path of the installation in use
 * @param now milliseconds since 1970
 */
export function removeUnused(root: string, prefix: string, keep: string, now = Date.now()): void {
	for (const name of readdirSync(root)) {
		const path = join(root, name);
		if (!name.startsWith(prefix) || path === keep || name.startsWith(`${basename(keep)}.`)) continue;
		const used = statSync(join(path, SEAL), { throwIfNoEntry: false }) ?? statSync(path, { throwIfNoEntry: false });
		if (used && now - used.mtimeMs > UNUSED_MS) rmSync(path, { recursive: true, force: true });
	}
}

function publish(unfinished: string, directory: string): void {
	if (existsSync(directory)) {
		// Moved aside and then removed, so that an interruption leaves nothing half-removed under the final name.
		const broken = `${directory}.tmp-${randomUUID()}`;
		renameSync(directory, broken);
		discard(broken);
	}
	renameSync(unfinished, directory);
}

function removeUnfinished(directory: string): void {
	const prefix = `${basename(directory)}.tmp-`;
	for (const name of readdirSync(dirname(directory))) {
		if (name.startsWith(prefix)) discard(join(dirname(directory), name));
	}
}

/** Rubbish that resists, because something still writes into it, is left for the next time. */
function discard(path: string): void {
	try {
		rmSync(path, { recursive: true, force: true });
	} catch {
		// The next installation tries again.
	}
}

function markUsed(directory: string): void {
	utimesSync(join(directory, SEAL), new Date(), new Date());
}
