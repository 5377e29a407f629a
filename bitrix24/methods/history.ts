import { asRows, type JsonObject } from '../decode';
import type { FormValue } from '../phpForm';
import type { Call } from '../plan';

/** A row of the call history. Every value is text or null (contract data, voximplant.statistic.get). */
export type HistoryRow = JsonObject;

/** Filter of the history: field names with an operator in front. The portal drops unknown operators without a word. */
export type HistoryFilter = Record<string, FormValue>;

/** `voximplant.statistic.get`. The rows are those that the connected employee may see. */
export function history(
	filter: HistoryFilter,
	more: { SORT?: string; ORDER?: 'ASC' | 'DESC'; start?: number } = {},
): Call<HistoryRow[]> {
	return {
		method: 'voximplant.statistic.get',
		parameters: { FILTER: filter, ...more },
		decode: asRows,
		effect: 'read',
	};
}

/** The row of one call. The row's own id decides: a portal that knows no filter would give any row. */
export function rowWith(
	name: 'CALL_ID' | 'EXTERNAL_CALL_ID',
	id: string,
): (rows: HistoryRow[]) => HistoryRow | undefined {
	return (rows) => rowsWith(rows, name, id)[0];
}

/** The rows that carry an id, see {@link rowWith}. */
export function rowsWith(rows: HistoryRow[], name: 'CALL_ID' | 'EXTERNAL_CALL_ID', id: string): HistoryRow[] {
	return rows.filter((row) => row[name] === id);
}

/**
 * A row in the words in which finish answers: numbers as numbers, the type under INCOMING.
 *
 * @returns what `telephony.externalCall.finish` would have given.
 */
export function asFinished(row: HistoryRow): JsonObject & { CALL_ID: string } {
	const { CALL_TYPE, ...rest } = row;
	const numbers = Object.fromEntries(NUMBERS.map((name) => [name, numberOf(row[name])]));
	return {
		...rest,
		...numbers,
		INCOMING: CALL_TYPE ?? null,
		CALL_STATUS: Number(row.CALL_DURATION) > 0 ? 1 : 0,
		CALL_ID: String(row.CALL_ID),
	};
}

const NUMBERS = [
	'ID',
	'PORTAL_USER_ID',
	'CALL_DURATION',
	'CALL_VOTE',
	'COST',
	'CRM_ACTIVITY_ID',
	'CRM_ENTITY_ID',
	'RECORD_FILE_ID',
	'TRANSCRIPT_ID',
];

function numberOf(value: JsonObject[string]): number | null {
	return value === null || value === undefined || value === '' || !Number.isFinite(Number(value))
		? null
		: Number(value);
}
