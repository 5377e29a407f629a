import { startPortal, type Portal } from '../../sandbox/portal';
import { Client, startReceiver, type Receiver } from './support/client';

const CALLS = 1000;
const AT_ONCE = 50;
let portal: Portal;
let handler: Receiver;

beforeEach(async () => {
	portal = await startPortal();
	handler = await startReceiver();
});

afterEach(async () => {
	await portal.stop();
	await handler.stop();
});

/** Runs work for 0..count-1 with many under way at once. */
async function inParallel<Result>(count: number, work: (index: number) => Promise<Result>): Promise<Result[]> {
	const results: Result[] = [];
	let next = 0;
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			for (let index = next++; index < count; index = next++) results[index] = await work(index);
		}),
	);
	return results;
}

test('a thousand calls at once: nothing is lost, no CALL_ID comes twice', async () => {
	const client = Client.of(portal);
	await client.result('event.bind', { event: 'ONVOXIMPLANTCALLEND', handler: handler.url });
	const ids = await inParallel(CALLS, async (index) => {
		const { CALL_ID: callId } = await client.result('telephony.externalCall.register', {
			USER_ID: (index % 4) + 1,
			PHONE_NUMBER: `+1202555${1000 + (index % 200)}`,
			TYPE: (index % 2) + 1,
			EXTERNAL_CALL_ID: `pbx-${index}`,
			CRM_CREATE: 1,
		});
		await client.result('telephony.externalCall.finish', { CALL_ID: callId, USER_ID: 1, DURATION: index });
		return String(callId);
	});
	expect(new Set(ids).size).toBe(CALLS);
	expect(portal.state.calls.size).toBe(0);
	expect(portal.state.history.map((row) => row.duration).sort((a, b) => a - b)).toEqual(
		Array.from({ length: CALLS }, (_, index) => index),
	);
	expect(new Set(portal.state.history.map((row) => row.id)).size).toBe(CALLS);
	expect(portal.state.clients.filter((client_) => client_.createdByCall !== undefined)).toHaveLength(200);
	await portal.control.idle();
	expect(new Set(handler.received.map((entry) => entry.fields.get('data[CALL_ID]')))).toEqual(new Set(ids));
	expect(handler.received).toHaveLength(CALLS);
});

test('the same registration a hundred times at once is one call', async () => {
	const client = Client.of(portal);
	const ids = await inParallel(
		100,
		async () =>
			(await client.result('telephony.externalCall.register', { USER_ID: 1, PHONE_NUMBER: '+12025550100', TYPE: 2 }))
				.CALL_ID,
	);
	expect(new Set(ids).size).toBe(1);
	const finished = await inParallel(
		20,
		async () => (await client.call('telephony.externalCall.finish', { CALL_ID: ids[0], USER_ID: 1 })).status,
	);
	expect(finished.filter((status) => status === 200)).toHaveLength(1);
});

test('several portals run side by side and know nothing of each other', async () => {
	const second = await startPortal({ seed: 'empty' });
	try {
		expect((await Client.of(second).call('profile', {}, { token: Client.of(portal).token })).body.error).toBe(
			'invalid_token',
		);
		await Client.of(portal).result('telephony.externalCall.register', { USER_ID: 1, PHONE_NUMBER: '1', TYPE: 1 });
		expect([portal.state.calls.size, second.state.calls.size, second.state.employees.size]).toEqual([1, 0, 1]);
	} finally {
		await second.stop();
	}
});

test('many portals start and run at once, each at addresses of its own', async () => {
	const started = await Promise.allSettled(Array.from({ length: 10 }, () => startPortal()));
	const portals = started.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
	try {
		expect(portals).toHaveLength(started.length);
		expect(new Set([portal, ...portals].flatMap(({ url, authorizationUrl }) => [url, authorizationUrl])).size).toBe(
			2 * (portals.length + 1),
		);
		await Promise.all(
			portals.map((one, index) => Client.of(one).result('telephony.externalLine.add', { NUMBER: `+49${index}` })),
		);
		const added = portals.map(({ state }, index) =>
			state.lines.filter(({ number }) => /^\+49\d$/.test(number)).map(({ number }) => number === `+49${index}`),
		);
		expect(added).toEqual(portals.map(() => [true]));
	} finally {
		await Promise.all(portals.map((one) => one.stop()));
	}
});
