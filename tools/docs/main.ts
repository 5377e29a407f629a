import { jest } from '../programs';
import { writeTables } from '../readme';

/**
 * Brings all made documents up to date: the tables of the README and its like, the pages of operations and triggers,
 * and the table of faults. The latter two are made by running the nodes, so tests write them.
 */
async function main(): Promise<void> {
	writeTables();
	const written = { OPERATION_PAGES: 'write', FAULT_TABLE: 'write' };
	// Jest matches whole paths, and the folder of the repository may be called anything.
	const files = '(Pages|faultTable)\\.test';
	const isDone = await jest(['--selectProjects', 'engine', '--testPathPatterns', files], written);
	if (!isDone) process.exitCode = 1;
}

void main();
