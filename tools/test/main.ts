import { buildPackage } from '../build';
import { npmScript } from '../programs';
import { runJest } from './jest';
import { closingLine, countCheck, type Counts, type Kind, readArguments, sum } from './stages';

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
			case 'types':
				return countCheck(await npmScript(stage));
			case 'build':
				return countCheck(await buildPackage());
			default:
				return await runJest(stage, jestArguments);
		}
	} catch (error) {
		console.error(error);
		return FAILED;
	}
}
