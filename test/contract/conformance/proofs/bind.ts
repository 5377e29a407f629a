import assert from 'node:assert/strict';
import { assertReply, type Chapter } from '../bench';
import { bind, bound, byWebhook, EVENT, HANDLER } from './binding';

/** event.bind */
export const bindChapter: Chapter = {
	valid: () => ({ event: EVENT, handler: HANDLER }),
	stages: {
		1: () => undefined,
		2: async (bench) => {
			await bind(bench);
		},
	},
	triggers: {
		...byWebhook('event.bind'),
		'Event not found': async (bench) => {
			assertReply(
				await bench.call('event.bind', { event: EVENT, handler: HANDLER }, { token: bench.tokenWith(['crm']) }),
				400,
				{ error: 'ERROR_EVENT_NOT_FOUND' },
			);
			return bench.call('event.bind', { event: 'ONNOTHING', handler: HANDLER });
		},
		'Unable to set event handler: Handler already binded': async (bench) => {
			await bind(bench);
			return bench.call('event.bind', { event: EVENT.toLowerCase(), handler: HANDLER });
		},
		"Argument 'EVENT' is null or empty": (bench) => bench.call('event.bind', { handler: HANDLER }),
		"Argument 'HANDLER' is null or empty": (bench) => bench.call('event.bind', { event: EVENT }),
		'Value must be one of {online|offline}': (bench) =>
			bench.call('event.bind', { event: EVENT, handler: HANDLER, event_type: 'sometimes' }),
		'Offline event cannot be registered for this event.': (bench) =>
			bench.call('event.bind', { event: 'ONAPPTEST', event_type: 'offline' }),
		'Unsupported handler protocol': (bench) =>
			bench.call('event.bind', { event: EVENT, handler: 'ftp://www.my-domain.com/' }),
		'Wrong handler URL': async (bench) => {
			assert.equal(
				(await bench.call('event.bind', { event: EVENT, handler: 'http://127.0.0.1:5678/hook?a=b' })).status,
				200,
			);
			return bench.call('event.bind', { event: EVENT, handler: 'http://localhost:5678/hook' });
		},
		'Access denied! Event binding with AUTH_TYPE requires administrator access rights': (bench) =>
			bench.call('event.bind', { event: EVENT, handler: HANDLER, auth_type: 3 }, { token: bench.tokenOf(2) }),
		'Access denied! Offline events binding requires administrator access rights': (bench) =>
			bench.call('event.bind', { event: EVENT, event_type: 'offline' }, { token: bench.tokenOf(2) }),
	},
	proofs: {
		'param:event': async (bench) => {
			await bind(bench, { event: 'OnExternalCallStart' });
			assert.deepEqual(bound(bench), [[EVENT, HANDLER, 0]]);
		},
		'param:handler': async (bench) => {
			await bind(bench);
			await bind(bench, { handler: `${HANDLER}?x=1` });
			await bind(bench, { auth_type: 3 });
			assert.equal(bound(bench).length, 3);
		},
		'param:auth_type': async (bench) => {
			const handler = await bench.receiver();
			await bind(bench, { event: 'ONAPPTEST', handler: handler.url, auth_type: 3 });
			await bench.ok('event.test');
			assert.equal((await bench.onlyEvent(handler))['auth[user_id]'], '3');
			await bench.ok('event.bind', { event: EVENT, handler: HANDLER }, { token: bench.tokenOf(2) });
			assert.deepEqual(bound(bench).at(-1), [EVENT, HANDLER, 2]);
		},
		'default:auth_type': async (bench) => {
			await bind(bench);
			assert.equal(bound(bench)[0]?.[2], 0);
		},
		'param:event_type': async (bench) => {
			await bind(bench, { event_type: 'OFFLINE', handler: undefined });
			assert.equal(bench.portal.state.handlers[0]?.offline, true);
		},
		'default:event_type': async (bench) => {
			await bind(bench);
			assert.equal(bench.portal.state.handlers[0]?.offline, false);
		},
		'enum:event_type': async (bench) => {
			await bind(bench, { event_type: 'online' });
			await bind(bench, { event_type: 'offline' });
			assert.deepEqual(
				bench.portal.state.handlers.map((handler) => handler.offline),
				[false, true],
			);
		},
		'param:auth_connector': async (bench) => {
			await bind(bench, { event: 'ONVOXIMPLANTCALLINIT', event_type: 'offline', auth_connector: 'mine' });
			await bench.registered({ auth_connector: 'mine' });
			assert.equal(bench.portal.state.offlineEvents.length, 0);
			await bench.registered({ auth_connector: 'other', TYPE: 1 });
			assert.equal(bench.portal.state.offlineEvents.length, 1);
		},
		'param:options': async (bench) => {
			await bind(bench, { event: 'ONOFFLINEEVENT', options: { minTimeout: 30 } });
			await bind(bench, { event: 'ONOFFLINEEVENT', handler: `${HANDLER}2` });
			assert.deepEqual(
				bench.portal.state.handlers.map((handler) => handler.minTimeout),
				[30, 1],
			);
		},
		scope: async (bench) => {
			const narrow = { token: bench.tokenWith([]) };
			assert.equal((await bench.call('event.bind', { event: 'ONAPPTEST', handler: HANDLER }, narrow)).status, 200);
			assertReply(await bench.call('event.bind', { event: EVENT, handler: HANDLER }, narrow), 400, {
				error: 'ERROR_EVENT_NOT_FOUND',
			});
		},
		permission: async (bench) => {
			const own = { token: bench.tokenOf(2) };
			assert.equal((await bench.call('event.bind', { event: EVENT, handler: HANDLER, auth_type: 2 }, own)).status, 200);
			assert.equal((await bench.call('event.bind', { event: EVENT, handler: HANDLER, auth_type: 1 }, own)).status, 403);
		},
		'behaviour:1': async (bench) => {
			const handlers = [await bench.handler('ONAPPTEST'), await bench.handler('ONAPPTEST')];
			await bench.ok('event.test');
			for (const handler of handlers) assert.deepEqual(await bench.eventsOf(handler), ['ONAPPTEST']);
		},
		'behaviour:2': async (bench) => {
			bench.portal.control.setApplication({ installed: false });
			const handler = await bench.handler('ONAPPTEST');
			await bench.ok('event.test');
			assert.deepEqual(await bench.eventsOf(handler), []);
			bench.portal.control.setApplication({ installed: true });
			await bench.ok('event.test');
			assert.deepEqual(await bench.eventsOf(handler), ['ONAPPTEST']);
		},
	},
};
