import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The repository. */
export const ROOT = join(__dirname, '..');

/** Start scripts of the development tools, run by the running Node. */
export const PROGRAMS = {
	eslint: join(ROOT, 'node_modules/eslint/bin/eslint.js'),
	tsc: join(ROOT, 'node_modules/typescript/bin/tsc'),
	gulp: join(ROOT, 'node_modules/gulp/bin/gulp.js'),
	jest: join(ROOT, 'node_modules/jest/bin/jest.js'),
	prettier: join(ROOT, 'node_modules/prettier/bin/prettier.cjs'),
};

/**
 * Runs a tool in the repository with its output shown.
 * @param env further environment
 * @returns whether it ended with code 0
 * @throws Error when it cannot be started
 */
export function show(
	program: keyof typeof PROGRAMS,
	args: string[],
	env: Record<string, string> = {},
): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [PROGRAMS[program], ...args], {
			cwd: ROOT,
			env: { ...process.env, ...env },
			stdio: 'inherit',
		});
		child.once('error', reject);
		child.once('close', (code) => {
			resolve(code === 0);
		});
	});
}

/** The whole lint: no warning is tolerated. @returns whether all is clean */
export async function lint(args: string[] = []): Promise<boolean> {
	const rules = await show('eslint', ['.', '--max-warnings=0', ...args]);
	const layout = await show('prettier', ['.', '--check', '--log-level=warn']);
	return rules && layout;
}
