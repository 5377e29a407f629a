import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, DATABASES } from '../n8n/services/database';
import { ROOT } from '../programs';

/** Where the last run of every row is kept; the tables of README and docs are made from it. */
export const RECORD = join(ROOT, 'docs/compatibility.json');

/** What came of a check: what was seen, or why it failed. */
export interface Outcome {
	passed: boolean;
	seen: string;
}

/** One n8n on one Node with one database. */
export interface Row {
	/** Exact versions, for example `2.41.1` and `24.21.0`. */
	n8n: string;
	node: string;
	database: Database;
	/** The package's version. */
	package: string;
	/** Day of the run, as 2026-01-31. */
	date: string;
	/** By name of the check. A check that was not reached is missing. */
	checks: Record<string, Outcome>;
}

/** Reads the record. @throws Error when it is missing or no JSON */
export function readRecord(): Row[] {
	const record: Row[] = JSON.parse(readFileSync(RECORD, 'utf8'));
	return record;
}

/** Puts new rows into the record, in the place of those of the same n8n, Node and database, and in order. */
export function merge(record: Row[], rows: Row[]): Row[] {
	const kept = record.filter((old) => !rows.some((row) => place(row) === place(old)));
	return [...kept, ...rows].sort((one, other) => place(one).localeCompare(place(other), 'en', { numeric: true }));
}

/** Writes the record. */
export function writeRecord(rows: Row[]): void {
	writeFileSync(RECORD, `${JSON.stringify(rows, null, '\t')}\n`);
}

/** Minor version of n8n, major version of Node, database: a newer patch takes the place of an older one. */
function place({ n8n, node, database }: Row): string {
	return `${n8n.split('.').slice(0, 2).join('.')} ${node.split('.')[0] ?? ''} ${DATABASES.indexOf(database)}`;
}
