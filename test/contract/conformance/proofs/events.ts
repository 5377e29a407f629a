import assert from 'node:assert/strict';
import type { Bench, Chapter } from '../bench';
import { bind, bound, byWebhook, EVENT, HANDLER } from './binding';

/** event.unbind */
export const unbindChapter: Chapter = {
	valid: async (bench) => {
		if (bound(bench).length === 0) await bind(bench);
		return { event: EVENT, handler: HANDLER };
	},
	stages: {
		1: async (bench) => {
			await bind(bench);
		},
		2: () => undefined,
	},
	triggers: {
		...byWebhook('event.unbind'),
		"Argument 'EVENT' is null or empty": (bench) => bench.call('event.unbind', { handler: HANDLER }),
		"Argument 'HANDLER' is null or empty": (bench) => bench.call('event.unbind', { event: EVENT }),
		'Access denied! Event unbinding with AUTH_TYPE requires administrator access rights': (bench) =>
			bench.call('event.unbind', { event: EVENT, handler: HANDLER, auth_type: 3 }, { token: bench.tokenOf(2) }),
		'Access denied! Offline events unbinding requires administrator access rights': (bench) =>
			bench.call('event.unbind', { event: EVENT, event_type: 'offline' }, { token: bench.tokenOf(2) }),
	},
	proofs: {
		permission: (bench) => ownOnly(bench),
		'param:event': async (bench) => {
			await bind(bench);
			assert.deepEqual(await bench.ok('event.unbind', { event: 'OnExternalCallStart', handler: HANDLER }), {
				count: 1,
			});
		},
		'param:handler': async (bench) => {
			await bind(bench);
			await bind(bench, { handler: `${HANDLER}2` });
			assert.deepEqual(await bench.ok('event.unbind', { event: EVENT, handler: HANDLER }), { count: 1 });
			assert.deepEqual(bound(bench), [[EVENT, `${HANDLER}2`, 0]]);
		},
		'param:auth_type': async (bench) => {
			for (const user of [0, 2, 3]) await bind(bench, { auth_type: user });
			assert.deepEqual(await bench.ok('event.unbind', { event: EVENT, handler: HANDLER, auth_type: 3 }), { count: 1 });
			const own = { token: bench.tokenOf(2) };
			assert.equal(
				(await bench.call('event.unbind', { event: EVENT, handler: HANDLER, auth_type: '2' }, own)).status,
				403,
			);
			assert.deepEqual(
				(await bench.call('event.unbind', { event: EVENT, handler: HANDLER, auth_type: 2 }, own)).body.result,
				{ count: 1 },
			);
			assert.deepEqual(await bench.ok('event.unbind', { event: EVENT, handler: HANDLER }), { count: 1 });
		},
		'param:event_type': async (bench) => {
			await bind(bench);
			await bind(bench, { event_type: 'offline' });
			assert.deepEqual(await bench.ok('event.unbind', { event: EVENT, event_type: 'offline' }), { count: 1 });
			assert.deepEqual(bound(bench), [[EVENT, HANDLER, 0]]);
		},
		'default:event_type': async (bench) => {
			await bind(bench, { event_type: 'offline' });
			assert.deepEqual(await bench.ok('event.unbind', { event: EVENT, handler: HANDLER }), { count: 0 });
		},
		'enum:event_type': async (bench) => {
			await bind(bench);
			assert.deepEqual(await bench.ok('event.unbind', { event: EVENT, handler: HANDLER, event_type: 'online' }), {
				count: 1,
			});
			assert.equal((await bench.call('event.unbind', { event: EVENT, handler: HANDLER, event_type: 'x' })).status, 400);
		},
		'param:auth_connector': async (bench) => {
			await bind(bench, { event_type: 'offline', auth_connector: 'mine' });
			assert.deepEqual(await bench.ok('event.unbind', { event: EVENT, event_type: 'offline' }), { count: 0 });
			assert.deepEqual(
				await bench.ok('event.unbind', { event: EVENT, event_type: 'offline', auth_connector: 'mine' }),
				{ count: 1 },
			);
		},
	},
};

/** What an employee without administrator's rights sees of the subscriptions. */
const ownOnly = async (bench: Bench): Promise<void> => {
	await bind(bench);
	const own = { token: bench.tokenOf(2) };
	assert.deepEqual((await bench.call('event.get', {}, own)).body.result, []);
	assert.deepEqual((await bench.call('event.unbind', { event: EVENT, handler: HANDLER }, own)).body.result, {
		count: 0,
	});
	await bench.call('event.bind', { event: EVENT, handler: HANDLER }, own);
	assert.equal(((await bench.call('event.get', {}, own)).body.result as unknown[]).length, 1);
	assert.deepEqual((await bench.call('event.unbind', { event: EVENT, handler: HANDLER }, own)).body.result, {
		count: 1,
	});
};

/** event.get */
export const eventGetChapter: Chapter = {
	valid: () => ({}),
	stages: {
		1: async (bench) => {
			await bind(bench);
		},
	},
	triggers: byWebhook('event.get'),
	proofs: {
		permission: (bench) => ownOnly(bench),
		result: async (bench) => {
			await bind(bench);
			await bind(bench, { event_type: 'offline', auth_connector: 'mine' });
			await bench.ok('event.bind', { event: EVENT, handler: HANDLER }, { token: bench.tokenOf(2) });
			const online = { event: EVENT, handler: HANDLER, auth_type: '0', offline: 0 };
			assert.deepEqual(await bench.ok<unknown>('event.get'), [
				online,
				{ event: EVENT, connector_id: 'mine', offline: 1 },
				{ ...online, auth_type: '2' },
			]);
			assert.deepEqual((await bench.call('event.get', {}, { token: bench.tokenOf(2) })).body.result, [
				{ ...online, auth_type: '2' },
			]);
		},
	},
};

/** events */
export const eventsChapter: Chapter = {
	valid: () => ({ SCOPE: 'telephony' }),
	stages: {},
	triggers: byWebhook('events'),
	proofs: {
		'param:SCOPE': async (bench) =>
			assert.deepEqual(await bench.ok<unknown>('events', { SCOPE: 'user' }), ['ONUSERADD']),
		'param:FULL': async (bench) => {
			const narrow = { token: bench.tokenWith([]) };
			const all = (await bench.call('events', { FULL: true }, narrow)).body.result as string[];
			const own = (await bench.call('events', {}, narrow)).body.result as string[];
			assert.deepEqual([all.includes(EVENT), own.includes(EVENT), own.includes('ONAPPTEST')], [true, false, true]);
		},
		'example:1': async (bench) =>
			assert.deepEqual(
				new Set(await bench.ok<string[]>('events', { SCOPE: 'telephony' })),
				new Set([
					'ONVOXIMPLANTCALLINIT',
					'ONVOXIMPLANTCALLSTART',
					'ONVOXIMPLANTCALLEND',
					'ONEXTERNALCALLSTART',
					'ONEXTERNALCALLBACKSTART',
				]),
			),
	},
};

/** event.test */
export const eventTestChapter: Chapter = {
	valid: () => ({ any: 'data' }),
	stages: { 1: () => undefined },
	triggers: byWebhook('event.test'),
	reasons: { keys: 'all parameters are handed on as they are; there is no name to read' },
	proofs: {
		'param:*': async (bench) => {
			const handler = await bench.handler('ONAPPTEST');
			assert.equal(await bench.ok<number>('event.test', { any: 'data', Nested: { a: [1, true] } }), 1);
			const fields = await bench.onlyEvent(handler);
			assert.deepEqual(
				[fields['data[QUERY][any]'], fields['data[QUERY][Nested][a][0]'], fields['data[QUERY][Nested][a][1]']],
				['data', '1', '1'],
			);
		},
	},
};
