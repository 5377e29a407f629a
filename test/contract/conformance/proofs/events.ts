import assert from 'node:assert/strict';
import { assertReply, type Bench, type Chapter, type Triggers } from '../bench';

const HANDLER = 'https://www.my-domain.com/handler/';
const EVENT = 'ONEXTERNALCALLSTART';
const bind = (bench: Bench, parameters: Record<string, unknown> = {}): Promise<unknown> => bench.ok<unknown>('event.bind', { event: EVENT, handler: HANDLER, ...parameters });
const bound = (bench: Bench): [string, string, number][] => bench.portal.state.handlers.map((handler) => [handler.event, handler.handler, handler.authType]);
const byWebhook = (method: string): Triggers => ({ 'Current authorization type is denied for this method': (bench) => bench.call(method, { event: EVENT, handler: HANDLER }, { webhook: bench.webhook }) });

/** event.bind */
export const bindChapter: Chapter = {
	valid: () => ({ event: EVENT, handler: HANDLER }),
	stages: { 1: () => undefined, 2: async (bench) => { await bind(bench); } },
	triggers: {
		...byWebhook('event.bind'),
		'Event not found': async (bench) => {
			assertReply(await bench.call('event.bind', { event: EVENT, handler: HANDLER }, { token: bench.tokenWith(['crm']) }), 400, { error: 'ERROR_EVENT_NOT_FOUND' });
			return bench.call('event.bind', { event: 'ONNOTHING', handler: HANDLER });
		},
		'Unable to set event handler: Handler already binded': async (bench) => {
			await bind(bench);
			return bench.call('event.bind', { event: EVENT.toLowerCase(), handler: HANDLER });
		},
		"Argument 'EVENT' is null or empty": (bench) => bench.call('event.bind', { handler: HANDLER }),
		"Argument 'HANDLER' is null or empty": (bench) => bench.call('event.bind', { event: EVENT }),
		'Value must be one of {online|offline}': (bench) => bench.call('event.bind', { event: EVENT, handler: HANDLER, event_type: 'sometimes' }),
		'Offline event cannot be registered for this event.': (bench) => bench.call('event.bind', { event: 'ONAPPTEST', event_type: 'offline' }),
		'Unsupported handler protocol': (bench) => bench.call('event.bind', { event: EVENT, handler: 'ftp://www.my-domain.com/' }),
		'Wrong handler URL': async (bench) => {
			assert.equal((await bench.call('event.bind', { event: EVENT, handler: 'http://127.0.0.1:5678/hook?a=b' })).status, 200);
			return bench.call('event.bind', { event: EVENT, handler: 'http://localhost:5678/hook' });
		},
		'Access denied! Event binding with AUTH_TYPE requires administrator access rights': (bench) => bench.call('event.bind', { event: EVENT, handler: HANDLER, auth_type: 3 }, { token: bench.tokenOf(2) }),
		'Access denied! Offline events binding requires administrator access rights': (bench) => bench.call('event.bind', { event: EVENT, event_type: 'offline' }, { token: bench.tokenOf(2) }),
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
			assert.deepEqual(bench.portal.state.handlers.map((handler) => handler.offline), [false, true]);
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
			assert.deepEqual(bench.portal.state.handlers.map((handler) => handler.minTimeout), [30, 1]);
		},
		'scope': async (bench) => {
			const narrow = { token: bench.tokenWith([]) };
			assert.equal((await bench.call('event.bind', { event: 'ONAPPTEST', handler: HANDLER }, narrow)).status, 200);
			assertReply(await bench.call('event.bind', { event: EVENT, handler: HANDLER }, narrow), 400, { error: 'ERROR_EVENT_NOT_FOUND' });
		},
		'permission': async (bench) => {
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

/** event.unbind */
export const unbindChapter: Chapter = {
	valid: async (bench) => {
		if (bound(bench).length === 0) await bind(bench);
		return { event: EVENT, handler: HANDLER };
	},
	stages: { 1: async (bench) => { await bind(bench); }, 2: () => undefined },
	triggers: {
		...byWebhook('event.unbind'),
		"Argument 'EVENT' is null or empty": (bench) => bench.call('event.unbind', { handler: HANDLER }),
		"Argument 'HANDLER' is null or empty": (bench) => bench.call('event.unbind', { event: EVENT }),
		'Access denied! Event unbinding with AUTH_TYPE requires administrator access rights': (bench) => bench.call('event.unbind', { event: EVENT, handler: HANDLER, auth_type: 3 }, { token: bench.tokenOf(2) }),
		'Access denied! Offline events unbinding requires administrator access rights': (bench) => bench.call('event.unbind', { event: EVENT, event_type: 'offline' }, { token: bench.tokenOf(2) }),
	},
	proofs: {
		'permission': (bench) => ownOnly(bench),
		'param:event': async (bench) => {
			await bind(bench);
			assert.deepEqual(await bench.ok('event.unbind', { event: 'OnExternalCallStart', handler: HANDLER }), { count: 1 });
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
			assert.equal((await bench.call('event.unbind', { event: EVENT, handler: HANDLER, auth_type: '2' }, own)).status, 403);
			assert.deepEqual((await bench.call('event.unbind', { event: EVENT, handler: HANDLER, auth_type: 2 }, own)).body.result, { count: 1 });
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
			assert.deepEqual(await bench.ok('event.unbind', { event: EVENT, handler: HANDLER, event_type: 'online' }), { count: 1 });
			assert.equal((await bench.call('event.unbind', { event: EVENT, handler: HANDLER, event_type: 'x' })).status, 400);
		},
		'param:auth_connector': async (bench) => {
			await bind(bench, { event_type: 'offline', auth_connector: 'mine' });
			assert.deepEqual(await bench.ok('event.unbind', { event: EVENT, event_type: 'offline' }), { count: 0 });
			assert.deepEqual(await bench.ok('event.unbind', { event: EVENT, event_type: 'offline', auth_connector: 'mine' }), { count: 1 });
		},
	},
};

/** What an employee without administrator's rights sees of the subscriptions. */
const ownOnly = async (bench: Bench): Promise<void> => {
	await bind(bench);
	const own = { token: bench.tokenOf(2) };
	assert.deepEqual((await bench.call('event.get', {}, own)).body.result, []);
	assert.deepEqual((await bench.call('event.unbind', { event: EVENT, handler: HANDLER }, own)).body.result, { count: 0 });
	await bench.call('event.bind', { event: EVENT, handler: HANDLER }, own);
	assert.equal(((await bench.call('event.get', {}, own)).body.result as unknown[]).length, 1);
	assert.deepEqual((await bench.call('event.unbind', { event: EVENT, handler: HANDLER }, own)).body.result, { count: 1 });
};

/** event.get */
export const eventGetChapter: Chapter = {
	valid: () => ({}),
	stages: { 1: async (bench) => { await bind(bench); } },
	triggers: byWebhook('event.get'),
	proofs: {
		'permission': (bench) => ownOnly(bench),
		'result': async (bench) => {
			await bind(bench);
			await bind(bench, { event_type: 'offline', auth_connector: 'mine' });
			await bench.ok('event.bind', { event: EVENT, handler: HANDLER }, { token: bench.tokenOf(2) });
			const online = { event: EVENT, handler: HANDLER, auth_type: '0', offline: 0 };
			assert.deepEqual(await bench.ok<unknown>('event.get'), [online, { event: EVENT, connector_id: 'mine', offline: 1 }, { ...online, auth_type: '2' }]);
			assert.deepEqual((await bench.call('event.get', {}, { token: bench.tokenOf(2) })).body.result, [{ ...online, auth_type: '2' }]);
		},
	},
};

/** events */
export const eventsChapter: Chapter = {
	valid: () => ({ SCOPE: 'telephony' }),
	stages: {},
	triggers: byWebhook('events'),
	proofs: {
		'param:SCOPE': async (bench) => assert.deepEqual(await bench.ok<unknown>('events', { SCOPE: 'user' }), ['ONUSERADD']),
		'param:FULL': async (bench) => {
			const narrow = { token: bench.tokenWith([]) };
			const all = (await bench.call('events', { FULL: true }, narrow)).body.result as string[];
			const own = (await bench.call('events', {}, narrow)).body.result as string[];
			assert.deepEqual([all.includes(EVENT), own.includes(EVENT), own.includes('ONAPPTEST')], [true, false, true]);
		},
		'example:1': async (bench) => assert.deepEqual(
			new Set(await bench.ok<string[]>('events', { SCOPE: 'telephony' })),
			new Set(['ONVOXIMPLANTCALLINIT', 'ONVOXIMPLANTCALLSTART', 'ONVOXIMPLANTCALLEND', 'ONEXTERNALCALLSTART', 'ONEXTERNALCALLBACKSTART']),
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
			assert.deepEqual([fields['data[QUERY][any]'], fields['data[QUERY][Nested][a][0]'], fields['data[QUERY][Nested][a][1]']], ['data', '1', '1']);
		},
	},
};
