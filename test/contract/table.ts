import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allCases } from './conformance/registry';
import { conformanceTable } from './conformance/table';

/** Where the table lies for readers. */
export const TABLE_FILE = join(__dirname, '../../docs/sandbox-conformance.md');

/** The page with the table, as it should lie in docs/. */
export function conformancePage(): string {
	return `# What the sandbox portal proves of Bitrix24's contract

Made by \`npx tsx test/contract/table.ts --write\`; do not edit. A fact is one thing that
\`contract/bitrix24.json\` says: a parameter, a default, a cast, an error, an example, a rule. It is proven
when a test of its own passes in \`npm run test:contract\`. Where documentation and server disagree, both ways are proven
(row *Conflicts*).

${conformanceTable(allCases())}
`;
}

if (require.main === module) {
	if (process.argv.includes('--write')) writeFileSync(TABLE_FILE, conformancePage());
	else process.stdout.write(conformancePage());
}

/** The page as it lies in docs/. */
export function writtenPage(): string {
	return readFileSync(TABLE_FILE, 'utf8');
}
