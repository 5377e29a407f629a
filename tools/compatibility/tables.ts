import { checks } from './checks';
import { OPERATIONS } from './operations';
import type { Row } from './record';

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
 * The table of all cells: a row a check, a column a version of n8n. What was seen with every Node and database stands
 * there once; what failed or was not reached says where.
 * @param record all rows, in order
 */
export function cellTable(record: Row[]): string {
	const versions = [...new Set(record.map(({ n8n }) => n8n))].map((version) =>
		record.filter(({ n8n }) => n8n === version),
	);
	const heads = versions.map((rows) =>
		[
			`n8n ${rows[0]?.n8n}`,
			`Node ${distinct(rows.map(({ node }) => node))}`,
			distinct(rows.map(({ database }) => database)),
		].join('<br>'),
	);
	const lines = [...checks, OPERATIONS].map(({ name, title }) => {
		// Every operation is tried once a version.
		const tried = versions.map((rows) => (name === OPERATIONS.name ? rows.filter((row) => row.checks[name]) : rows));
		return `| **${title}** | ${tried.map((rows) => distinct(rows.map((row) => cell(row, name)))).join(' | ')} |`;
	});
	return [`| | ${heads.join(' | ')} |`, `|---|${'---|'.repeat(versions.length)}`, ...lines].join('\n');
}

/** Whether every operation runs, for a row that has tried. */
function operations({ checks: { [OPERATIONS.name]: outcome } }: Row): boolean[] {
	return outcome ? [outcome.passed] : [];
}

function cell({ checks: seenBy, node, database }: Row, name: string): string {
	const outcome = seenBy[name];
	if (!outcome) return `not reached (Node ${node}, ${database})`;
	const seen = outcome.seen.replaceAll('|', '\\|').replaceAll('\n', ' ');
	return outcome.passed ? seen : `**failed** ${seen} (Node ${node}, ${database})`;
}

function distinct(words: string[]): string {
	return [...new Set(words)].join(', ');
}
