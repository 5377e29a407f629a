import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENTS, upToDate } from '../../../tools/readme';

const ROOT = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

it.each(DOCUMENTS)(
	"%s has what the catalogues, n8n's versions and the examples say (npx tsx tools/readme.ts writes them)",
	(file) => {
		expect(read(file)).toBe(upToDate(read(file)));
	},
);

it('names its version in the changelog', () => {
	const { version } = JSON.parse(read('package.json')) as { version: string };
	expect(read('CHANGELOG.md')).toContain(`## ${version}`);
});
