/** The part of Stryker's report (mutation-testing-report-schema) that counts. */
export interface MutationReport {
	files: Record<string, { mutants: { status: string; static?: boolean }[] }>;
}

/** How many mutants the tests noticed, of those that count. */
export interface Score {
	killed: number;
	total: number;
}

const NOTICED = ['Killed', 'Timeout'];
const MISSED = ['Survived', 'NoCoverage'];

/**
 * Counts mutants by file. One that does not compile, or that is left out on purpose, counts neither way.
 * @returns file and score, in the order of the report
 */
export function scores({ files }: MutationReport): Map<string, Score> {
	const all = new Map<string, Score>();
	for (const [file, { mutants }] of Object.entries(files)) {
		const killed = mutants.filter(({ status }) => NOTICED.includes(status)).length;
		const missed = mutants.filter(({ status }) => MISSED.includes(status)).length;
		all.set(file, { killed, total: killed + missed });
	}
	return all;
}

/**
 * Forgets what survived while a file was loaded: Stryker takes such a mutant over though a new test would notice it.
 * @returns a report from which the next run starts
 */
export function withoutStaticSurvivors(report: MutationReport): MutationReport {
	const files = Object.entries(report.files).map(([file, { mutants, ...rest }]) => {
		const kept = mutants.filter(({ status, static: isStatic }) => !(isStatic && MISSED.includes(status)));
		return [file, { ...rest, mutants: kept }] as const;
	});
	return { ...report, files: Object.fromEntries(files) };
}

/** How many mutants were left out on purpose. */
export function leftOut({ files }: MutationReport): number {
	return Object.values(files)
		.flatMap(({ mutants }) => mutants)
		.filter(({ status }) => status === 'Ignored').length;
}

/** Adds scores up by the key that `name` makes of a file. */
export function sumBy(files: Map<string, Score>, name: (file: string) => string): Map<string, Score> {
	const sums = new Map<string, Score>();
	for (const [file, { killed, total }] of files) {
		const sum = sums.get(name(file)) ?? { killed: 0, total: 0 };
		sums.set(name(file), { killed: sum.killed + killed, total: sum.total + total });
	}
	return sums;
}

/** For example `84.5 %`, rounded down so that no goal is reached by rounding; a dash without mutants. */
export function percent({ killed, total }: Score): string {
	return total === 0 ? '-' : `${(Math.floor((killed / total) * 1_000) / 10).toFixed(1)} %`;
}

/**
 * The page on the mutation score.
 * @param files score by file of a whole run
 * @param leftOut how many mutants count neither way because they only change a text that the editor shows
 * @param date day of the run
 */
export function page(files: Map<string, Score>, leftOut: number, date: Date): string {
	const whole = sumBy(files, () => 'all').get('all') ?? { killed: 0, total: 0 };
	const rows = [...sumBy(files, (file) => file.slice(0, file.lastIndexOf('/')))].sort(([a], [b]) => a.localeCompare(b));
	const table = rows.map(
		([folder, score]) => `| \`${folder}/\` | ${score.killed} | ${score.total} | ${percent(score)} |`,
	);
	return `# Mutation score

**${percent(whole)}** of ${whole.total} mutants noticed, on ${date.toISOString().slice(0, 10)}. A mutant is a small mistake put into the sources; a good
test suite fails. \`npm run test:mutation\` repeats this and writes this page.

| folder | noticed | mutants | score |
|---|---|---|---|
${table.join('\n')}

- Sources: \`bitrix24/\`, \`pbx/\` and \`nodes/\`. Tests: \`test/unit/bitrix24\`, \`nodes\` and \`pbx\`, \`test/engine\`. The slow kinds, the documents, and searches
  through thousands of loads and faults, are left out: what only they notice counts as missed, and so does a mutant
  that no test reaches, or none notices within seconds (tools/mutation/runner.cjs).
- Left out are ${leftOut} mutants of the texts that n8n's editor shows of a parameter: a plain text that is the value of \`displayName\`, \`description\`,
  \`placeholder\`, \`hint\` or \`action\` beside a \`name\`. No code reads them, and a test could only repeat them. Names, values, options, defaults,
  conditions, and the texts of errors, warnings and hints of a run stay in (tools/mutation/shownTexts.cjs).
- \`npm run test:mutation -- bitrix24/phpForm.ts\` does some files only and prints their survivors; \`--minutes=30\` sets how long it may take.
  What is done is kept: the next run tests only what changed, and goes on where a limit ended the last one.
`;
}
