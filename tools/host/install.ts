import { cpSync, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { cacheKey, cacheRoot, ensureFilled, removeUnused } from './cache';
import { run } from './process';
import { createProgress, type Output, type Progress } from './progress';

/** The programs of an installed n8n. */
export interface HostInstall {
	/** Path of a Node that n8n accepts. */
	node: string;
	/** Path of n8n's start script. */
	n8n: string;
}

/** n8n 2.41 refuses to start below this (its `engines`), and Node 25 is no long-term version. */
const NODE_MAJOR = 24;
const DEFINITION = join(__dirname, '..', 'n8n');
const SQLITE_BINARY = 'n8n/node_modules/sqlite3/build/Release/node_sqlite3.node';
const CI_FLAGS = ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];

/**
 * Provides the reduced n8n, and a Node for it when the running one has another major version. The first call installs
 * both into the user's cache (about two minutes); later calls return at once. An interrupted or damaged installation
 * is made anew.
 * @param output where progress is written; nothing is written when all is in place
 * @returns the programs
 * @throws Error with the last lines of npm when the installation fails
 */
export async function installN8n(output: Output = process.stderr): Promise<HostInstall> {
	const root = cacheRoot(process.env, homedir());
	const ownNode = Number(process.versions.node.split('.')[0]) === NODE_MAJOR;
	const definition = ['package.json', 'package-lock.json', 'node/package.json', 'node/package-lock.json'];
	const traits = [process.platform, process.arch, ownNode ? 'own node' : 'pinned node'];
	const directory = join(root, `n8n-${cacheKey(definition.map((file) => join(DEFINITION, file)), traits)}`);
	const node = ownNode ? process.execPath : join(directory, pinnedNode());

	let progress: Progress | undefined;
	const report = (text: string) => {
		progress ??= createProgress(output, 'Installing n8n, once');
		progress.phase(text);
	};
	try {
		await ensureFilled(directory, (unfinished) => install(unfinished, ownNode, report), () => report('waiting for another process that installs it'));
		progress?.end('done');
	} catch (error) {
		progress?.end('failed');
		throw error;
	}
	removeUnused(root, 'n8n-', directory);
	return { node, n8n: join(directory, 'n8n/node_modules/n8n/bin/n8n') };
}

async function install(directory: string, ownNode: boolean, report: (text: string) => void): Promise<string[]> {
	for (const part of ['package.json', 'package-lock.json', 'stub']) cpSync(join(DEFINITION, part), join(directory, 'n8n', part), { recursive: true });
	const needed: string[] = [];
	let node = process.execPath;
	if (!ownNode) {
		report(`fetching Node ${NODE_MAJOR}`);
		for (const part of ['package.json', 'package-lock.json']) cpSync(join(DEFINITION, 'node', part), join(directory, 'node', part));
		await run('npm', CI_FLAGS, { cwd: join(directory, 'node') });
		node = join(directory, pinnedNode());
		needed.push(pinnedNode());
		await run(node, ['--version'], { cwd: directory });
	}
	const cwd = join(directory, 'n8n');
	const env = environment(node);
	report('fetching packages, about a minute');
	await run('npm', CI_FLAGS, { cwd, env });
	report('building the SQLite driver, about a minute');
	// The explicit flag outweighs an ignore-scripts=true that npm hands down to the scripts it runs.
	await run('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false'], { cwd, env });
	report('checking that it starts');
	await run(node, ['-e', 'require("sqlite3")'], { cwd, env });
	await run(node, ['node_modules/n8n/bin/n8n', '--version'], { cwd, env });
	return [...needed, SQLITE_BINARY, ...installedPackages(cwd).map((path) => `n8n/${path}/package.json`)];
}

/**
 * Puts the right Node first in the PATH, and points node-gyp to that Node's headers: a `nodedir` in the user's npm
 * configuration may belong to another Node, and fetching headers needs a way to nodejs.org.
 */
function environment(node: string): NodeJS.ProcessEnv {
	const home = process.platform === 'win32' ? dirname(node) : dirname(dirname(node));
	const headers = existsSync(join(home, 'include/node/node_api.h')) ? { npm_config_nodedir: home } : {};
	return { ...process.env, ...headers, JOBS: 'max', PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
}

function pinnedNode(): string {
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const name = `node-${system}-${process.arch}`;
	const { optionalDependencies } = JSON.parse(readFileSync(join(DEFINITION, 'node/package.json'), 'utf8')) as {
		optionalDependencies: Record<string, string>;
	};
	if (!(name in optionalDependencies)) {
		throw new Error(`n8n needs Node ${NODE_MAJOR}. There is no ready-made one for ${process.platform} ${process.arch}: please run this with Node ${NODE_MAJOR}.`);
	}
	return join('node/node_modules', name, 'bin', system === 'win' ? 'node.exe' : 'node');
}

/** The packages of npm's own record of what it installed, those of other platforms left out. */
function installedPackages(directory: string): string[] {
	const record = JSON.parse(readFileSync(join(directory, 'node_modules/.package-lock.json'), 'utf8')) as {
		packages: Record<string, { link?: boolean }>;
	};
	return Object.keys(record.packages).filter((path) => existsSync(join(directory, path, 'package.json')));
}
