import type { Answer } from '../../../../bitrix24/failure';
import type { HttpAnswer } from '../../../../bitrix24/http';
import { done, lost, of, usedUp, world } from './dispatching';
import { FINISH, SHOW } from './scheduling';

describe('how long a lost request may go on', () => {
	const pendingOf = (answer: Answer<unknown> | undefined): number | undefined =>
		answer?.ok === false ? answer.failure.pending : undefined;
	const lostAfter = (milliseconds: number, answer: HttpAnswer = lost) =>
		world(async (_count, clock) => {
			await clock.sleep(milliseconds);
			return answer;
		});

	it('is twice what was expected, less what has gone by', async () => {
		expect(pendingOf(await lostAfter(1000).one(SHOW))).toBe(500);
		expect(pendingOf(await lostAfter(2000).one(SHOW))).toBe(0);
	});

	it('is no longer than the portal lets it run', async () => {
		const { time, send } = lostAfter(1000);
		const [answer] = await time.until(send(of(...Array.from({ length: 40 }, () => FINISH))));
		expect(pendingOf(answer)).toBe(89_000);
	});

	it('is nothing to say of other failures', async () => {
		for (const answer of [
			{ status: 400, body: { error: 'x' } },
			{ status: 0 as const, reason: 'unreachable' as const, text: 'x' },
		]) {
			expect(await lostAfter(10, answer).one(SHOW)).not.toHaveProperty('failure.pending');
		}
	});

	it('is not learned from a call that did not run', async () => {
		const { one } = world((count) => (count === 1 ? usedUp : lost));
		await one(SHOW, { maximumWait: 0 });
		expect(pendingOf(await one(SHOW, { maximumWait: 60_000 }))).toBe(1500);
	});

	it('is not learned from a lost answer, but from any other', async () => {
		for (const [answer, pending] of [
			[lost, 1490],
			[done, 2 * 750 * (10 / 750) ** 0.25 - 10],
			[{ status: 400, body: { error: 'x' } }, 2 * 750 * (10 / 750) ** 0.25 - 10],
		] as const) {
			const { one } = world(async (count, clock) => {
				await clock.sleep(10);
				return count === 1 ? answer : lost;
			});
			await one(SHOW);
			expect(pendingOf(await one(SHOW))).toBeCloseTo(pending);
		}
	});
});

describe('an errand that performs itself', () => {
	const performing = (...answers: Answer<unknown>[]) => {
		let count = 0;
		const perform = async (): Promise<Answer<unknown>> =>
			await Promise.resolve(answers[count++] ?? { ok: true, value: count });
		return { errand: { ...of('upload', 'more'), perform }, count: () => count };
	};
	const burst: Answer<unknown> = {
		ok: false,
		failure: { kind: 'limited', status: 503, code: 'QUERY_LIMIT_EXCEEDED', text: '', method: 'upload' },
	};

	it('does so again when the bucket was full', async () => {
		const { time, send, at } = world();
		const { errand, count } = performing(burst);
		expect(await time.until(send(errand))).toEqual([{ ok: true, value: 2 }]);
		expect([count(), at()]).toEqual([2, 500]);
	});

	it('has one failure', async () => {
		const { time, send } = world();
		expect(await time.until(send(performing(burst).errand, { maximumWait: 0 }))).toMatchObject([
			{ ok: false, failure: { method: 'upload' } },
		]);
	});
});
