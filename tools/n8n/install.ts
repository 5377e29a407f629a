import { cpSync, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheKey, cacheRoot, ensureFilled, removeUnused } from './cache';
import { CI_FLAGS, fetchNode, installNode, isOwnNode, nodeDefinition, nodeEnvironment, nodeProgram } from './node';
import { run } from './process';
import { type Output, reporting } from './progress';
import { DEFINITIONS, exactVersion, type NodeMajor, usualVersion, type VersionName } from './versions';

/** The programs of an installed n8n. */
export interface N8nPrograms {
	/** Path of a Node that n8n accepts. */
	node: string;
	/** Path of n8n's start script. */
	n8n: string;
}

/** Which n8n, on which Node. */
export interface N8nChoice {
	/** Without it the {@link usualVersion}. */
	version?: VersionName;
	/** Major version; without it 24. */
	node?: NodeMajor;
}

/** All versions accept it. n8n is installed with this one; its native parts know no version of Node (Node-API). */
const NODE_MAJOR = 24;
const SQLITE_BINARY = 'n8n/node_modules/sqlite3/build/Release/node_sqlite3.node';

/**
 * Provides a reduced n8n, and a Node for it when the running one has another major version. The first call installs
 * both into the user's cache (about two minutes); later calls return at once. An interrupted or damaged installation
 * is made anew.
 * @param choice version of n8n, major version of Node
 * @param output where progress is written; nothing is written when all is in place
 * @returns the programs
 * @throws Error with the last lines of npm when the installation fails
 */
export async function installN8n(
	{ version = usualVersion(), node = NODE_MAJOR }: N8nChoice = {},
	output: Output = process.stderr,
): Promise<N8nPrograms> {
	const root = cacheRoot(process.env, homedir());
	const ownNode = isOwnNode(NODE_MAJOR);
	const definition = [
		...['package.json', 'package-lock.json'].map((part) => join(DEFINITIONS, version, part)),
		...nodeDefinition(NODE_MAJOR),
	];
	const traits = [process.platform, process.arch, ownNode ? 'own node' : 'pinned node'];
	const directory = join(root, `n8n-${cacheKey(definition, traits)}`);
	await reporting(output, `Installing n8n ${exactVersion(version)}, once`, async (report) => {
		const fill = (unfinished: string) => install(version, unfinished, ownNode, report);
		await ensureFilled(directory, fill, report);
	});
	removeUnused(root, 'n8n-', directory);
	const builtWith = ownNode ? process.execPath : join(directory, nodeProgram(NODE_MAJOR));
	return {
		node: node === NODE_MAJOR ? builtWith : await installNode(node, output),
		n8n: join(directory, 'n8n/node_modules/n8n/bin/n8n'),
	};
}

async function install(
	version: VersionName,
	directory: string,
	ownNode: boolean,
	report: (text: string) => void,
): Promise<string[]> {
	for (const part of ['package.json', 'package-lock.json'])
		cpSync(join(DEFINITIONS, version, part), join(directory, 'n8n', part));
	cpSync(join(DEFINITIONS, 'stub'), join(directory, 'n8n/stub'), { recursive: true });
	const needed: string[] = [];
	if (!ownNode) {
		report(`fetching Node ${NODE_MAJOR}`);
		needed.push(await fetchNode(NODE_MAJOR, directory));
	}
	const node = ownNode ? process.execPath : join(directory, nodeProgram(NODE_MAJOR));
	const cwd = join(directory, 'n8n');
	const env = nodeEnvironment(node);
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

/** The packages of npm's own record of what it installed, those of other platforms left out. */
function installedPackages(directory: string): string[] {
	const { packages }: { packages: object } = JSON.parse(
		readFileSync(join(directory, 'node_modules/.package-lock.json'), 'utf8'),
	);
	return Object.keys(packages).filter((path) => existsSync(join(directory, path, 'package.json')));
}
