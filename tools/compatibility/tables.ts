import { checks } from './checks';
import { OPERATIONS } from './operations';
import type { Outcome, Row } from './record';

const COLUMNS = [...checks, OPERATIONS];

/**
 * The README's table: a row a version of n8n, with what did not work, if anything.
 * @param record all rows, in order
 */
export function summaryTable(record: Row[]): string {
	const versions = [...new Set(record.map(({ n8n }) => n8n))];
	const lines = versions.map((version) => {
		const rows = record.filter(({ n8n }) => n8n === version);
		const nodes = distinct(rows.map(({ node }) => node.split('.')[0] ?? ''));
		const cells = rows.flatMap((row) => [
			...checks.map(({ name }) => row.checks[name]?.passed ?? false),
			...operations(row),
		]);
		const passed = cells.filter(Boolean).length;
		const renewals = distinct(rows.map((row) => row.checks.renewal?.seen ?? 'not reached'));
		return `| ${version} | ${nodes} | ${distinct(rows.map(({ database }) => database))} | ${passed} of ${cells.length} | ${renewals} | ${rows.map(({ date }) => date).sort()[0] ?? ''} |`;
	});
	return [
		'| n8n | Node | database | checks passed | 20 executions with an expired token | run |',
		'|---|---|---|---|---|---|',
		...lines,
	].join('\n');
}

/**
 * The table of all cells: a column a check, a row a version of n8n, Node and database.
 * @param record all rows, in order
 */
export function cellTable(record: Row[]): string {
	const heads = record.map(({ n8n, node, database }) => `n8n ${n8n}, Node ${node}, ${database}`);
	const lines = heads.map((head, index) => {
		const { [OPERATIONS.name]: operation, ...seen } = record[index]?.checks ?? {};
		const cells = [...checks.map(({ name }) => cell(seen[name])), operation ? cell(operation) : ''];
		return `| ${head} | ${cells.join(' | ')} |`;
	});
	return [
		`| | ${COLUMNS.map(({ title }) => title).join(' | ')} |`,
		`|---|${'---|'.repeat(COLUMNS.length)}`,
		...lines,
	].join('\n');
}

/** Whether every operation runs, for a row that has tried. */
function operations({ checks: { [OPERATIONS.name]: outcome } }: Row): boolean[] {
	return outcome ? [outcome.passed] : [];
}

function cell(outcome: Outcome | undefined): string {
	if (!outcome) return 'not reached';
	return `${outcome.passed ? '' : '**failed** '}${outcome.seen.replaceAll('|', '\\|').replaceAll('\n', ' ')}`;
}

function distinct(words: string[]): string {
	return [...new Set(words)].join(', ');
}
