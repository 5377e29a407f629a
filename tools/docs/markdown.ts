/** A table of Markdown. Line ends and bars within a cell are kept from breaking it. */
export function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]): string => `| ${cells.map(inCell).join(' | ')} |`;
	return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** Longest line of JSON. */
const WIDTH = 100;

/** A value as a block of JSON; what fits into a line stands in one. */
export function json(value: unknown): string {
	return `\`\`\`json\n${laidOut(JSON.parse(JSON.stringify(value)), '')}\n\`\`\``;
}

function laidOut(value: unknown, indent: string): string {
	const line = JSON.stringify(value, undefined, 1).replaceAll(/\n */g, ' ');
	if (typeof value !== 'object' || value === null || indent.length + line.length <= WIDTH) return line;
	const inner = `${indent}  `;
	const [open, parts, close] = Array.isArray(value)
		? ['[', value.map((one) => laidOut(one, inner)), ']']
		: ['{', Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${laidOut(one, inner)}`), '}'];
	return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}

/** Text from elsewhere, which may hold signs that mean something in Markdown. */
export function plain(text: string): string {
	return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('*', '\\*');
}

function inCell(text: string): string {
	return text.replaceAll('\n', ' ').replaceAll('|', '\\|').trim();
}
