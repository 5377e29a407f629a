import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installN8n } from '../n8n/install';
import { exactVersion } from '../n8n/versions';
import { ROOT } from '../programs';
import { checks } from './checks';
import { hasOperations, OPERATIONS, tryOperations } from './operations';
import type { Outcome, Row } from './record';
import { onStage, type Setting } from './stage';

/** Text of a failed check in the record. */
const SEEN_LENGTH = 400;

/**
 * Runs all checks on one n8n, each on its own account; an essential one that fails ends the row.
 * @param tell gets a line for each check when it is done
 * @returns the row; n8n that does not start is a failure of the first check
 * @throws Error when the package, Node or n8n cannot be installed
 */
export async function runRow(setting: Setting, tell: (line: string) => void): Promise<Row> {
	const { node } = await installN8n(setting);
	const outcomes: Record<string, Outcome> = {};
	const note = (name: string, outcome: Outcome): void => {
		outcomes[name] = outcome;
		tell(`${outcome.passed ? 'passed' : 'FAILED'}  ${name}: ${outcome.seen}`);
	};
	try {
		await onStage(setting, async (stage) => {
			for (const { name, isEssential, run } of checks) {
				const outcome = await run(stage).then((seen) => ({ passed: true, seen }), failure);
				note(name, outcome);
				if (!outcome.passed && isEssential) return;
			}
		});
	} catch (error) {
		note(checks.find(({ name }) => !(name in outcomes))?.name ?? 'end', failure(error));
	}
	if (hasOperations(setting)) note(OPERATIONS.name, await tryOperations(setting.version).catch(failure));
	const manifest: { version: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
	return {
		n8n: exactVersion(setting.version),
		node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1),
		database: setting.database,
		package: manifest.version,
		date: new Date().toISOString().slice(0, 10),
		checks: outcomes,
	};
}

function failure(error: unknown): Outcome {
	// Ports and signatures differ in every run, and would change the record without a reason.
	const text = (error instanceof Error ? error.message : String(error))
		.replace(/(127\.0\.0\.1):\d+/g, '$1')
		.replace(/\?signature=[\w-]+/g, '');
	return { passed: false, seen: text.slice(0, SEEN_LENGTH) };
}
