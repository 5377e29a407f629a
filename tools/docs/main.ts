import { jest } from '../programs';
import { writeTables } from '../readme';

// Jest matches whole paths, and the folder of the repository may be called anything.
const MADE = '(Pages|faultTable)\\.test';
/** What documents say that no program can write: wishes, words of fields, Russian. */
const WRITTEN = 'unit/(docs|paper)/';

/**
 * Brings all made documents up to date: the tables of the README and its like, the pages of operations and triggers,
 * and the table of faults. The latter two are made by running the nodes, so tests write them. In the end tests say what
 * is left to be written by hand.
 */
async function main(): Promise<void> {
	writeTables();
	const isMade = await jest(['--selectProjects', 'engine', '--testPathPatterns', MADE], {
		OPERATION_PAGES: 'write',
		FAULT_TABLE: 'write',
	});
	const isWritten = await jest(['--selectProjects', 'unit', '--testPathPatterns', WRITTEN]);
	if (!isMade || !isWritten) process.exitCode = 1;
}

void main();
