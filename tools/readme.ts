import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../nodes/Bitrix24Telephony/operations';
import { events } from '../nodes/Bitrix24TelephonyTrigger/events';
import { ROOT } from './programs';

const README = join(ROOT, 'README.md');

/** The README as the catalogues of operations and events want it. */
export function upToDate(readme: string): string {
	return fill(fill(readme, 'operations', operationTable()), 'events', eventTable());
}

function operationTable(): string {
	const rows = resources.flatMap(({ name, operations }) => operations.map(({ entry }) => `| ${name} | ${entry.name} | ${entry.description} |`));
	return ['| resource | operation | what it does |', '|---|---|---|', ...rows].join('\n');
}

function eventTable(): string {
	const rows = events.map(({ name, code, description }) => `| ${name} | \`${code}\` | ${description} |`);
	return ['| event | Bitrix24’s name | when |', '|---|---|---|', ...rows].join('\n');
}

function fill(text: string, marker: string, content: string): string {
	return text.replace(new RegExp(`(<!-- ${marker} -->\\n)[^]*?(<!-- /${marker} -->)`), `$1${content}\n$2`);
}

if (require.main === module) writeFileSync(README, upToDate(readFileSync(README, 'utf8')));
