import { ENTERPRISE_LIMIT } from '../../../../bitrix24/dispatch/bucket';
import type { HttpAnswer } from '../../../../bitrix24/http';
import { Stop } from '../../../../bitrix24/stop';
import { allDone, done, full, of, usedUp, world } from './dispatching';
import { FINISH, SHOW } from './scheduling';

/** Seconds by the portal's clock: in seven of them it forgets what was used. */
const RESET = { finish: 100, operating_reset_at: 107 };

/** A batch first, whose second command has used up its time, and good answers from then on. */
function secondUsedUp(error: object, more: object = {}) {
	const result = {
		result: { plan0_step0: true },
		result_error: { plan0_step1: { error: 'OPERATION_TIME_LIMIT', ...error } },
		...more,
	};
	return world((count) => (count > 1 ? done : { status: 200, body: { result } }));
}

const STOPPED = { kind: 'cancelled', status: 0, code: '', text: 'The execution was stopped before this was sent' };

it('tells its time', () => {
	const { dispatcher, time } = world();
	expect(dispatcher.now()).toBe(time.now());
});

it('keeps to the limit that it is given', async () => {
	const { time, send, sent } = world(() => done, ENTERPRISE_LIMIT);
	await time.until(Promise.all(Array.from({ length: 100 }, async () => await send(of(SHOW), { isLive: false }))));
	expect(sent.filter(([at, method]) => at === 0 && method === SHOW)).toHaveLength(100);
});

it('sleeps whole milliseconds, one at least', async () => {
	const { time, send, slept } = world((_count, _clock, request) => allDone(request), { burst: 2, perSecond: 3 });
	await time.until(
		Promise.all(
			Array.from({ length: 30 }, async (_, index) => await send(of(SHOW), { isLive: false, run: `e${index % 7}` })),
		),
	);
	expect(slept.length).toBeGreaterThan(0);
	for (const milliseconds of slept) expect(Number.isInteger(milliseconds) && milliseconds >= 1).toBe(true);
});

describe('patience', () => {
	it('begins when a limit holds a call up, and ends after the maximum wait', async () => {
		const { one, at, sent } = world(() => full);
		expect(await one(FINISH, { maximumWait: 3500 })).toEqual({
			ok: false,
			failure: {
				kind: 'limited',
				status: 503,
				code: 'QUERY_LIMIT_EXCEEDED',
				text: 'The portal takes no more requests for now',
				isGivenUp: true,
				method: FINISH,
			},
		});
		// Sent after 0.5, 1.5 and 3.5 s, which is not too long yet.
		expect(sent.map(([when]) => when)).toEqual([0, 500, 1500, 3500]);
		expect(at()).toBe(3501);
	});

	it('is that of each sender', async () => {
		const { time, send, sent } = world((count) => (count <= 4 ? full : done));
		const [short, long] = await time.until(
			Promise.all([send(of(FINISH), { maximumWait: 400 }), send(of(SHOW), { maximumWait: 90_000 })]),
		);
		expect([short?.[0]?.ok, long?.[0]?.ok]).toEqual([false, true]);
		expect(sent.filter(([, method]) => method === FINISH).length).toBe(1);
	});

	it('does not run while a call only waits for its turn', async () => {
		const { time, send, at } = world(
			async (_count, clock, request) => {
				await clock.sleep(700);
				return allDone(request);
			},
			{ burst: 2, perSecond: 3 },
		);
		const all = await time.until(
			Promise.all(Array.from({ length: 300 }, async () => await send(of(SHOW), { isLive: false, maximumWait: 0 }))),
		);
		expect(all.every(([answer]) => answer?.ok)).toBe(true);
		expect(at()).toBeGreaterThan(1000);
	});

	it('does not run because of a bucket that was full when somebody last asked', async () => {
		const { time, one, send } = world((count, _clock, request) => (count === 1 ? full : allDone(request)), {
			burst: 1,
			perSecond: 1,
		});
		expect(await one(SHOW, { maximumWait: 0 })).toMatchObject({ ok: false });
		await time.until(time.sleep(3_600_000));
		const later = await time.until(
			Promise.all(Array.from({ length: 3 }, async () => await send(of(SHOW), { maximumWait: 0 }))),
		);
		expect(later.map(([answer]) => answer?.ok)).toEqual([true, true, true]);
	});

	it('is over no more once the call was sent', async () => {
		const { one, at } = world(async (count, clock) => {
			if (count === 1) return full;
			await clock.sleep(60_000);
			return done;
		});
		expect(await one(SHOW, { maximumWait: 1000 })).toMatchObject({ ok: true });
		expect(at()).toBe(60_500);
	});
});

describe('used up time', () => {
	const time = (finish: number, operating_reset_at: unknown) => ({
		status: 200,
		body: { result: true, time: { finish, operating_reset_at } },
	});

	/** The first call says when used time is forgotten, the second is refused. @returns when a third one went out */
	const third = async (first: HttpAnswer): Promise<number | undefined> => {
		const { one, sent } = world((count) => (count === 1 ? first : count === 2 ? usedUp : done));
		await one(FINISH);
		await one(FINISH);
		await one(FINISH);
		return sent[2]?.[0];
	};

	it.each<[string, HttpAnswer, number]>([
		['by the difference of two times of the portal', time(5000, 5040), 40_000],
		['within fractions of a second', time(5000.75, 5040), 39_250],
		['a minute later when the portal says nothing', done, 60_000],
		['a minute later when that time is over', time(5000, 4990), 60_000],
		['a minute later when there is no number', time(5000, '5040'), 60_000],
	])('is forgotten %s', async (_name, first, milliseconds) => {
		expect(await third(first)).toBe(milliseconds);
	});

	it.each<[string, object, number]>([
		['in its time', { time: { finish: 5000, operating_reset_at: 5040 } }, 40_000],
		[
			'by our clock where it does not tell its own',
			{ operating_reset_at: Date.parse('2026-03-01T09:05:00Z') / 1000 },
			300_000,
		],
		['unless that makes no sense', { operating_reset_at: Date.parse('2026-03-01T10:00:00Z') / 1000 }, 60_000],
		['unless that is over', { operating_reset_at: Date.parse('2026-03-01T08:00:00Z') / 1000 }, 60_000],
	])('is forgotten when the refusal itself says so, %s', async (_name, more, milliseconds) => {
		const { one, sent } = world((count) =>
			count === 1 ? { status: 429, body: { error: 'OPERATION_TIME_LIMIT', ...more } } : done,
		);
		expect(await one(FINISH, { maximumWait: 600_000 })).toMatchObject({ ok: true });
		expect(sent.map(([when]) => when)).toEqual([0, milliseconds]);
	});

	it('is waited for as often as need be, by one patience', async () => {
		const { one, sent, at } = world(() => usedUp);
		expect(await one(FINISH, { maximumWait: 300_000 })).toMatchObject({
			ok: false,
			failure: { code: 'OPERATION_TIME_LIMIT', isGivenUp: true },
		});
		expect(sent.map(([when]) => when)).toEqual([0, 60_000, 120_000, 180_000, 240_000, 300_000]);
		expect(at()).toBe(300_000);
	});

	it('is that of a command in the batch where the portal says so', async () => {
		const { time: clock, send, one, sent } = secondUsedUp({ time: RESET });
		const hold = {};
		const [, second] = await clock.until(send({ ...of(SHOW, FINISH), hold }));
		expect(second).toEqual({
			ok: false,
			failure: {
				kind: 'limited',
				status: 400,
				code: 'OPERATION_TIME_LIMIT',
				text: 'OPERATION_TIME_LIMIT',
				method: FINISH,
				retryAt: clock.now() + 7000,
			},
		});
		expect(hold).toEqual({ deadline: clock.now() + 90_000 });
		await one(FINISH);
		expect(sent[1]).toEqual([7000, FINISH]);
	});

	it('says when to go on', async () => {
		const { one, start, sent } = world((count) => (count === 1 ? time(5000, 5040) : usedUp));
		await one(FINISH);
		const text = 'The method has used up its time of the last ten minutes';
		const failure = {
			kind: 'limited',
			status: 429,
			code: 'OPERATION_TIME_LIMIT',
			text,
			method: FINISH,
			retryAt: start + 40_000,
			isGivenUp: true,
		};
		for (let call = 0; call < 2; call += 1)
			expect(await one(FINISH, { maximumWait: 39_999 })).toEqual({ ok: false, failure });
		expect(sent).toHaveLength(2);
	});

	it('is waited for up to the maximum wait', async () => {
		const { one, sent } = world((count) => (count === 1 ? usedUp : done));
		expect(await one(FINISH, { maximumWait: 60_000 })).toMatchObject({ ok: true });
		expect(sent.map(([when]) => when)).toEqual([0, 60_000]);
	});

	it('of one command in a batch holds up that method only', async () => {
		const {
			time: clock,
			send,
			one,
			sent,
		} = secondUsedUp({ error_description: 'Method is blocked' }, { result_time: { plan0_step1: RESET } });
		const [first, second] = await clock.until(send(of(SHOW, FINISH)));
		expect(first).toEqual({ ok: true, value: true });
		expect(second).toMatchObject({ ok: false, failure: { code: 'OPERATION_TIME_LIMIT', method: FINISH } });
		await one(SHOW);
		await one(FINISH);
		expect(sent).toEqual([
			[0, 'batch'],
			[0, SHOW],
			[7000, FINISH],
		]);
	});
});

describe('stopping', () => {
	it('before a call is sent fails each of its commands', async () => {
		const { send, sent } = world();
		const stop = new Stop();
		const waiting = send(of(SHOW, FINISH), { stop });
		stop.stop();
		const failures = [SHOW, FINISH].map((method) => ({ ok: false, failure: { ...STOPPED, method } }));
		expect(await waiting).toEqual(failures);
		expect(await send(of(SHOW, FINISH), { stop })).toEqual(failures);
		expect(sent).toEqual([]);
	});

	it('sends nothing again that was refused meanwhile', async () => {
		const stop = new Stop();
		const { time, send, sent } = world(async (_count, clock) => {
			await clock.sleep(200);
			return full;
		});
		void time.sleep(100).then(() => stop.stop());
		await time.until(send(of(SHOW), { stop }));
		await time.until(time.sleep(60_000));
		expect(sent).toHaveLength(1);
	});

	it('is listened to only as long as something waits', async () => {
		const { time, send } = world();
		const listening = new Set<() => void>();
		const stop = {
			isStopped: false,
			onStop: (listener: () => void) => {
				listening.add(listener);
				return () => void listening.delete(listener);
			},
		} as unknown as Stop;
		const waiting = send(of(SHOW), { stop });
		expect(listening.size).toBe(1);
		await time.until(waiting);
		expect(listening.size).toBe(0);
	});
});
