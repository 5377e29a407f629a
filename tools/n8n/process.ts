import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const TAIL_LINES = 25;
const STOP_GRACE_MS = 10_000;

/** Preloaded with --require into a Node that has an IPC channel, it ends that Node together with this process. */
export const END_WITH_PARENT = join(__dirname, 'end-with-parent.cjs');

/** The last lines of a program's output, for an error message. */
export function tail(text: string, lines = TAIL_LINES): string {
	return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/**
 * Asks a program to end, and makes it end when it does not. Resolves when it is gone, at once if it was gone already.
 * @param grace milliseconds that it gets
 */
export async function end(child: ChildProcess, grace = STOP_GRACE_MS): Promise<void> {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill('SIGTERM');
	const killer = setTimeout(() => child.kill('SIGKILL'), grace);
	await ended;
	clearTimeout(killer);
}

/**
 * Runs a program to its end and keeps what it prints. A Node program, such as npm, ends with this process even when
 * that is killed; it would go on writing where the next attempt cleans up.
 * @param command program or, on Windows, also a `.cmd` file such as npm
 * @param args its arguments
 * @param options working directory and environment
 * @returns everything it printed on both streams
 * @throws Error with the command and its last lines when it ends with another code than 0
 */
export function run(
	command: string,
	args: string[],
	options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
	return new Promise((resolve, reject) => {
		// npm is a .cmd file on Windows, which only a shell can start.
		const child = spawn(command, args, {
			cwd: options.cwd,
			env: { ...process.env, ...options.env, NODE_OPTIONS: `--require "${END_WITH_PARENT}"` },
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
			shell: process.platform === 'win32',
		});
		let printed = '';
		const keep = (chunk: Buffer) => {
			printed += chunk.toString();
		};
		child.stdout?.on('data', keep);
		child.stderr?.on('data', keep);
		child.once('error', (error) => {
			reject(new Error(`${command} could not be started: ${error.message}`));
		});
		child.once('close', (code, signal) => {
			if (code === 0) resolve(printed);
			else
				reject(new Error(`"${[command, ...args].join(' ')}" ended with ${signal ?? `code ${code}`}\n${tail(printed)}`));
		});
	});
}
