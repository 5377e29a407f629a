import type { Case } from './registry';

interface Row {
	subject: string;
	facts: number;
	proven: number;
	reasons: string[];
}

/** Markdown table: subject, facts, proven, not proven with the reason. Subjects without anything proven come last. */
export function conformanceTable(cases: readonly Case[]): string {
	const rows = new Map<string, Row>();
	for (const { fact, proof, reason } of cases) {
		const row = rows.get(fact.subject) ?? { subject: fact.subject, facts: 0, proven: 0, reasons: [] };
		row.facts += 1;
		if (proof) row.proven += 1;
		else row.reasons.push(reason === undefined ? `${fact.id}: UNEXPLAINED` : `${fact.id}: ${reason}`);
		rows.set(fact.subject, row);
	}
	const all = [...rows.values()];
	const offered = all.filter((row) => row.proven > 0);
	const rest = all.filter((row) => row.proven === 0);
	const sum = (pick: (row: Row) => number): number => offered.reduce((total, row) => total + pick(row), 0);
	return [
		'| Subject | Facts | Proven | Not proven |',
		'|---|---:|---:|---|',
		...offered.map(line),
		`| **all of these** | **${sum((row) => row.facts)}** | **${sum((row) => row.proven)}** | ${sum((row) => row.facts - row.proven)} |`,
		...rest.map(line),
	].join('\n');
}

function line(row: Row): string {
	return `| ${row.subject} | ${row.facts} | ${row.proven} | ${row.proven === 0 ? common(row.reasons) : row.reasons.map(escape).join('; ')} |`;
}

/** Where nothing is proven, all facts have the same reason. */
function common(reasons: readonly string[]): string {
	return escape(
		[
			...new Set(
				reasons.map((reason) =>
					reason.slice(
						reason.lastIndexOf(
							': ',
							reason.indexOf('not offered') >= 0 ? reason.indexOf('not offered') : reason.length,
						) + 2,
					),
				),
			),
		].join('; '),
	);
}

function escape(text: string): string {
	return text.replace(/\|/g, '\\|');
}
