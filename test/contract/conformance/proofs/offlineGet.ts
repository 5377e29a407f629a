import assert from 'node:assert/strict';
import type { Chapter } from '../bench';
import {
	common,
	ERROR,
	get,
	GET,
	getValid,
	INIT,
	list,
	names,
	queue,
	reserve,
	START,
	withoutData,
} from './offlineQueue';

const getCommon = common(GET, getValid);

/** event.offline.get */
export const offlineGetChapter: Chapter = {
	valid: getValid,
	stages: { 1: withoutData },
	triggers: {
		...getCommon.triggers,
		'text not confirmed': (bench) => bench.call(GET, { limit: 0 }),
	},
	reasons: {
		'error:?:clear=0 on a plan without rest_offline_extended raises a licence exception; code and status were not confirmed':
			'code and status are not known; the sandbox answers 403 ACCESS_DENIED',
	},
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
			for (let number = 0; number < 55; number += 1)
				await bench.registered({ PHONE_NUMBER: `+1202555${1000 + number}` });
			assert.equal((await get(bench)).events.length, 50);
		},
		'param:clear': async (bench) => {
			const { process_id: process, events } = await reserve(bench);
			assert.match(process, /^\w{32}$/);
			assert.deepEqual(
				(await list(bench)).map((row) => row.PROCESS_ID),
				[process, process],
			);
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
