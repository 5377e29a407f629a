import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { find, type Service } from '.';

const run = promisify(execFile);

/**
 * Asks a PostgreSQL of {@link startPostgres}.
 * @param query a SELECT without a semicolon
 * @returns its rows by column name
 * @throws Error with psql's words
 */
export async function select<Row>(postgres: Service, query: string): Promise<Row[]> {
	const printed = await statement(postgres, `SELECT coalesce(json_agg(one), '[]') FROM (${query}) one`);
	const rows: Row[] = JSON.parse(printed);
	return rows;
}

/**
 * Carries out any statement, as superuser.
 * @returns what psql prints, without a headline
 * @throws Error with psql's words
 */
export async function statement({ port }: Service, text: string): Promise<string> {
	const psql = join(find(['psql'], 'postgresql'), 'psql');
	const address = ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', 'postgres'];
	const { stdout } = await run(
		psql,
		['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1', '-c', text, ...address],
		{ maxBuffer: 64 * 1024 * 1024 },
	);
	return stdout;
}
