import type { Report } from './report';
import type { Row } from './row';

/** The report as tables that can be pasted into an issue. */
export function markdown({
	day,
	way,
	wrote,
	requests,
	seconds,
	contract,
	counts,
	conflicts,
	rows,
	left,
}: Report): string {
	return [
		`### Portal check of ${day}`,
		'',
		`Asked through ${way}, ${wrote ? 'with' : 'without'} --write: ${requests} requests in ${seconds} s. Contract: ${contract}.`,
		`**${counts.agrees} agree, ${counts.differs} differ, ${counts['could not ask']} could not be asked.**`,
		...(left.length === 0 ? [] : ['', `Could not be cleaned up: ${left.join('; ')}.`]),
		'',
		...table(
			['conflict', 'topic', 'this portal'],
			conflicts.map(({ id, topic, portal }) => [id, topic, portal.replaceAll(`${id}: `, '')]),
		),
		'',
		...table(
			['fact', 'expected', 'seen', 'verdict'],
			rows.map((row) => [`${row.subject} ${row.id}`, row.expected, seen(row), verdict(row)]),
		),
		'',
	].join('\n');
}

/** What agrees is told only where it could have agreed in another way as well. */
const seen = ({ verdict: word, sides, seen: text }: Row): string =>
	word === 'agrees' && sides.length === 0 ? 'as expected' : text;

function verdict({ verdict: word, reason, sides }: Row): string {
	if (reason !== undefined) return `${word}: ${reason}`;
	return sides.length === 0 ? word : `${word}; ${sides.join('; ')}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
	const line = (cells: readonly string[]): string => `| ${cells.map(escape).join(' | ')} |`;
	return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}

/** Signs that mean something in a table or in HTML. */
function escape(text: string): string {
	return text.replace(/[\\|`*<]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');
}
