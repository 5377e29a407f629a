import assert from 'node:assert/strict';
import type { Bench, Chapter, Triggers } from '../bench';

interface Row {
	ID: string;
	EVENT_NAME: string;
	MESSAGE_ID: string;
	PROCESS_ID?: string;
	ERROR?: string;
}

export const GET = 'event.offline.get';
export const LIST = 'event.offline.list';
export const CLEAR = 'event.offline.clear';
export const ERROR = 'event.offline.error';
const DAY = 24 * 3600;

/** Puts two events of different kinds into the queue. */
export async function queue(bench: Bench, connector?: string): Promise<void> {
	for (const event of ['ONVOXIMPLANTCALLINIT', 'ONVOXIMPLANTCALLSTART'])
		await bench.ok('event.bind', { event, event_type: 'offline', auth_connector: connector });
	await bench.registered();
}

/** The documentation's example has events without data. */
export async function withoutData(bench: Bench): Promise<void> {
	await queue(bench);
	for (const row of bench.portal.state.offlineEvents) Object.assign(row, { data: false, userId: null });
}

/** Takes events out of the queue. */
export const get = (
	bench: Bench,
	parameters: Record<string, unknown> = {},
): Promise<{ process_id: string | null; events: Row[] }> => bench.ok(GET, parameters);
/** Looks at the queue. */
export const list = (bench: Bench, parameters: Record<string, unknown> = {}): Promise<Row[]> =>
	bench.ok(LIST, parameters);
/** Names of the events. */
export const names = (rows: readonly Row[]): string[] => rows.map((row) => row.EVENT_NAME);
/** Queues two events and reserves both. */
export async function reserve(bench: Bench): Promise<{ process_id: string; events: Row[] }> {
	await queue(bench);
	const batch = await get(bench, { clear: 0 });
	return { ...batch, process_id: String(batch.process_id) };
}

export const INIT = 'ONVOXIMPLANTCALLINIT';
export const START = 'ONVOXIMPLANTCALLSTART';

/** What all methods of the queue have in common: no webhooks, administrators only. */
export function common(
	method: string,
	valid: (bench: Bench) => Promise<Record<string, unknown>>,
): { triggers: Triggers; permission: Chapter['proofs'] } {
	return {
		triggers: {
			'Current authorization type is denied for this method': (bench) =>
				bench.call(method, {}, { webhook: bench.webhook }),
			'Access denied!': (bench) => bench.call(method, {}, { token: bench.tokenOf(2) }),
		},
		permission: {
			permission: async (bench) => {
				const parameters = await valid(bench);
				assert.equal((await bench.call(method, parameters, { token: bench.tokenOf(2) })).status, 403);
				assert.equal((await bench.call(method, parameters)).status, 200);
			},
		},
	};
}

/** Fills the queue and gives parameters that work. */
export const getValid = async (bench: Bench): Promise<Record<string, unknown>> => {
	await queue(bench);
	return { limit: 50 };
};

/** Reserved rows that nobody confirms go in the end (C20). */
export async function purged(bench: Bench, days: number): Promise<void> {
	await reserve(bench);
	bench.portal.control.advance((days - 0.5) * DAY);
	bench.client.token = bench.tokenOf(1);
	assert.equal((await list(bench)).length, 2);
	bench.portal.control.advance(DAY);
	bench.client.token = bench.tokenOf(1);
	assert.equal((await list(bench)).length, 0);
}
