import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage } from './build';
import { lint, show } from './programs';
import { closingLine, countCheck, countTests, type Counts, type JestReport, type Kind, readArguments, sum } from './test/stages';

const FAILED: Counts = { passed: 0, failed: 1 };

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

async function main(): Promise<void> {
	const { stages, jestArguments } = readArguments(process.argv.slice(2));
	const results: { stage: Kind; counts: Counts; seconds: number }[] = [];
	for (const stage of stages) {
		console.log(`\n=== ${stage} ===`);
		const started = Date.now();
		const counts = await run(stage, jestArguments);
		results.push({ stage, counts, seconds: (Date.now() - started) / 1_000 });
	}
	console.log('\n=== summary ===');
	for (const { stage, counts, seconds } of results) {
		console.log(`${stage.padEnd(10)}${closingLine(counts).padEnd(24)}${seconds.toFixed(1).padStart(7)} s`);
	}
	const total = sum(results.map(({ counts }) => counts));
	console.log(closingLine(total));
	process.exitCode = total.failed > 0 ? 1 : 0;
}

/** Runs one stage; whatever breaks in it counts as failed, so that the next stages still run. */
async function run(stage: Kind, jestArguments: string[]): Promise<Counts> {
	try {
		switch (stage) {
			case 'lint':
				return countCheck(await lint());
			case 'types':
				return countCheck(await show('tsc', ['-p', 'tsconfig.dev.json']));
			case 'build':
				return countCheck(await buildPackage());
			default:
				return await jest(stage, jestArguments);
		}
	} catch (error) {
		console.error(error);
		return FAILED;
	}
}

async function jest(project: Kind, jestArguments: string[]): Promise<Counts> {
	const directory = mkdtempSync(join(tmpdir(), 'jest-report-'));
	const outputFile = join(directory, 'report.json');
	try {
		const ok = await show('jest', ['--selectProjects', project, '--passWithNoTests', '--json', `--outputFile=${outputFile}`, ...jestArguments]);
		const counts = countTests(JSON.parse(readFileSync(outputFile, 'utf8')) as JestReport);
		// jest also fails for reasons that no test stands for, such as a global set-up that throws.
		return !ok && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
}
