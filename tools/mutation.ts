import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMutationArguments } from './mutation/arguments';
import { page, percent, scores, sumBy, type MutationReport } from './mutation/score';
import { ROOT } from './programs';

const STRYKER = join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const KEPT = join(ROOT, 'node_modules/.cache/mutation');
const PAGE = join(ROOT, 'docs/mutation-score.md');

/** Everything that ships, in parts: what is done is kept part by part, and each begins with a run of all tests. */
const SLICES = ['bitrix24/*.ts', 'bitrix24/*/**/*.ts', 'nodes/*/*.ts', 'nodes/*/*/**/*.ts'];

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

async function main(): Promise<void> {
	const { files, minutes } = readMutationArguments(process.argv.slice(2));
	const missing = files.find((file) => !existsSync(join(ROOT, file)));
	if (missing) throw new Error(`There is no ${missing}.`);
	const deadline = Date.now() + minutes * 60_000;
	const slices = files.length > 0 ? [files] : SLICES.map((slice) => [slice]);
	const reports: MutationReport[] = [];
	for (const slice of slices) {
		console.log(`\n=== ${slice.join(' ')} ===`);
		const report = await mutate(slice, deadline - Date.now(), files.length > 0);
		if (!report) throw new Error(`Not finished: ${slice.join(' ')}. What came before is kept: run it again, with a larger --minutes=${minutes} if it was the limit.`);
		reports.push(report);
	}
	const byFile = scores(reports);
	for (const [file, score] of byFile) console.log(`${percent(score).padStart(8)}  ${file}`);
	for (const score of sumBy(byFile, () => 'all').values()) console.log(`${percent(score).padStart(8)}  of ${score.total} mutants noticed`);
	if (files.length === 0) writeFileSync(PAGE, page(byFile, new Date()));
}

/**
 * Mutates some files; mutants that an earlier run tested, and whose code and tests did not change, are taken over.
 * @param milliseconds after which it is given up
 * @param survivors whether to print them
 * @returns undefined when it did not come to its end
 */
async function mutate(files: string[], milliseconds: number, survivors: boolean): Promise<MutationReport | undefined> {
	if (milliseconds <= 0) return undefined;
	const kept = join(KEPT, `${createHash('sha256').update(files.join(' ')).digest('hex').slice(0, 16)}.json`);
	mkdirSync(KEPT, { recursive: true });
	const directory = mkdtempSync(join(tmpdir(), 'mutation-'));
	try {
		const settings = join(directory, 'stryker.json');
		writeFileSync(settings, JSON.stringify({ ...options(survivors), mutate: files, incrementalFile: kept, tempDirName: join(directory, 'sandbox') }));
		return (await stryker(settings, milliseconds)) && existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as MutationReport) : undefined;
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
		ignorePatterns: ['dist', 'docs', 'examples'],
		reporters: ['progress-append-only', ...(survivors ? ['clear-text'] : [])],
		clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false, reportScoreTable: false },
		warnings: { slow: false },
	};
}

/** @returns whether it came to its end within the time. SIGINT lets it end its processes. */
function stryker(settings: string, timeout: number): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [STRYKER, 'run', settings], { cwd: ROOT, stdio: 'inherit', timeout, killSignal: 'SIGINT' });
		child.once('error', reject);
		child.once('close', (code) => {
			resolve(code === 0);
		});
	});
}
