import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { UsageError } from '../arguments';

/** Names under which secrets are given. */
export const NAMES = [
	'BITRIX24_WEBHOOK',
	'BITRIX24_CLIENT_ID',
	'BITRIX24_CLIENT_SECRET',
	'BITRIX24_ACCESS_TOKEN',
	'BITRIX24_REFRESH_TOKEN',
] as const;

/** What of them was given. */
export type Secrets = Partial<Record<(typeof NAMES)[number], string>>;

/**
 * Takes the secrets out of the environment and, before it, out of a file.
 * @throws UsageError when the file cannot be read
 */
export async function readSecrets(
	environment: Readonly<Record<string, string | undefined>>,
	file: string | undefined,
): Promise<Secrets> {
	const written =
		file === undefined
			? {}
			: parseEnv(
					await readFile(file, 'utf8').catch(() => {
						throw new UsageError('The file of --secrets cannot be read.');
					}),
				);
	return Object.fromEntries(
		NAMES.flatMap((name) => {
			const value = (written[name] ?? environment[name] ?? '').trim();
			return value === '' ? [] : [[name, value]];
		}),
	);
}
