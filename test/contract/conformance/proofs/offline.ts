import assert from 'node:assert/strict';
import { type Bench, type Chapter, type Triggers } from '../bench';
import type { Reply } from '../../support/client';

interface Row {
	ID: string;
	EVENT_NAME: string;
	MESSAGE_ID: string;
	PROCESS_ID?: string;
	ERROR?: string;
}

const GET = 'event.offline.get';
const LIST = 'event.offline.list';
const CLEAR = 'event.offline.clear';
const ERROR = 'event.offline.error';
const DAY = 24 * 3600;

/** Puts two events of different kinds into the queue. */
async function queue(bench: Bench, connector?: string): Promise<void> {
	for (const event of ['ONVOXIMPLANTCALLINIT', 'ONVOXIMPLANTCALLSTART']) await bench.ok('event.bind', { event, event_type: 'offline', auth_connector: connector });
	await bench.registered();
}

/** The documentation's example has events without data. */
async function withoutData(bench: Bench): Promise<void> {
	await queue(bench);
	for (const row of bench.portal.state.offlineEvents) Object.assign(row, { data: false, userId: null });
}

const get = (bench: Bench, parameters: Record<string, unknown> = {}): Promise<{ process_id: string | null; events: Row[] }> => bench.ok(GET, parameters);
const list = (bench: Bench, parameters: Record<string, unknown> = {}): Promise<Row[]> => bench.ok(LIST, parameters);
const names = (rows: readonly Row[]): string[] => rows.map((row) => row.EVENT_NAME);
/** Queues two events and reserves both. */
async function reserve(bench: Bench): Promise<{ process_id: string; events: Row[] }> {
	await queue(bench);
	const batch = await get(bench, { clear: 0 });
	return { ...batch, process_id: String(batch.process_id) };
}

const INIT = 'ONVOXIMPLANTCALLINIT';
const START = 'ONVOXIMPLANTCALLSTART';

function common(method: string, valid: (bench: Bench) => Promise<Record<string, unknown>>): { triggers: Triggers; permission: Chapter['proofs'] } {
	return {
		triggers: {
			'Current authorization type is denied for this method': (bench) => bench.call(method, {}, { webhook: bench.webhook }),
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

const getValid = async (bench: Bench): Promise<Record<string, unknown>> => {
	await queue(bench);
	return { limit: 50 };
};
const getCommon = common(GET, getValid);

/** event.offline.get */
export const offlineGetChapter: Chapter = {
	valid: getValid,
	stages: { 1: withoutData },
	triggers: {
		...getCommon.triggers,
		'text not confirmed': (bench) => bench.call(GET, { limit: 0 }),
	},
	reasons: { 'error:?:clear=0 on a plan without rest_offline_extended raises a licence exception; code and status were not confirmed': 'code and status are not known; the sandbox answers 403 ACCESS_DENIED' },
	proofs: {
		...getCommon.permission,
		'param:filter': async (bench) => {
			await queue(bench);
			assert.deepEqual(names((await get(bench, { filter: { EVENT_NAME: START } })).events), [START]);
			assert.deepEqual(names((await get(bench, { filter: { '>ID': 100 } })).events), []);
		},
		'param:order': async (bench) => {
			await queue(bench);
			assert.deepEqual(names((await get(bench, { order: { ID: 'DESC' } })).events), [START, INIT]);
		},
		'param:limit': async (bench) => {
			await queue(bench);
			assert.equal((await get(bench, { limit: 1 })).events.length, 1);
			assert.equal((await list(bench)).length, 1);
		},
		'default:limit': async (bench) => {
			await bench.ok('event.bind', { event: INIT, event_type: 'offline' });
			for (let number = 0; number < 55; number += 1) await bench.registered({ PHONE_NUMBER: `+1202555${1000 + number}` });
			assert.equal((await get(bench)).events.length, 50);
		},
		'param:clear': async (bench) => {
			const { process_id: process, events } = await reserve(bench);
			assert.match(process, /^\w{32}$/);
			assert.deepEqual((await list(bench)).map((row) => row.PROCESS_ID), [process, process]);
			assert.deepEqual([events.length, (await get(bench)).events.length], [2, 0]);
		},
		'default:clear': async (bench) => {
			await queue(bench);
			assert.equal((await get(bench)).process_id, null);
			assert.deepEqual(await list(bench), []);
		},
		'enum:clear': async (bench) => {
			await queue(bench);
			await get(bench, { clear: 1, limit: 1 });
			await get(bench, { clear: 0 });
			assert.equal((await list(bench)).length, 1);
		},
		'param:process_id': async (bench) => {
			const { process_id: process } = await reserve(bench);
			assert.equal((await get(bench, { process_id: process, clear: 0 })).events.length, 2);
		},
		'param:auth_connector': async (bench) => {
			await queue(bench, 'mine');
			assert.equal((await get(bench)).events.length, 0);
			assert.equal((await get(bench, { auth_connector: 'mine' })).events.length, 2);
		},
		'param:error': async (bench) => {
			const { process_id: process, events } = await reserve(bench);
			await bench.ok(ERROR, { process_id: process, message_id: [events[0]?.MESSAGE_ID] });
			assert.equal((await get(bench, { process_id: process, clear: 0 })).events.length, 1);
			assert.equal((await get(bench, { process_id: process, clear: 0, error: 1 })).events.length, 2);
		},
		'enum:error': async (bench) => {
			const { process_id: process, events } = await reserve(bench);
			await bench.ok(ERROR, { process_id: process, message_id: events.map((row) => row.MESSAGE_ID) });
			assert.equal((await get(bench, { process_id: process, clear: 0, error: 0 })).events.length, 0);
			assert.equal((await get(bench, { process_id: process, clear: 0, error: 1 })).events.length, 2);
		},
	},
};

const listCommon = common(LIST, getValid);

/** event.offline.list */
export const offlineListChapter: Chapter = {
	valid: async (bench) => {
		await queue(bench);
		return { filter: { EVENT_NAME: INIT } };
	},
	stages: { 1: withoutData },
	triggers: listCommon.triggers,
	fill: async (bench) => {
		await bench.ok('event.bind', { event: INIT, event_type: 'offline' });
		for (let number = 0; number < 105; number += 1) await bench.registered({ PHONE_NUMBER: `+1202555${1000 + number}` });
		return 105;
	},
	proofs: {
		...listCommon.permission,
		'param:filter': async (bench) => {
			const { process_id: process } = await reserve(bench);
			assert.equal((await list(bench, { filter: { PROCESS_ID: process } })).length, 2);
			assert.equal((await list(bench, { filter: { ERROR: 1 } })).length, 0);
		},
		'param:order': async (bench) => {
			await queue(bench);
			assert.deepEqual(names(await list(bench, { order: { EVENT_NAME: 'DESC' } })), [START, INIT]);
		},
		'param:start': async (bench) => {
			await queue(bench);
			assert.deepEqual(names(await list(bench, { start: 1 })), [START]);
		},
		'param:auth_connector': async (bench) => {
			await queue(bench, 'mine');
			assert.deepEqual([(await list(bench)).length, (await list(bench, { auth_connector: 'mine' })).length], [0, 2]);
		},
	},
};

const clearValid = async (bench: Bench): Promise<Record<string, unknown>> => ({ process_id: (await reserve(bench)).process_id });
const clearCommon = common(CLEAR, clearValid);
const missing = (method: string): ((bench: Bench) => Promise<Reply>) => (bench) => bench.call(method, {});

/** event.offline.clear */
export const offlineClearChapter: Chapter = {
	valid: clearValid,
	stages: { 1: () => undefined },
	triggers: { ...clearCommon.triggers, "Argument 'PROCESS_ID' is null or empty": missing(CLEAR) },
	proofs: {
		...clearCommon.permission,
		'param:process_id': async (bench) => {
			await bench.ok(CLEAR, await clearValid(bench));
			assert.deepEqual(await list(bench), []);
		},
		'param:id': async (bench) => {
			const { process_id: process, events } = await reserve(bench);
			await bench.ok(CLEAR, { process_id: process, id: [events[0]?.ID] });
			assert.deepEqual(names(await list(bench)), [START]);
		},
		'param:message_id': async (bench) => {
			const { process_id: process, events } = await reserve(bench);
			await bench.ok(CLEAR, { process_id: process, message_id: [events[1]?.MESSAGE_ID] });
			assert.deepEqual(names(await list(bench)), [INIT]);
		},
	},
};

const errorValid = async (bench: Bench): Promise<Record<string, unknown>> => {
	const { process_id: process, events } = await reserve(bench);
	return { process_id: process, message_id: [events[0]?.MESSAGE_ID] };
};
const errorCommon = common(ERROR, errorValid);

/** event.offline.error */
export const offlineErrorChapter: Chapter = {
	valid: errorValid,
	stages: { 1: () => undefined },
	triggers: {
		...errorCommon.triggers,
		"Argument 'PROCESS_ID' is null or empty": missing(ERROR),
		"Argument 'MESSAGE_ID' is null or empty": (bench) => bench.call(ERROR, { process_id: 'x', message_id: 'no list' }),
	},
	proofs: {
		...errorCommon.permission,
		'param:process_id': async (bench) => {
			const { message_id: messages } = await errorValid(bench);
			await bench.ok(ERROR, { process_id: 'another', message_id: messages });
			assert.deepEqual((await list(bench)).map((row) => row.ERROR), ['0', '0']);
		},
		'param:message_id': async (bench) => {
			await bench.ok(ERROR, await errorValid(bench));
			assert.deepEqual((await list(bench)).map((row) => row.ERROR), ['1', '0']);
		},
	},
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
