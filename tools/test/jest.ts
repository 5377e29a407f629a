import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '../programs';
import { countTests, type Counts, type Kind } from './stages';

/**
 * Runs tests of one kind, with their output shown.
 * @param jestArguments further arguments for jest
 * @param env further environment, for example TEST_N8N
 * @returns what passed and failed; jest itself failing counts as one failed test
 * @throws Error when jest cannot be started or leaves no report
 */
export async function runJest(
	project: Kind,
	jestArguments: string[],
	env: Record<string, string> = {},
): Promise<Counts> {
	const directory = mkdtempSync(join(tmpdir(), 'jest-report-'));
	const outputFile = join(directory, 'report.json');
	try {
		const ok = await jest(
			['--selectProjects', project, '--passWithNoTests', '--json', `--outputFile=${outputFile}`, ...jestArguments],
			env,
		);
		const counts = countTests(JSON.parse(readFileSync(outputFile, 'utf8')));
		// jest also fails for reasons that no test stands for, such as a global set-up that throws.
		return !ok && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
}
