import assert from 'node:assert/strict';
import type { Bench, Chapter } from '../bench';

/** telephony.externalCall.show and .hide mirror each other. */
function cardChapter(name: string, shows: boolean): Chapter {
	const act = async (bench: Bench, users: unknown): Promise<number[]> => {
		const callId = await bench.registered({ USER_ID: 2 });
		if (!shows) await bench.ok('telephony.externalCall.show', { CALL_ID: callId, USER_ID: [1, 2, 3] });
		assert.equal(await bench.ok<boolean>(name, { CALL_ID: callId, USER_ID: users }), true);
		const seen = bench.portal.state.cards.map((card) => card.userId);
		return shows ? seen : [1, 2, 3].filter((id) => !seen.includes(id));
	};
	const running = (bench: Bench): Promise<void> => bench.exampleStage('running');
	return {
		valid: async (bench) => ({ CALL_ID: await bench.registered() }),
		stages: { 1: running, 2: running, 3: () => undefined },
		proofs: {
			'param:CALL_ID': async (bench) => {
				assert.equal(await bench.ok<boolean>(name, { CALL_ID: await bench.registered() }), true);
				assert.equal(await bench.ok<boolean>(name, { CALL_ID: await bench.finished() }), false);
				assert.equal(await bench.ok<boolean>(name, {}), false);
			},
			'cast:CALL_ID': async (bench) => assert.equal(await bench.ok<boolean>(name, { CALL_ID: 123 }), false),
			'param:USER_ID': async (bench) => {
				assert.deepEqual(await act(bench, [1, 3]), [1, 3]);
				bench.portal.state.cards.length = 0;
				bench.portal.state.calls.clear();
				assert.deepEqual(await act(bench, '3'), [3]);
				if (!shows) return;
				await bench.ok(name, { CALL_ID: [...bench.portal.state.calls.keys()][0], USER_ID: 4711 });
				assert.ok(bench.portal.state.cards.some((card) => card.userId === 4711));
			},
			'default:USER_ID': async (bench) => assert.deepEqual(await act(bench, undefined), [2]),
			'behaviour:1': async (bench) => {
				const callId = await bench.registered();
				assert.equal(await bench.ok<boolean>(name, { CALL_ID: callId }, { webhook: bench.webhook }), true);
				assert.equal(
					await bench.ok<boolean>(name, { CALL_ID: callId }, { token: bench.tokenWith(['telephony']) }),
					true,
				);
			},
		},
	};
}

export const showChapter = cardChapter('telephony.externalCall.show', true);
export const hideChapter = cardChapter('telephony.externalCall.hide', false);
