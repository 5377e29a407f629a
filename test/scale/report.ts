import type { Seen, Trial } from './trial';

/** A trial that has run. */
export interface Row {
	trial: Trial;
	/** What it saw, or why it did not hold. */
	result: Seen | { failed: string };
}

/** The table of the trials, in Markdown. */
export function table(rows: Row[]): string {
	const cells = rows.map(({ trial, result }) => {
		const isHeld = !('failed' in result);
		return [
			trial.name,
			trial.holds,
			isHeld ? 'yes' : '**no**',
			isHeld ? result.seen : result.failed,
			(isHeld && result.lostByN8n) || '',
		];
	});
	const lines = [
		['trial', 'to hold', 'held', 'seen', 'lost by n8n itself'],
		['---', '---', '---', '---', '---'],
		...cells,
	];
	return lines.map((line) => `| ${line.map(plain).join(' | ')} |`).join('\n');
}

/** Fits a text into one cell. */
function plain(text: string): string {
	return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

/**
 * The page docs/scale.md.
 * @param facts what it was measured on, such as machine and versions
 */
export function page(facts: string[], rows: Row[]): string {
	return `# Queue mode under load, and when something dies

Written by \`npm run test:scale -- --write\`; do not edit. It runs n8n with a main process, two workers and two webhook processes
behind a balancer, on real Redis and PostgreSQL, all on one machine, against the sandbox portal without its request limit. Two
workflows get the same stream: our trigger, a pause of one second and *Finish*; n8n's Webhook node with Header Auth, the same
pause and an HTTP Request. *Accepted* is what was answered with 200. *Done once* is exactly one row in the portal's history, or
one request, per click. What was killed is started again at once, as a container would be. A shorter form runs with the tests
(\`npm test scale\`). What it means for you: [queue mode](queue-mode.md).

${facts.map((fact) => `- ${fact}`).join('\n')}

${table(rows)}
`;
}
