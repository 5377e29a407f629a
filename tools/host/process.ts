import { type ChildProcess, spawn } from 'node:child_process';

const TAIL_LINES = 25;
const running = new Set<ChildProcess>();

process.on('exit', () => {
	for (const child of running) child.kill('SIGKILL');
});

/** The last lines of a program's output, for an error message. */
export function tail(text: string, lines = TAIL_LINES): string {
	return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/**
 * Runs a program to its end and keeps what it prints. It dies with this process when that exits in an orderly way.
 * @param command program or, on Windows, also a `.cmd` file such as npm
 * @param args its arguments
 * @param options working directory and environment
 * @returns everything it printed on both streams
 * @throws Error with the command and its last lines when it ends with another code than 0
 */
export function run(command: string, args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Promise<string> {
	return new Promise((resolve, reject) => {
		// npm is a .cmd file on Windows, which only a shell can start.
		const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
		running.add(child);
		let printed = '';
		const keep = (chunk: Buffer) => {
			printed += chunk.toString();
		};
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.once('error', (error) => {
			running.delete(child);
			reject(new Error(`${command} could not be started: ${error.message}`));
		});
		child.once('close', (code, signal) => {
			running.delete(child);
			if (code === 0) resolve(printed);
			else reject(new Error(`"${[command, ...args].join(' ')}" ended with ${signal ?? `code ${code}`}\n${tail(printed)}`));
		});
	});
}
