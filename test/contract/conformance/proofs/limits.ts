import assert from 'node:assert/strict';
import { assertReply, type Bench, type Chapter } from '../bench';

const FINISH = 'telephony.externalCall.finish';
const TOO_LONG = 34;

/** Registers calls and gives the commands that finish them. */
async function finishes(bench: Bench, count: number): Promise<Record<string, string>> {
	const commands: Record<string, string> = {};
	for (let number = 0; number < count; number += 1)
		commands[`c${number}`] =
			`${FINISH}?USER_ID=1&CALL_ID=${await bench.registered({ PHONE_NUMBER: `+1202555${1000 + number}` })}`;
	return commands;
}

/** Finishes calls until the portal refuses, and gives the number that went through. */
async function finishUntilRefused(bench: Bench): Promise<number> {
	for (let count = 0; ; count += 1) {
		const reply = await bench.call(FINISH, {
			CALL_ID: await bench.registered({ PHONE_NUMBER: `+12025${100000 + count}` }),
			USER_ID: 1,
		});
		if (reply.status === 429) return count;
		assert.equal(reply.status, 200);
	}
}

/** Limits of requests and of time. */
export const limitsChapter: Chapter = {
	proofs: {
		bucket: async (bench) => {
			bench.portal.control.setLimits({ intensity: true, leakPerSecond: 0 });
			const replies = await Promise.all(Array.from({ length: 60 }, () => bench.call('profile')));
			assert.deepEqual(
				[200, 503].map((status) => replies.filter((reply) => reply.status === status).length),
				[50, 10],
			);
			assert.ok(replies.every((reply) => reply.status === 200 || reply.body.error === 'QUERY_LIMIT_EXCEEDED'));
			bench.portal.control.setLimits({ bucket: 250 });
			assert.equal((await bench.call('profile')).status, 200);
		},
		leak: async (bench) => {
			bench.portal.control.setLimits({ intensity: true, bucket: 50, leakPerSecond: 0 });
			await Promise.all(Array.from({ length: 50 }, () => bench.call('profile')));
			bench.portal.control.setLimits({ leakPerSecond: 2 });
			bench.portal.control.advance(5);
			bench.portal.limits.gauges();
			bench.portal.control.setLimits({ leakPerSecond: 0 });
			const replies = [];
			for (let number = 0; number < 14; number += 1) replies.push((await bench.call('profile')).status);
			const passed = replies.filter((status) => status === 200).length;
			assert.ok(passed >= 10 && passed <= 12, `${passed} passed`);
		},
		operating: async (bench) => {
			bench.portal.control.setLimits({ operating: true });
			const passed = await finishUntilRefused(bench);
			assert.ok(passed * 1.41 < 420 + 2.3 && passed * 2.3 >= 420, `${passed} passed`);
			assert.equal(
				(await bench.call('telephony.externalCall.register', { USER_ID: 1, PHONE_NUMBER: '1', TYPE: 2 })).status,
				200,
			);
			bench.portal.control.advance(601);
			assert.equal((await bench.call(FINISH, { CALL_ID: await bench.registered(), USER_ID: 1 })).status, 200);
		},
		batchCounted: async (bench) => {
			const { result_time: times } = await bench.ok<{ result_time: Record<string, { operating: number }> }>('batch', {
				cmd: await finishes(bench, 3),
			});
			const used = ['c0', 'c1', 'c2'].map((name) => times[name]?.operating ?? 0);
			assert.ok((used[0] ?? 0) > 1.4 && (used[1] ?? 0) > (used[0] ?? 0) && (used[2] ?? 0) > (used[1] ?? 0));
			assert.ok(bench.portal.limits.gauges().operating.every((gauge) => !gauge.key.endsWith('|batch')));
		},
		quick: async (bench) => {
			await bench.call('profile');
			assert.deepEqual(bench.portal.limits.gauges().operating, []);
		},
		timeout: async (bench) => {
			const commands = await finishes(bench, TOO_LONG * 2);
			const half = (from: number): Record<string, string> =>
				Object.fromEntries(Object.entries(commands).slice(from, from + TOO_LONG));
			bench.portal.control.setLimits({ requestSeconds: 30 });
			const cut = await bench.call('batch', { cmd: half(0) });
			assert.deepEqual([cut.status, cut.headers.get('content-type')], [504, 'text/html']);
			const partly = bench.portal.state.history.length;
			assert.ok(partly > 0 && partly < TOO_LONG, `${partly} done`);
			bench.portal.control.setSwitch('workAfterTimeout', 'continues');
			assert.equal((await bench.call('batch', { cmd: half(TOO_LONG) })).status, 504);
			assert.equal(bench.portal.state.history.length, partly + TOO_LONG);
		},
		dedup: async (bench) => {
			const first = await bench.registered();
			bench.portal.control.advance(29 * 60);
			assert.equal(await bench.registered(), first);
			bench.portal.control.advance(2 * 60);
			assert.notEqual(await bench.registered(), first);
		},
		unfinished: async (bench) => {
			const callId = await bench.registered();
			bench.portal.control.advance(30 * 24 * 3600 + 1);
			bench.client.token = bench.tokenOf(1);
			assert.equal(await bench.ok<boolean>('telephony.externalCall.show', { CALL_ID: callId }), false);
			assertReply(await bench.call(FINISH, { CALL_ID: callId, USER_ID: 1 }), 400, {
				error_description: 'Call is not found (call should be registered prior to finishing',
			});
			assert.equal(bench.portal.state.history.length, 0);
		},
		hops: async (bench) => {
			const handler = await bench.handler('ONVOXIMPLANTCALLINIT');
			let token = bench.client.token;
			for (let depth = 0; depth <= 8; depth += 1) {
				await bench.ok(
					'telephony.externalCall.register',
					{ USER_ID: 1, PHONE_NUMBER: `100${depth}`, TYPE: 2 },
					{ token },
				);
				await bench.portal.control.idle();
				token = handler.received.at(-1)?.fields.get('auth[access_token]') ?? '';
			}
			assert.equal(handler.received.length, 7);
		},
	},
};
