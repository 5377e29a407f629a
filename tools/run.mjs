#!/usr/bin/env node
/** The entry behind every npm command. Plain JavaScript without dependencies: it installs them first when they lack. */
import Module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureNodeModules } from './setup.mjs';

const COMMANDS = {
	start: 'tools/start.ts',
	test: 'tools/test/main.ts',
	lint: 'tools/lint.ts',
	build: 'tools/build.ts',
	sandbox: 'sandbox/main.ts',
	bench: 'bench/main.ts',
	'check-portal': 'check/main.ts',
	mutation: 'tools/mutation/main.ts',
	scale: 'test/scale/main.ts',
	versions: 'tools/compatibility/main.ts',
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);
const script = Object.hasOwn(COMMANDS, command ?? '') ? COMMANDS[command] : undefined;
if (!script) fail(`Usage: node tools/run.mjs ${Object.keys(COMMANDS).join('|')}`);
if (isOlder(process.versions.node, '20.19')) fail(`This needs Node 20.19 or newer; you run ${process.versions.node}.`);

process.chdir(root);
try {
	await ensureNodeModules(root);
} catch (error) {
	fail(`${error.message}. Run the command again to retry.`);
}

// In this very process, so that nothing stays behind when it is killed.
(await import('tsx/cjs/api')).register();
(await import('tsx/esm/api')).register();
process.argv = [process.execPath, join(root, script), ...args];
Module.runMain();

/** @param {string} version @param {string} minimum both as major.minor */
function isOlder(version, minimum) {
	const [major, minor] = version.split('.').map(Number);
	const [wantedMajor, wantedMinor] = minimum.split('.').map(Number);
	return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

/** @param {string} message @returns {never} */
function fail(message) {
	console.error(message);
	process.exit(1);
}
