import type { JsonObject } from '../decode';
import { ask, type Call, type Conversation } from '../plan';
import { history, type HistoryFilter, type HistoryRow } from './history';

/** Rows that the portal gives at a time (contract data, limits). */
export const PAGE = 50;

/**
 * Asks for a list page by page.
 *
 * @param list the call for the rows from an offset on.
 * @param limit most rows wanted.
 * @returns each row once, told by its ID. A page that is not full, or brings nothing new, is the last one.
 */
export function* pages(list: (start: number) => Call<JsonObject[]>, limit: number): Conversation<JsonObject[]> {
	const rows = new Map<string, JsonObject>();
	for (let start = 0; ; start += PAGE) {
		const page = yield* ask(list(start));
		const before = rows.size;
		for (const row of page) if (!rows.has(String(row.ID))) rows.set(String(row.ID), row);
		if (page.length < PAGE || rows.size === before || rows.size >= limit) return [...rows.values()].slice(0, limit);
	}
}

/** Order of the history. */
export interface HistoryOrder {
	/** A field of the history. */
	SORT: string;
	ORDER: 'ASC' | 'DESC';
}

/**
 * Rows of the history while calls come in: none doubled, none lost, and always an end. What is logged after the first
 * request does not belong to it.
 *
 * @param limit most rows wanted; infinite for all.
 */
export function* historyRows(filter: HistoryFilter, order: HistoryOrder, limit: number): Conversation<HistoryRow[]> {
	if (limit <= PAGE) return (yield* ask(history(filter, order))).slice(0, limit);
	if (limit === Infinity) return sorted(yield* wholeHistory(filter), order);
	// Offsets hold still only while no row comes in, so later rows are shut out.
	const [newest] = yield* ask(history(filter, { SORT: 'ID', ORDER: 'DESC' }));
	if (!newest) return [];
	return yield* pages((start) => history({ ...filter, '<=ID': Number(newest.ID) }, { ...order, start }), limit);
}

/** Every row, from the newest ID downwards: each page begins below the last row of the one before. */
function* wholeHistory(filter: HistoryFilter): Conversation<HistoryRow[]> {
	const rows: HistoryRow[] = [];
	let below = Infinity;
	for (;;) {
		const page = yield* ask(
			history({ ...filter, '<ID': below === Infinity ? undefined : below }, { SORT: 'ID', ORDER: 'DESC' }),
		);
		const fresh = page.filter(({ ID }) => Number(ID) < below);
		rows.push(...fresh);
		below = Math.min(below, ...fresh.map(({ ID }) => Number(ID)));
		if (page.length < PAGE || fresh.length === 0) return rows;
	}
}

/** Rows of one instant keep the order of their IDs. */
function sorted(rows: HistoryRow[], { SORT, ORDER }: HistoryOrder): HistoryRow[] {
	const sign = ORDER === 'ASC' ? 1 : -1;
	const key = (row: HistoryRow): number =>
		SORT === 'CALL_START_DATE' ? Date.parse(String(row[SORT])) : Number(row[SORT]);
	return rows.sort((one, other) => sign * (key(one) - key(other) || Number(one.ID) - Number(other.ID)));
}
