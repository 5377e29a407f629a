import { existsSync } from 'node:fs';
import { buildPackage } from '../build';
import { writeTables } from '../readme';
import { readSettings } from './arguments';
import { merge, readRecord, RECORD, type Row, writeRecord } from './record';
import { runRow } from './row';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

/** Runs the matrix row by row; what a row gave is kept at once, so that an interruption costs one row. */
async function main(): Promise<void> {
	const settings = readSettings(process.argv.slice(2));
	if (!(await buildPackage())) throw new Error('The package could not be built.');
	const rows: Row[] = [];
	for (const setting of settings) {
		console.log(`\n=== n8n ${setting.version} on Node ${setting.node} with ${setting.database} ===`);
		const row = await runRow(setting, (line) => console.log(line));
		rows.push(row);
		writeRecord(merge(existsSync(RECORD) ? readRecord() : [], [row]));
		writeTables();
	}
	const outcomes = rows.flatMap((row) => Object.values(row.checks));
	const passed = outcomes.filter((outcome) => outcome.passed).length;
	console.log(`\n${passed} passed, ${outcomes.length - passed} failed`);
	process.exitCode = passed === outcomes.length ? 0 : 1;
}
