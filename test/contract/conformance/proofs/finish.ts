import assert from 'node:assert/strict';
import { assertReply, type Bench, type Chapter, type Proof } from '../bench';
import { form, read } from '../../support/client';

const NAME = 'telephony.externalCall.finish';

/** Registers and finishes a call. */
async function finish(
	bench: Bench,
	ending: Record<string, unknown>,
	call: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
	return bench.ok(NAME, { CALL_ID: await bench.registered(call), USER_ID: 1, ...ending });
}

const stored =
	(name: string, value: unknown, shown: unknown, field = name): Proof =>
	async (bench) =>
		assert.deepEqual((await finish(bench, { [name]: value }))[field], shown);

const chat: Proof = async (bench) => {
	for (const [value, messages] of [
		[0, 0],
		['0', 0],
		[false, 0],
		[1, 1],
		['1', 1],
		['N', 1],
		['false', 1],
	] as const) {
		bench.portal.state.chatMessages.length = 0;
		await finish(bench, { ADD_TO_CHAT: value });
		assert.equal(bench.portal.state.chatMessages.length, messages, JSON.stringify(value));
	}
};

/** telephony.externalCall.finish */
export const finishChapter: Chapter = {
	valid: async (bench) => ({ CALL_ID: await bench.registered(), USER_ID: 1 }),
	stages: { 1: (bench) => bench.exampleStage('running'), 3: () => undefined },
	triggers: {
		'Current authorization type is denied for this method': async (bench) =>
			bench.call(NAME, { CALL_ID: await bench.registered(), USER_ID: 1 }, { webhook: bench.webhook }),
		'USER_ID or USER_PHONE_INNER should be set': async (bench) =>
			bench.call(NAME, { CALL_ID: await bench.registered() }),
		'CALL_ID must be a string': (bench) => bench.call(NAME, { USER_ID: 1, CALL_ID: 5 }),
		'Call is not found (call should be registered prior to finishing': (bench) =>
			bench.call(NAME, { USER_ID: 1, CALL_ID: 'externalCall.x' }),
		'User is not found or is not active': async (bench) =>
			bench.call(NAME, { CALL_ID: await bench.registered(), USER_ID: 6 }),
		'Unexpected database error': async (bench) => {
			bench.portal.control.setSettings({ historyBroken: true });
			return bench.call(NAME, { CALL_ID: await bench.registered(), USER_ID: 1 });
		},
		'RECORD_URL contains invalid symbols for UTF-8 encoding': async (bench) => {
			const callId = await bench.registered();
			const reply = await read(
				await fetch(`${bench.portal.url}/rest/${NAME}`, {
					method: 'POST',
					headers: { 'content-type': 'application/x-www-form-urlencoded' },
					body: `${form({ CALL_ID: callId, USER_ID: 1, auth: bench.client.token })}&RECORD_URL=http%3A%2F%2F127.0.0.1%2F%FF.mp3`,
				}),
			);
			assert.ok(bench.row(callId));
			return reply;
		},
	},
	proofs: {
		'param:CALL_ID': async (bench) => {
			for (const value of [5, undefined, null, ['a'], true])
				assertReply(await bench.call(NAME, { USER_ID: 1, CALL_ID: value }), 400, { error: 'INVALID_ARGUMENT' });
			assert.equal(
				(await bench.call(NAME, { USER_ID: 1, CALL_ID: await bench.registered() }, { encoding: 'form' })).status,
				200,
			);
		},
		'param:USER_ID': async (bench) =>
			assert.equal((await finish(bench, { USER_ID: 3, USER_PHONE_INNER: '102' })).PORTAL_USER_ID, 3),
		'cast:USER_ID': async (bench) => assert.equal((await finish(bench, { USER_ID: '3 of 5' })).PORTAL_USER_ID, 3),
		'param:USER_PHONE_INNER': async (bench) =>
			assert.equal((await finish(bench, { USER_ID: undefined, USER_PHONE_INNER: '104' })).PORTAL_USER_ID, 4),
		'param:DURATION': stored('DURATION', 95, 95, 'CALL_DURATION'),
		'default:DURATION': stored('VOTE', undefined, 0, 'CALL_DURATION'),
		'cast:DURATION': stored('DURATION', '12.9 s', 12, 'CALL_DURATION'),
		'param:COST': stored('COST', 1.25, 1.25),
		'default:COST': stored('VOTE', undefined, 0, 'COST'),
		'cast:COST': stored('COST', '0.75 EUR', 0.75),
		'param:COST_CURRENCY': stored('COST_CURRENCY', 'EUR', 'EUR'),
		'default:COST_CURRENCY': stored('VOTE', undefined, '', 'COST_CURRENCY'),
		'param:STATUS_CODE': stored('STATUS_CODE', '486', '486', 'CALL_FAILED_CODE'),
		'default:STATUS_CODE': async (bench) => {
			assert.equal((await finish(bench, { DURATION: 1 })).CALL_FAILED_CODE, '200');
			assert.equal((await finish(bench, { DURATION: 0 })).CALL_FAILED_CODE, '304');
		},
		'enum:STATUS_CODE': async (bench) => {
			for (const code of [
				'200',
				'304',
				'402',
				'403',
				'404',
				'423',
				'480',
				'484',
				'486',
				'503',
				'603',
				'603-S',
				'OTHER',
				'anything',
			]) {
				const result = await finish(bench, { STATUS_CODE: code });
				assert.deepEqual([result.CALL_FAILED_CODE, result.CALL_STATUS], [code, 0]);
			}
		},
		'param:FAILED_REASON': stored('FAILED_REASON', 'Busy', 'Busy', 'CALL_FAILED_REASON'),
		'default:FAILED_REASON': stored('VOTE', undefined, '', 'CALL_FAILED_REASON'),
		'param:RECORD_URL': async (bench) => {
			const files = await bench.receiver();
			files.answer = () => ({ status: 200, body: 'sound' });
			const callId = String((await finish(bench, { RECORD_URL: `${files.url}/call.mp3` })).CALL_ID);
			await bench.portal.control.idle();
			const recording = bench.portal.state.recordings.get(bench.row(callId).recordFileId ?? 0);
			assert.deepEqual([recording?.content.toString(), recording?.contentType], ['sound', 'audio/mpeg']);
			await finish(bench, { RECORD_URL: 'http://127.0.0.1:1/gone.mp3' });
			await bench.portal.control.idle();
		},
		'param:VOTE': stored('VOTE', 4, 4, 'CALL_VOTE'),
		'cast:VOTE': stored('VOTE', '4 of 5', 4, 'CALL_VOTE'),
		'enum:VOTE': async (bench) => {
			for (const vote of [1, 2, 3, 4, 5]) assert.equal((await finish(bench, { VOTE: vote })).CALL_VOTE, vote);
		},
		'param:ADD_TO_CHAT': chat,
		'cast:ADD_TO_CHAT': chat,
		'enum:ADD_TO_CHAT': chat,
		'default:ADD_TO_CHAT': async (bench) => {
			await finish(bench, {});
			assert.equal(bench.portal.state.chatMessages.length, 0);
			bench.portal.control.setSwitch('finishAddToChatDefault', 'on');
			await finish(bench, {});
			assert.equal(bench.portal.state.chatMessages.length, 1);
		},
		permission: async (bench) => {
			const stranger = { token: bench.tokenOf(5, bench.portal.control.addApplication({}).id) };
			assert.equal((await bench.call(NAME, { CALL_ID: await bench.registered(), USER_ID: 1 }, stranger)).status, 200);
		},
		order: async (bench) => {
			assertReply(await bench.call(NAME, {}, { webhook: bench.webhook }), 403, { error: 'WRONG_AUTH_TYPE' });
			assertReply(await bench.call(NAME, { CALL_ID: 5 }), 400, {
				error_description: 'USER_ID or USER_PHONE_INNER should be set',
			});
			assertReply(await bench.call(NAME, { CALL_ID: 5, USER_ID: 6 }), 400, { error: 'INVALID_ARGUMENT' });
			assertReply(await bench.call(NAME, { CALL_ID: 'x', USER_ID: 6 }), 400, {
				error_description: 'Call is not found (call should be registered prior to finishing',
			});
			assertReply(await bench.call(NAME, { CALL_ID: await bench.registered(), USER_ID: 6 }), 400, {
				error_description: 'User is not found or is not active',
			});
		},
		'behaviour:1': async (bench) => {
			const callId = await bench.registered({ SHOW: 1 });
			await bench.ok('telephony.externalCall.show', { CALL_ID: callId, USER_ID: [2, 3] });
			await bench.ok(NAME, { CALL_ID: callId, USER_ID: 2 });
			assert.deepEqual(
				bench.portal.state.cards.map((card) => card.userId),
				[1, 3],
			);
			assert.equal(await bench.ok<boolean>('telephony.externalCall.hide', { CALL_ID: callId, USER_ID: [1, 3] }), false);
			assert.equal(bench.portal.state.cards.length, 2);
		},
		'behaviour:2': async (bench) => {
			const created = await finish(bench, { USER_ID: 3 }, { PHONE_NUMBER: '+12025550199', CRM_CREATE: 1 });
			await finish(bench, { USER_ID: 3 });
			const owner = (type: string, id: unknown): number | undefined =>
				bench.portal.state.clients.find((client) => client.type === type && client.id === id)?.assignedById;
			assert.equal(owner('LEAD', created.CRM_ENTITY_ID), 3);
			assert.equal(owner('CONTACT', 1), 2);
		},
		'behaviour:3': async (bench) => {
			assert.equal(typeof (await finish(bench, {})).CRM_ACTIVITY_ID, 'number');
			const without = await finish(bench, {}, { PHONE_NUMBER: '+12025550199' });
			assert.equal(without.CRM_ACTIVITY_ID, null);
			assert.equal(typeof (without.ERRORS as { ACTIVITY_CREATION?: unknown }).ACTIVITY_CREATION, 'string');
			assert.ok(!('CRM_ENTITY_TYPE' in without));
		},
		'behaviour:4': async (bench) => {
			const missed = (): boolean[] => bench.portal.state.missedCalls.map((call) => call.calledBack);
			await finish(bench, { STATUS_CODE: '304' });
			await finish(bench, { STATUS_CODE: '603-S' });
			await finish(bench, { STATUS_CODE: '304' }, { TYPE: 1 });
			assert.deepEqual(missed(), [false]);
			await finish(bench, { STATUS_CODE: '200' }, { TYPE: 1, PHONE_NUMBER: '+12025550199' });
			await finish(bench, { STATUS_CODE: '486' }, { TYPE: 1 });
			assert.deepEqual(missed(), [false]);
			await finish(bench, { STATUS_CODE: '200' }, { TYPE: 1 });
			assert.deepEqual(missed(), [true]);
			await finish(bench, { STATUS_CODE: '304' }, { TYPE: 3 });
			assert.deepEqual(missed(), [true, false]);
		},
		'behaviour:5': async (bench) => {
			const handler = await bench.handler('ONVOXIMPLANTCALLEND');
			const { CALL_ID: callId } = await finish(bench, {});
			assertReply(await bench.call(NAME, { CALL_ID: callId, USER_ID: 1 }), 400, {
				error_description: 'Call is not found (call should be registered prior to finishing',
			});
			assert.deepEqual(await bench.eventsOf(handler), ['ONVOXIMPLANTCALLEND']);
			assert.equal(bench.portal.state.calls.size, 0);
		},
		'example:2': async (bench) => {
			const callId = await bench.finished();
			assert.deepEqual((await bench.call(NAME, { CALL_ID: callId, USER_ID: 1 })).body, {
				error: '',
				error_description: 'Call is not found (call should be registered prior to finishing',
			});
		},
	},
};
