#!/usr/bin/env node
/**
 * What npm's scripts begin with, so that they work on a fresh clone. Plain JavaScript, for nothing is installed yet.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HEARTBEAT_MS = 5_000;
const OLDEST_NODE = [20, 19];

/**
 * Makes node_modules what package-lock.json says; runs `npm ci` only when it is not.
 * The stamp inside node_modules holds the lockfile's hash. `npm ci` begins by removing node_modules and the stamp is
 * written last, so an interrupted installation has none.
 * @param {string} root the repository
 * @returns {Promise<void>}
 * @throws {Error} when npm ci fails
 */
export async function ensureNodeModules(root) {
	const stamp = join(root, 'node_modules/.lockfile-hash');
	const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8');
	const hash = createHash('sha256').update(lockfile).digest('hex');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
	if (!matchesNpmsRecord(root, JSON.parse(lockfile))) await install(root);
	writeFileSync(stamp, hash);
}

/**
 * Whether npm itself, for instance by `npm install X`, has already made node_modules what the lockfile says. npm writes
 * its record node_modules/.package-lock.json after everything else.
 * @param {string} root
 * @param {{ packages: Record<string, { version?: string, optional?: boolean }> }} lockfile
 */
function matchesNpmsRecord(root, lockfile) {
	try {
		const record = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8'));
		return Object.entries(lockfile.packages).every(([path, wanted]) => {
			const there = record.packages[path];
			if (path === '' || (wanted.optional && !there)) return true;
			return there?.version === wanted.version && existsSync(join(root, path, 'package.json'));
		});
	} catch {
		return false;
	}
}

/** @param {string} root */
function install(root) {
	return new Promise((resolve, reject) => {
		console.error('Installing development packages (npm ci), usually under a minute ...');
		const started = Date.now();
		const beat = setInterval(
			() => console.error(`... still installing, ${Math.round((Date.now() - started) / 1000)} s`),
			HEARTBEAT_MS,
		);
		const npm = spawn('npm', ['ci', '--no-audit', '--no-fund'], {
			cwd: root,
			// Were this process killed, an npm left alone would go on writing where the next attempt begins.
			env: { ...process.env, NODE_OPTIONS: `--require "${join(import.meta.dirname, 'n8n/end-with-parent.cjs')}"` },
			stdio: ['ignore', 2, 2, 'ipc'],
			// npm is a .cmd file on Windows, which only a shell can start.
			shell: process.platform === 'win32',
		});
		npm.once('error', reject);
		npm.once('close', (code) => {
			clearInterval(beat);
			if (code === 0) resolve();
			else reject(new Error(`npm ci ended with code ${code}`));
		});
	});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
		fail(`This needs Node ${OLDEST_NODE.join('.')} or newer; you run ${process.versions.node}.`);
	}
	try {
		await ensureNodeModules(dirname(import.meta.dirname));
	} catch (error) {
		fail(`${error.message}. Run the command again to retry.`);
	}
}

/** @param {string} message @returns {never} */
function fail(message) {
	console.error(message);
	process.exit(1);
}
