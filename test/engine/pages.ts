import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeBy } from '../../tools/docs/operationPage';

const COMMAND = 'npm run docs';
const FOLDER = join(__dirname, '../../docs/operations');

/** Compares a page with the one in `docs/operations/`, or writes it when told to by OPERATION_PAGES=write. */
export function expectPage(file: string, text: string): void {
	const path = join(FOLDER, file);
	const page = `${madeBy(COMMAND)}\n\n${text}\n`;
	if (process.env.OPERATION_PAGES === 'write') {
		mkdirSync(FOLDER, { recursive: true });
		writeFileSync(path, page);
	}
	expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(page);
}

/** Files of the pages that are there. */
export function pages(): string[] {
	return readdirSync(FOLDER).sort();
}
