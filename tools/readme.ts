import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../nodes/Bitrix24Telephony/operations';
import { events } from '../nodes/Bitrix24TelephonyTrigger/events';
import { pageName } from './docs/operationPage';
import { exampleList } from './examples';
import { ROOT } from './programs';
import { readRecord } from './compatibility/record';
import { cellTable, summaryTable } from './compatibility/tables';

/** Documents with parts that are made. */
export const DOCUMENTS = ['README.md', 'docs/README.ru.md', 'docs/compatibility.md', 'examples/README.md'];

/** A document as the catalogues of operations and events, the record of n8n's versions and the examples want it. */
export function upToDate(document: string): string {
	const record = readRecord();
	const tables = {
		operations: operationTable(),
		'operations-ru': russianTable(document),
		events: eventTable(),
		versions: summaryTable(record),
		cells: cellTable(record),
		examples: exampleList(),
	};
	return Object.entries(tables).reduce((text, [marker, table]) => fill(text, marker, table), document);
}

/** Brings the made parts of all documents up to date. */
export function writeTables(): void {
	for (const name of DOCUMENTS) {
		const path = join(ROOT, name);
		writeFileSync(path, upToDate(readFileSync(path, 'utf8')));
	}
}

/** Where the made pages are. */
const PAGES = 'docs/operations';

function operationTable(): string {
	const rows = resources.flatMap(({ name, value, operations }) =>
		operations.map(
			({ entry }) => `| ${name} | [${entry.name}](${PAGES}/${pageName(value, entry.value)}) | ${entry.description} |`,
		),
	);
	return ['| resource | operation | what it does |', '|---|---|---|', ...rows].join('\n');
}

/**
 * The same table in Russian: what an operation does is kept as the document says it already. A new operation says it in
 * English until somebody translates it; a test asks for that.
 */
function russianTable(document: string): string {
	const rows = resources.flatMap(({ name, value, operations }) =>
		operations.map(({ entry }) => {
			const start = `| ${name} | [${entry.name}](operations/${pageName(value, entry.value)}) | `;
			const said = document.split('\n').find((line) => line.startsWith(start));
			return said ?? `${start}${entry.description} |`;
		}),
	);
	return ['| ресурс | операция | что делает |', '|---|---|---|', ...rows].join('\n');
}

function eventTable(): string {
	const rows = events.map(({ name, code, description }) => `| ${name} | \`${code}\` | ${description} |`);
	return ['| event | Bitrix24’s name | when |', '|---|---|---|', ...rows].join('\n');
}

function fill(text: string, marker: string, content: string): string {
	return text.replace(
		new RegExp(`(<!-- ${marker} -->\\n)[^]*?(<!-- /${marker} -->)`),
		(_all, start: string, end: string) => `${start}${content}\n${end}`,
	);
}

if (require.main === module) writeTables();
