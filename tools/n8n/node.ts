import { cpSync, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { cacheKey, cacheRoot, ensureFilled, removeUnused } from './cache';
import { run } from './process';
import { type Output, reporting } from './progress';
import { DEFINITIONS, type NodeMajor } from './versions';

const PARTS = ['package.json', 'package-lock.json'];

/** Flags for an installation that is what the lockfile says, and runs nothing of what it brings. */
export const CI_FLAGS = ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];

/** The files that decide which Node is fetched. */
export function nodeDefinition(major: NodeMajor): string[] {
	return PARTS.map((part) => join(DEFINITIONS, 'node', String(major), part));
}

/** Whether the running Node will do. */
export function isOwnNode(major: NodeMajor): boolean {
	return Number(process.versions.node.split('.')[0]) === major;
}

/**
 * Fetches a Node from npm into a folder.
 * @param directory gets a folder `node`
 * @returns path of the program, relative to the directory
 * @throws Error when there is none for this system, or with the last lines of npm
 */
export async function fetchNode(major: NodeMajor, directory: string): Promise<string> {
	const program = nodeProgram(major);
	for (const file of nodeDefinition(major)) cpSync(file, join(directory, 'node', basename(file)));
	await run('npm', CI_FLAGS, { cwd: join(directory, 'node') });
	await run(join(directory, program), ['--version'], { cwd: directory });
	return program;
}

/**
 * Provides a Node: the running one when it has the major version, or else one in the user's cache.
 * @param output where progress is written; nothing is written when it is in place
 * @returns path of the program
 * @throws Error when there is none for this system, or with the last lines of npm
 */
export async function installNode(major: NodeMajor, output: Output = process.stderr): Promise<string> {
	if (isOwnNode(major)) return process.execPath;
	const root = cacheRoot(process.env, homedir());
	const directory = join(root, `node-${cacheKey(nodeDefinition(major), [process.platform, process.arch])}`);
	await reporting(output, `Installing Node ${major}, once`, async (report) => {
		const fill = async (unfinished: string) => {
			report('fetching');
			return [await fetchNode(major, unfinished)];
		};
		await ensureFilled(directory, fill, report);
	});
	removeUnused(root, 'node-', directory);
	return join(directory, nodeProgram(major));
}

/**
 * Puts a Node first in the PATH, and points node-gyp to that Node's headers: a `nodedir` in the user's npm
 * configuration may belong to another Node, and fetching headers needs a way to nodejs.org.
 */
export function nodeEnvironment(node: string): NodeJS.ProcessEnv {
	const home = process.platform === 'win32' ? dirname(node) : dirname(dirname(node));
	const headers = existsSync(join(home, 'include/node/node_api.h')) ? { npm_config_nodedir: home } : {};
	return { ...process.env, ...headers, JOBS: 'max', PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
}

/**
 * Path of the program in a folder that {@link fetchNode} has filled, relative to it.
 * @throws Error when there is no ready-made Node for this system
 */
export function nodeProgram(major: NodeMajor): string {
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const name = `node-${system}-${process.arch}`;
	const [definition = ''] = nodeDefinition(major);
	const { optionalDependencies }: { optionalDependencies: object } = JSON.parse(readFileSync(definition, 'utf8'));
	if (!(name in optionalDependencies)) {
		throw new Error(
			`n8n needs Node ${major}. There is no ready-made one for ${process.platform} ${process.arch}: please run this with Node ${major}.`,
		);
	}
	return join('node/node_modules', name, 'bin', system === 'win' ? 'node.exe' : 'node');
}
