import type { VersionName } from '../n8n/versions';
import { runJest } from '../test/jest';
import type { Outcome } from './record';
import type { Setting } from './stage';

/** What it is called in the record, and as the head of its column. */
export const OPERATIONS = { name: 'operations', title: 'Every operation' };

/** Whether a row has this check: once for a version of n8n is enough, and it brings an n8n of its own. */
export function hasOperations({ node, database }: Setting): boolean {
	return node === 24 && database === 'SQLite';
}

/** Runs the test of every operation, with its lists to search and the schema of its output, on another n8n. */
export async function tryOperations(version: VersionName): Promise<Outcome> {
	const { passed, failed } = await runJest('e2e', ['--testPathPatterns', 'e2e/operations'], { TEST_N8N: version });
	return { passed: failed === 0 && passed > 0, seen: `${passed} of ${passed + failed} tests` };
}
