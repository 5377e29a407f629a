import { spawn, type SpawnOptions } from 'node:child_process';
import { join } from 'node:path';

/** The repository. */
export const ROOT = join(__dirname, '..');

/**
 * Runs one of npm's scripts of this repository with its output shown.
 * @param name as in package.json
 * @returns whether it ended with code 0
 * @throws Error when npm cannot be started
 */
export function npmScript(name: string): Promise<boolean> {
	// npm is a .cmd file on Windows, which only a shell can start.
	return show('npm', ['run', name], { shell: process.platform === 'win32' });
}

/**
 * Runs Jest in the repository with its output shown.
 * @param env further environment
 * @returns whether it ended with code 0
 * @throws Error when it cannot be started
 */
export function jest(args: string[], env: Record<string, string> = {}): Promise<boolean> {
	const program = join(ROOT, 'node_modules/jest/bin/jest.js');
	return show(process.execPath, [program, ...args], { env: { ...process.env, ...env } });
}

function show(command: string, args: string[], options: SpawnOptions): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
		child.once('error', reject);
		child.once('close', (code) => {
			resolve(code === 0);
		});
	});
}
