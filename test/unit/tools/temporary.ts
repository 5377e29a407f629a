import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory for each test of a file, removed after it. @returns how to ask for the current one */
export function temporaryDirectory(): () => string {
	let directory = '';
	beforeEach(() => {
		directory = mkdtempSync(join(tmpdir(), 'tools-test-'));
	});
	afterEach(() => {
		rmSync(directory, { recursive: true, force: true });
	});
	return () => directory;
}
