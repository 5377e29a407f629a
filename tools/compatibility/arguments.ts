import { type Database, DATABASES } from '../n8n/services/database';
import { isVersionName, type NodeMajor, versionNames, VERSIONS } from '../n8n/versions';
import type { Setting } from './stage';

const NAMES = ['n8n', 'node', 'database'];

/**
 * Reads the arguments of `npm run test:versions`.
 * @param args `--n8n=1.123,2.0`, `--node=22`, `--database=SQLite`; what is not named is all there is
 * @returns the rows of the matrix, the oldest n8n first
 * @throws Error when an argument or a value is unknown, or nothing is left
 */
export function readSettings(args: string[]): Setting[] {
	const chosen = new Map(
		args.map((argument) => {
			const [, name = '', values = ''] = /^--(\w+)=(.+)$/.exec(argument) ?? [];
			if (!NAMES.includes(name))
				throw new Error(`Unknown argument ${argument}. Known: ${NAMES.map((one) => `--${one}=`).join(', ')}`);
			return [name, values.toLowerCase().split(',')];
		}),
	);
	for (const version of chosen.get('n8n') ?? []) {
		if (!isVersionName(version)) throw new Error(`There is no n8n ${version} here, only ${versionNames().join(', ')}`);
	}
	const wants = (name: string, value: string) => chosen.get(name)?.includes(value.toLowerCase()) ?? true;
	const settings = versionNames()
		.flatMap((version) =>
			VERSIONS[version].nodes.flatMap((node: NodeMajor) =>
				DATABASES.map((database: Database) => ({ version, node, database })),
			),
		)
		.filter(
			({ version, node, database }) =>
				wants('n8n', version) && wants('node', String(node)) && wants('database', database),
		);
	if (settings.length === 0) throw new Error(`No n8n here fits ${args.join(' ')}`);
	return settings;
}
