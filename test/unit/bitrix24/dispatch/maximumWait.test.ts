import { VirtualPortal } from '../../../../bench/model/virtualPortal';
import { STANDARD_LIMIT } from '../../../../bitrix24/dispatch/bucket';
import { Dispatcher } from '../../../../bitrix24/dispatch/dispatcher';
import type { Answer } from '../../../../bitrix24/failure';
import type { HttpAnswer } from '../../../../bitrix24/http';
import { finish, show } from '../../../../bitrix24/methods/calls';
import { ask } from '../../../../bitrix24/plan';
import { fakePortal } from '../../../support/fakePortal';
import { VirtualTime } from '../../../support/virtualTime';
import { FINISH, SHOW } from './scheduling';

const full: HttpAnswer = { status: 503, body: { error: 'QUERY_LIMIT_EXCEEDED' } };
const usedUp: HttpAnswer = { status: 429, body: { error: 'OPERATION_TIME_LIMIT' } };
const lost: HttpAnswer = { status: 0, reason: 'unknown', text: 'lost' };
const done: HttpAnswer = { status: 200, body: { result: true } };

/**
 * Calls that come evenly over so many milliseconds.
 * @param answer what the portal says so many milliseconds later
 * @returns what each came to, and after how long
 */
async function crowd(
	{
		count,
		over,
		method = SHOW,
		maximumWait = 90_000,
	}: { count: number; over: number; method?: string; maximumWait?: number },
	answer: (at: number, time: VirtualTime) => HttpAnswer | Promise<HttpAnswer>,
) {
	const time = new VirtualTime();
	const start = time.now();
	const dispatcher = new Dispatcher({ now: time.now, sleep: time.sleep, random: () => 0.5 }, STANDARD_LIMIT);
	const send = async ({ body }: { body: Record<string, unknown> }): Promise<HttpAnswer> => {
		const said = await answer(time.now() - start, time);
		return said === done && body.cmd ? { status: 200, body: { result: { result: body.cmd } } } : said;
	};
	const transport = { endpoint: 'https://example.bitrix24.com/rest/', lane: 'one', send, upload: send as never };
	return await time.until(
		Promise.all(
			Array.from(
				{ length: count },
				async (_, index): Promise<{ answer: Answer<unknown> | undefined; waited: number }> => {
					await time.sleep((index / count) * over);
					const came = time.now();
					const [answer] = await dispatcher.send(
						{ transport, run: `run ${index}`, isLive: true, maximumWait },
						{ commands: [{ method, parameters: {} }] },
					);
					return { answer, waited: time.now() - came };
				},
			),
		),
	);
}

describe('a portal that is full for good', () => {
	it.each([
		{ count: 400, over: 10_000, method: SHOW },
		{ count: 800, over: 30_000, method: FINISH },
	])('holds up nobody of $count for longer than the maximum wait', async (calls) => {
		const ended = await crowd(calls, () => full);
		expect(ended.every(({ answer }) => answer?.ok === false && answer.failure.isGivenUp)).toBe(true);
		expect(Math.max(...ended.map(({ waited }) => waited))).toBeLessThanOrEqual(90_010);
		expect(Math.min(...ended.map(({ waited }) => waited))).toBeGreaterThanOrEqual(80_000);
	});

	it('holds up whoever comes later for their own time', async () => {
		const ended = await crowd({ count: 3, over: 300_000 }, () => full);
		expect(ended.map(({ waited }) => Math.round(waited / 1000))).toEqual([90, 90, 90]);
	});

	it('is full no less because of an answer to what left before, or of one that was lost', async () => {
		let count = 0;
		const ended = await crowd({ count: 500, over: 0, maximumWait: 20_000 }, async (at, time) => {
			count += 1;
			if (count === 2) await time.sleep(15_000);
			return count <= 2 ? done : at > 5000 && at < 8000 ? lost : full;
		});
		expect(Math.max(...ended.map(({ waited }) => waited))).toBeLessThanOrEqual(20_010);
	});
});

describe('a queue that moves', () => {
	it('may be as long as it likes', async () => {
		const ended = await crowd({ count: 1500, over: 0, method: FINISH, maximumWait: 1000 }, async (_at, time) => {
			await time.sleep(15_000);
			return done;
		});
		expect(ended.every(({ answer }) => answer?.ok)).toBe(true);
		expect(Math.max(...ended.map(({ waited }) => waited))).toBeGreaterThan(30_000);
	});

	it('holds up nobody though the portal is full from time to time', async () => {
		const ended = await crowd({ count: 1500, over: 0, method: FINISH, maximumWait: 20_000 }, async (at, time) => {
			if (at % 20_000 < 8000) return full;
			await time.sleep(5000);
			return done;
		});
		expect(ended.every(({ answer }) => answer?.ok)).toBe(true);
		expect(Math.max(...ended.map(({ waited }) => waited))).toBeGreaterThan(30_000);
	});
});

describe('a method that another process has used up', () => {
	const finishing = (index: number) =>
		finish({ CALL_ID: `call ${index}`, USER_ID: 2, DURATION: 7, STATUS_CODE: '200', ADD_TO_CHAT: 1 });
	const exhausted = async (): Promise<VirtualPortal> => {
		const portal = new VirtualPortal();
		const other = portal.client(0);
		await portal.time.until(
			Promise.all(Array.from({ length: 400 }, async (_, index) => await other.ask(finishing(index)))),
		);
		return portal;
	};

	it.each([
		[90_000, false],
		[1_200_000, true],
	])('is waited for up to the maximum wait, %d ms', async (maximumWait, isDone) => {
		const portal = await exhausted();
		const began = portal.time.now();
		const answer = await portal.time.until(portal.client(maximumWait).ask(finishing(999)));
		expect(answer.ok).toBe(isDone);
		const took = portal.time.now() - began;
		expect(took).toBeLessThanOrEqual(maximumWait);
		if (isDone) expect(took).toBeGreaterThan(420_000);
	});

	it('is waited for by one patience, whatever else befalls the call', async () => {
		const answers = [usedUp, lost];
		const sent: number[] = [];
		const fake = fakePortal({}, () => {
			sent.push(fake.time.now() - start);
			return answers.shift() ?? usedUp;
		});
		const start = fake.time.now();
		expect(await fake.time.until(fake.portal().converse(ask(show('call 1', 2))))).toMatchObject({
			ok: false,
			failure: { code: 'OPERATION_TIME_LIMIT', isGivenUp: true },
		});
		expect(sent).toHaveLength(3);
		expect(fake.time.now() - start).toBeLessThan(90_000);
	});

	it('holds up nothing of the same call once it is free, however late', async () => {
		const answers = [
			{ status: 429, body: { error: 'OPERATION_TIME_LIMIT', time: { finish: 0, operating_reset_at: 89 } } },
			lost,
		];
		const fake = fakePortal(
			{
				'voximplant.statistic.get': () => ({ result: [] }),
				'telephony.externalCall.finish': () => ({ result: { CALL_ID: 'call 1' } }),
			},
			({ url }) => (url.endsWith('finish') ? answers.shift() : undefined),
		);
		const start = fake.time.now();
		expect(await fake.time.until(fake.portal().converse(ask(finish({ CALL_ID: 'call 1' }))))).toMatchObject({
			ok: true,
		});
		expect(fake.time.now() - start).toBeGreaterThan(90_000);
	});
});
