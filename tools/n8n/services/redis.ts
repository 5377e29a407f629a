import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { find, type Service } from '.';

const run = promisify(execFile);

/**
 * Gives a command to a Redis of {@link startRedis}.
 * @returns what redis-cli prints
 * @throws Error with redis-cli's words
 */
export async function command({ port }: Service, ...words: string[]): Promise<string> {
	const redisCli = join(find(['redis-cli'], 'redis-tools'), 'redis-cli');
	const { stdout } = await run(redisCli, ['-p', String(port), '--raw', '-e', ...words]);
	return stdout.trim();
}
