import assert from 'node:assert/strict';
import type { Bench, Chapter } from '../bench';
import type { Reply } from '../../support/client';
import {
	CLEAR,
	common,
	ERROR,
	getValid,
	INIT,
	LIST,
	list,
	names,
	queue,
	reserve,
	START,
	withoutData,
} from './offlineQueue';

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
		for (let number = 0; number < 105; number += 1)
			await bench.registered({ PHONE_NUMBER: `+1202555${1000 + number}` });
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

const clearValid = async (bench: Bench): Promise<Record<string, unknown>> => ({
	process_id: (await reserve(bench)).process_id,
});
const clearCommon = common(CLEAR, clearValid);
const missing =
	(method: string): ((bench: Bench) => Promise<Reply>) =>
	(bench) =>
		bench.call(method, {});

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
			assert.deepEqual(
				(await list(bench)).map((row) => row.ERROR),
				['0', '0'],
			);
		},
		'param:message_id': async (bench) => {
			await bench.ok(ERROR, await errorValid(bench));
			assert.deepEqual(
				(await list(bench)).map((row) => row.ERROR),
				['1', '0'],
			);
		},
	},
};
