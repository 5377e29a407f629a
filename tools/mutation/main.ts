import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readMutationArguments } from './arguments';
import { leftOut, page, percent, scores, sumBy, withoutStaticSurvivors, type MutationReport } from './score';
import { ROOT } from '../programs';

const STRYKER = join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const KEPT = join(ROOT, 'node_modules/.cache/mutation.json');
const PAGE = join(ROOT, 'docs/mutation-score.md');

/** Lines that are mutated together: what is done is kept part by part, and each part begins with a run of all tests. */
const PART = 2000;

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

async function main(): Promise<void> {
	const { files, minutes } = readMutationArguments(process.argv.slice(2));
	const missing = files.find((file) => !existsSync(join(ROOT, file)));
	if (missing) throw new Error(`There is no ${missing}.`);
	if (existsSync(KEPT)) writeFileSync(KEPT, JSON.stringify(withoutStaticSurvivors(kept())));
	const deadline = Date.now() + minutes * 60_000;
	const wanted = files.length > 0 ? files : sources('bitrix24', 'pbx', 'nodes');
	for (const part of parts(wanted)) {
		console.log(`\n=== ${part.join(' ')} ===`);
		if (!(await mutate(part, deadline - Date.now(), files.length > 0))) {
			throw new Error(
				`Not finished. What came before is kept: run it again, with a larger --minutes=${minutes} if it was the limit.`,
			);
		}
	}
	const report = { files: Object.fromEntries(Object.entries(kept().files).filter(([file]) => wanted.includes(file))) };
	const byFile = scores(report);
	for (const [file, score] of byFile) console.log(`${percent(score).padStart(8)}  ${file}`);
	for (const score of sumBy(byFile, () => 'all').values())
		console.log(`${percent(score).padStart(8)}  of ${score.total} mutants noticed`);
	if (files.length === 0) writeFileSync(PAGE, page(byFile, leftOut(report), new Date()));
}

function kept(): MutationReport {
	const report: MutationReport = JSON.parse(readFileSync(KEPT, 'utf8'));
	return report;
}

/** All TypeScript files below some folders, as paths in the repository. */
function sources(...folders: string[]): string[] {
	return folders
		.flatMap((folder) =>
			readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
		)
		.filter((file) => file.endsWith('.ts'))
		.sort();
}

/** Files that are mutated together. */
function parts(files: string[]): string[][] {
	const all: string[][] = [];
	let lines = Infinity;
	for (const file of files) {
		const more = readFileSync(join(ROOT, file), 'utf8').split('\n').length;
		if (lines + more > PART) all.push([]);
		lines = lines + more > PART ? more : lines + more;
		all.at(-1)?.push(file);
	}
	return all;
}

/**
 * Mutates some files; mutants that an earlier run tested, and whose code and tests did not change, are taken over. What
 * the report says of other files stays.
 * @param milliseconds after which it is given up
 * @param survivors whether to print them
 * @returns whether it came to its end
 */
async function mutate(files: string[], milliseconds: number, survivors: boolean): Promise<boolean> {
	if (milliseconds <= 0) return false;
	mkdirSync(dirname(KEPT), { recursive: true });
	const directory = mkdtempSync(join(tmpdir(), 'mutation-'));
	try {
		const settings = join(directory, 'stryker.json');
		writeFileSync(
			settings,
			JSON.stringify({
				...options(survivors),
				mutate: files,
				incrementalFile: KEPT,
				tempDirName: join(directory, 'sandbox'),
			}),
		);
		return (await stryker(settings, milliseconds)) && existsSync(KEPT);
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
}

function options(survivors: boolean): object {
	return {
		testRunner: 'jest',
		plugins: ['@stryker-mutator/jest-runner', join(ROOT, 'tools/mutation/shownTexts.cjs')],
		ignorers: ['shown-texts'],
		jest: { configFile: 'tools/mutation/jest.config.mjs', enableFindRelatedTests: false },
		coverageAnalysis: 'perTest',
		incremental: true,
		concurrency: 2,
		// Each run of Jest leaves memory behind.
		maxTestRunnerReuse: 25,
		// An endless loop is counted out; this is for a machine that is busy with other things as well.
		timeoutMS: 10_000,
		// Our runner stops after some seconds, however long all the tests of a mutant would take.
		timeoutFactor: 0.1,
		ignorePatterns: ['/dist'],
		reporters: ['progress-append-only', ...(survivors ? ['clear-text'] : [])],
		clearTextReporter: {
			allowColor: false,
			allowEmojis: false,
			logTests: false,
			reportTests: false,
			reportScoreTable: false,
		},
		warnings: { slow: false },
	};
}

/** @returns whether it came to its end within the time. SIGINT lets it end its processes. */
function stryker(settings: string, timeout: number): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [STRYKER, 'run', settings], {
			cwd: ROOT,
			stdio: 'inherit',
			timeout,
			killSignal: 'SIGINT',
		});
		child.once('error', reject);
		child.once('close', (code) => {
			resolve(code === 0);
		});
	});
}
