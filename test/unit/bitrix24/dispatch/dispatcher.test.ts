import { Stop } from '../../../../bitrix24/stop';
import { STANDARD_LIMIT } from '../../../../bitrix24/dispatch/bucket';
import { Dispatcher } from '../../../../bitrix24/dispatch/dispatcher';
import type { Errand, Sender } from '../../../../bitrix24/dispatch/errand';
import type { Answer } from '../../../../bitrix24/failure';
import type { HttpAnswer, HttpRequest } from '../../../../bitrix24/http';
import { VirtualTime } from '../../../support/virtualTime';

const URL = 'https://example.bitrix24.com/rest/';

/** Answers a batch as the portal does, each command with its own text. */
const echo = ({ url, body }: HttpRequest): HttpAnswer =>
	url.endsWith('/batch')
		? {
				status: 200,
				body: { result: { result: { ...(body.cmd as object) }, result_error: [], result_time: [] }, time: {} },
			}
		: { status: 200, body: { result: body, time: {} } };

function world(answer: (request: HttpRequest, time: VirtualTime) => HttpAnswer | Promise<HttpAnswer> = echo) {
	const time = new VirtualTime();
	const requests: (HttpRequest & { at: number; lane: string })[] = [];
	const dispatcher = new Dispatcher({ now: time.now, sleep: time.sleep, random: () => 0.5 }, STANDARD_LIMIT);
	const start = time.now();
	const sender = (change: Partial<Sender> & { lane?: string } = {}): Sender => {
		const lane = change.lane ?? 'one';
		const send = async (request: HttpRequest): Promise<HttpAnswer> => {
			requests.push({ ...request, at: time.now() - start, lane });
			return await answer(request, time);
		};
		const upload = (): Promise<never> => Promise.reject(new Error('no upload expected'));
		return {
			transport: { endpoint: URL, lane, send, upload },
			run: 'run',
			isLive: true,
			maximumWait: 90_000,
			...change,
		};
	};
	const send = async (errands: Errand[], from: Sender = sender()): Promise<Answer<unknown>[][]> =>
		await time.until(Promise.all(errands.map(async (errand) => await dispatcher.send(from, errand))));
	return { time, requests, dispatcher, sender, send, start };
}

const finish = (CALL_ID: string): Errand => ({
	commands: [{ method: 'telephony.externalCall.finish', parameters: { CALL_ID } }],
	keys: [CALL_ID],
});
const many = (count: number): Errand[] => Array.from({ length: count }, (_, index) => finish(`call ${index} & more`));
const commandsOf = ({ url, body }: HttpRequest): number =>
	url.endsWith('/batch') ? Object.keys(body.cmd as object).length : 1;
const full: HttpAnswer = {
	status: 503,
	body: { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' },
};
const usedUp: HttpAnswer = {
	status: 429,
	body: { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked' },
};

it('sends one call at once and plainly', async () => {
	const { send, requests } = world();
	expect(await send([finish('a')])).toEqual([[{ ok: true, value: { CALL_ID: 'a' } }]]);
	expect(requests).toMatchObject([
		{ url: `${URL}telephony.externalCall.finish`, body: { CALL_ID: 'a' }, at: 0, timeout: 70_000 },
	]);
});

it('sends as many as the burst side by side, and more together, each answer with its call', async () => {
	const { send, requests, sender } = world();
	const errands = many(300);
	const answers = await send(errands, sender({ isLive: false }));
	expect(answers.map(([answer]) => answer)).toEqual(
		errands.map((_, index) => ({
			ok: true,
			value: `telephony.externalCall.finish?CALL_ID=${encodeURIComponent(`call ${index} & more`)}`,
		})),
	);
	expect(requests.filter(({ at }) => at === 0)).toHaveLength(50);
	expect(requests.reduce((sum, request) => sum + commandsOf(request), 0)).toBe(300);
	for (const { at } of requests)
		expect(requests.filter((other) => other.at <= at).length).toBeLessThanOrEqual(50 + (at / 1000) * 2);
});

it('never puts the calls of two credentials into one request', async () => {
	const { time, requests, dispatcher, sender } = world();
	const from = [
		sender({ lane: 'one', run: '1', isLive: false }),
		sender({ lane: 'two', run: '2', isLive: false }),
	] as const;
	await time.until(
		Promise.all(many(400).map(async (errand, index) => await dispatcher.send(index % 2 ? from[0] : from[1], errand))),
	);
	const numbers = requests.map(({ lane, body }) => ({
		lane,
		ids:
			JSON.stringify(body)
				.match(/call%20(\d+)/g)
				?.map((id) => Number(id.slice(7))) ?? [],
	}));
	for (const { lane, ids } of numbers)
		expect(new Set(ids.map((id) => (id % 2 ? 'one' : 'two')))).toEqual(new Set(ids.length > 0 ? [lane] : []));
});

it('carries commands of one errand in one request, with references between them', async () => {
	const { send, requests } = world();
	const { resultOf } = await import('../../../../bitrix24/parameters');
	await send([
		{
			commands: [
				{ method: 'register', parameters: { PHONE_NUMBER: '1' } },
				{ method: 'finish', parameters: { CALL_ID: resultOf(0, 'CALL_ID') } },
			],
		},
	]);
	expect(requests.map(({ body }) => body)).toEqual([
		{
			halt: 0,
			cmd: {
				plan0_step0: 'register?PHONE_NUMBER=1',
				plan0_step1: `finish?CALL_ID=${encodeURIComponent('$result[plan0_step0][CALL_ID]')}`,
			},
		},
	]);
});

it('sends a text that looks like a reference alone', async () => {
	const { send, requests, sender } = world();
	await send([...many(200), finish('$result[x]')], sender({ isLive: false }));
	const alone = requests.filter(({ body }) => JSON.stringify(body).includes('result[x]'));
	expect(alone.map(commandsOf)).toEqual([1]);
});

it('keeps the order of calls about the same thing', async () => {
	const { send, requests, sender } = world();
	await send([finish('a'), finish('b'), finish('a')], sender({ isLive: false }));
	const order = requests.map(({ body }) => (body.cmd ? Object.values(body.cmd) : [body.CALL_ID]));
	expect(order).toHaveLength(2);
	expect(
		order
			.flat()
			.map(String)
			.filter((text) => /(^|=)a$/.test(text)),
	).toHaveLength(2);
});

describe('a full bucket', () => {
	it('is waited out with growing pauses, and nothing is lost', async () => {
		let left = 3;
		const { send, requests } = world((request) => (left-- > 0 ? full : echo(request)));
		expect(await send([finish('a')])).toMatchObject([[{ ok: true }]]);
		// Half a second, one, two: each times a half to one and a half by chance, here once.
		expect(requests.map(({ at }) => at)).toEqual([0, 500, 1500, 3500]);
	});

	it('ends as a limit when the patience is over', async () => {
		const { send, requests, sender, time, start } = world(() => full);
		const [[answer] = []] = await send([finish('a')], sender({ maximumWait: 10_000 }));
		expect(answer).toMatchObject({
			ok: false,
			failure: { kind: 'limited', code: 'QUERY_LIMIT_EXCEEDED', method: 'telephony.externalCall.finish' },
		});
		expect(time.now() - start).toBeLessThanOrEqual(20_000);
		expect(requests.length).toBeGreaterThan(3);
	});

	it('fails at once for whoever has no patience', async () => {
		const { send, requests, sender } = world(() => full);
		expect(await send([finish('a')], sender({ maximumWait: 0 }))).toMatchObject([
			[{ ok: false, failure: { kind: 'limited' } }],
		]);
		expect(requests).toHaveLength(1);
	});

	it('in a batch brings every call of it back', async () => {
		let left = 5;
		const { send, requests, sender } = world((request) =>
			request.url.endsWith('batch') && left-- > 0 ? full : echo(request),
		);
		const answers = await send(many(120), sender({ isLive: false }));
		expect(answers.every(([answer]) => answer?.ok)).toBe(true);
		expect(requests.length).toBeGreaterThan(10);
	});
});

describe('used up operating time', () => {
	const time = (now: number, inSeconds: number) => ({
		finish: now / 1000,
		operating_reset_at: Math.floor(now / 1000) + inSeconds,
		operating: 400,
	});

	it('is waited for until the portal said that it is forgotten', async () => {
		let count = 0;
		const { send, requests } = world((request, clock) => {
			count += 1;
			if (count === 1) return { status: 200, body: { result: true, time: time(clock.now(), 40) } };
			return count === 2 ? usedUp : echo(request);
		});
		await send([finish('a')]);
		expect(await send([finish('b')])).toMatchObject([[{ ok: true }]]);
		expect(requests.map(({ at }) => at)).toEqual([0, 0, 40_000]);
	});

	it('holds up that method of that credential only', async () => {
		const { send, requests, sender } = world((request) =>
			request.url.endsWith('finish') && requests.length === 1 ? usedUp : echo(request),
		);
		await send([finish('a')], sender({ maximumWait: 0 }));
		const show: Errand = { commands: [{ method: 'telephony.externalCall.show', parameters: { CALL_ID: 'b' } }] };
		expect(await send([show])).toMatchObject([[{ ok: true }]]);
		expect(await send([finish('c')], sender({ lane: 'two' }))).toMatchObject([[{ ok: true }]]);
		expect(requests.map(({ at }) => at)).toEqual([0, 0, 0]);
	});

	it('is a failure that says when to go on, where it would take too long', async () => {
		const { send, requests, sender, start } = world(() => usedUp);
		await send([finish('a')], sender({ maximumWait: 0 }));
		const [[answer] = []] = await send([finish('b')], sender({ maximumWait: 10_000 }));
		expect(answer).toMatchObject({ ok: false, failure: { code: 'OPERATION_TIME_LIMIT', retryAt: start + 60_000 } });
		expect(requests).toHaveLength(1);
	});
});

it('gives up nothing that is under way: its answer is still to come', async () => {
	const { time, dispatcher, sender } = world(async (request, clock) => {
		if (JSON.stringify(request.body).includes('slow')) await clock.sleep(30_000);
		return JSON.stringify(request.body).includes('refused') ? usedUp : echo(request);
	});
	const patient = sender({ maximumWait: 10_000 });
	const sent = ['slow', 'refused'].map(async (callId) => await dispatcher.send(patient, finish(callId)));
	expect((await time.until(Promise.all(sent))).flat()).toMatchObject([
		{ ok: true },
		{ ok: false, failure: { code: 'OPERATION_TIME_LIMIT' } },
	]);
});

describe('an execution that is stopped', () => {
	it('learns what became of the request under way', async () => {
		const stop = new Stop();
		const { send, sender } = world((request) => {
			stop.stop();
			return echo(request);
		});
		expect(await send([finish('a')], sender({ stop }))).toMatchObject([[{ ok: true }]]);
	});

	it('does not repeat a request that left in vain', async () => {
		const stop = new Stop();
		const { send, sender, requests } = world(() => {
			stop.stop();
			return full;
		});
		expect(await send([finish('a')], sender({ stop }))).toMatchObject([
			[{ ok: false, failure: { kind: 'cancelled' } }],
		]);
		expect(requests).toHaveLength(1);
	});

	it('withdraws what waits and touches nobody else', async () => {
		const { time, dispatcher, sender, requests } = world(async (request, clock) => {
			await clock.sleep(1000);
			return echo(request);
		});
		const stop = new Stop();
		const mine = sender({ run: 'mine', isLive: false, stop });
		const other = sender({ run: 'other', isLive: false });
		const sent = Promise.all([
			...many(2000).map(async (errand) => await dispatcher.send(mine, errand)),
			...many(40).map(async (errand) => await dispatcher.send(other, { ...errand, keys: [] })),
		]);
		void time.sleep(100).then(() => stop.stop());
		const answers = (await time.until(sent)).flat();
		expect(answers.slice(2000).every(({ ok }) => ok)).toBe(true);
		expect(answers.slice(0, 2000).every((answer) => answer.ok || answer.failure.kind === 'cancelled')).toBe(true);
		expect(answers.slice(0, 2000).some(({ ok }) => !ok)).toBe(true);
		const late = requests.filter(({ at }) => at > 100).flatMap(({ body }) => Object.values((body.cmd ?? {}) as object));
		expect(late.length).toBeLessThanOrEqual(40);
	});

	it('sends nothing at all when it was stopped before', async () => {
		const { send, sender, requests } = world();
		const stop = new Stop();
		stop.stop();
		expect(await send([finish('a')], sender({ stop }))).toMatchObject([
			[{ ok: false, failure: { kind: 'cancelled' } }],
		]);
		expect(requests).toEqual([]);
	});
});

describe('of a lost request', () => {
	/** Loses requests after so many milliseconds each. @returns what the last one came to */
	async function lose(...times: number[]) {
		const left = [...times];
		const { send } = world(async (_request, clock) => {
			await clock.sleep(left.shift() ?? 0);
			return { status: 0, reason: 'unknown', text: 'reset' };
		});
		let answer: Answer<unknown> | undefined;
		for (const _time of times) answer = (await send([finish('a')]))[0]?.[0];
		return answer;
	}

	it.each([
		[100, 2 * 1860 - 100, 90_000 - 100],
		[60_000, 0, 30_000],
		[70_000, 0, 30_000],
	])('it says after %d ms how long it may go on at the portal', async (after, pending, pendingAtMost) => {
		// A finish takes 1.86 s at first guess.
		expect(await lose(after)).toMatchObject({ ok: false, failure: { kind: 'unknown', pending, pendingAtMost } });
	});

	it('it learns that it took at least as long as it was waited for', async () => {
		const learned = 1860 * (70_000 / 1860) ** 0.25;
		expect(await lose(70_000, 100)).toMatchObject({
			ok: false,
			failure: { pending: expect.closeTo(2 * learned - 100, 3) as number },
		});
		expect(await lose(100, 100)).toMatchObject({ ok: false, failure: { pending: 2 * 1860 - 100 } });
	});

	it('it reckons with a slow portal where nothing cut it off', async () => {
		const { send } = world(async (_request, clock) => {
			await clock.sleep(70_000);
			return { status: 0, reason: 'unknown', text: 'reset' };
		});
		const ten = Array.from({ length: 10 }, (_, index) => finish(`call ${index}`).commands).flat();
		const [[answer] = []] = await send([{ commands: ten }]);
		expect(answer).toMatchObject({ ok: false, failure: { pendingAtMost: 10 * 18_600 - 70_000 } });
	});
});

it('gives every call of a lost batch the failure under its own method', async () => {
	const { send, sender } = world(() => ({ status: 502, body: '<html>' }));
	const [answers = []] = await send(
		[
			{
				commands: [
					{ method: 'a', parameters: {} },
					{ method: 'b', parameters: {} },
				],
			},
		],
		sender(),
	);
	expect(
		answers.map((answer) => !answer.ok && [answer.failure.method, answer.failure.kind, answer.failure.status]),
	).toEqual([
		['a', 'unknown', 502],
		['b', 'unknown', 502],
	]);
});

it('lets an errand that performs itself go alone, and count', async () => {
	const { send, requests, sender } = world();
	let performed = 0;
	const upload: Errand = {
		commands: [{ method: 'upload', parameters: {} }],
		perform: async () => {
			performed += 1;
			return await Promise.resolve({ ok: true, value: 'sent' });
		},
	};
	const answers = await send([...Array.from({ length: 60 }, () => upload), ...many(3)], sender({ isLive: false }));
	expect(performed).toBe(60);
	expect(answers.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => [{ ok: true, value: 'sent' }]));
	expect(requests.length).toBeLessThanOrEqual(3);
});
