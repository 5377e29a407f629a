import type { IDataObject, INode } from 'n8n-workflow';
import { between, inWords, pick, randomOf, scheduleOf, type Random } from '../support/schedule';
import { endings, falseAlarms, ScheduleWorld } from './scheduleWorld';
import { byId, many } from './world';

/** SCHEDULE_SEED=17 repeats one schedule; SCHEDULES=5000 tries more of them. */
const { SCHEDULE_SEED: ONE = '', SCHEDULES = '500' } = process.env;
const FIRST = ONE ? Number(ONE) : 1;
const LAST = ONE ? Number(ONE) : Number(SCHEDULES);
const CHUNK = 50;

let world: ScheduleWorld;
beforeAll(async () => {
	world = await ScheduleWorld.open();
});
afterAll(async () => {
	await world.close();
});

/** Fifty seeds a test, because each result is printed. */
const chunks = Array.from({ length: Math.ceil((LAST - FIRST + 1) / CHUNK) }, (_, index) => [
	FIRST + index * CHUNK,
	Math.min(LAST, FIRST + (index + 1) * CHUNK - 1),
]);

type Scenario = (random: Random, count: number) => Promise<void>;

async function trySeeds(first: number, last: number, scenario: Scenario, count?: number): Promise<void> {
	const failures: string[] = [];
	for (let seed = first; seed <= last; seed += 1) {
		const random = randomOf(seed);
		world.reset();
		const blows = scheduleOf(random);
		world.begin(blows, random);
		await scenario(random, count ?? between(random, 1, 3)).catch((error: unknown) => {
			failures.push(
				`SCHEDULE_SEED=${seed} (${inWords(blows)}): ${error instanceof Error ? error.message : String(error)}`,
			);
		});
	}
	expect(failures).toEqual([]);
}

const onErrors = ['continueRegularOutput', 'continueErrorOutput', 'stopWorkflow'] as const satisfies INode['onError'][];
const number = (item: number): string => `+4940${1000 + item}`;

/**
 * What holds of a run in trouble: an error means that the call is not logged, or that nobody could find out.
 *
 * @param twins calls of which other runs have an item as well
 */
function expectHonest(
	run: Awaited<ReturnType<ScheduleWorld['run']>>,
	numbers: string[],
	twins: readonly string[] = [],
): void {
	expect(falseAlarms(run, numbers.length)).toEqual([]);
	if (run.status === 'canceled' || world.wasKilled) return;
	for (const [item, ended] of endings(run, numbers.length).entries()) {
		// Of two items with one call the second goes on where the first failed.
		if ([...numbers.filter((_, index) => index !== item), ...twins].includes(numbers[item] ?? '')) continue;
		if (!ended?.error || /^Bitrix24 may have carried this out already \(|^The execution was stopped/.test(ended.error))
			continue;
		expect([item, ended.error, world.logged(numbers[item] ?? '')]).toEqual([item, ended.error, 0]);
	}
}

function logging(random: Random, start: string): IDataObject {
	return {
		direction: 'incoming',
		phoneNumber: '={{ $json.phone }}',
		employee: byId(2),
		start,
		duration: '={{ $json.seconds }}',
		outcomeFrom: 'list',
		outcome: 'ended',
		externalCallId: '={{ $json.id }}',
		skipLogged: true,
		recordingFrom: 'none',
		transcript: random() < 0.3 ? '[{"side":"client","start":0,"text":"Hello"}]' : '[]',
	};
}

const REGISTER = {
	employee: byId(2),
	phoneNumber: '={{ $json.phone }}',
	type: 2,
	externalCallId: '={{ $json.phone }}',
	show: true,
};
const FINISH = {
	callId: '={{ $json.callId }}',
	employee: byId(2),
	duration: 7,
	outcomeFrom: 'list',
	outcome: 'ended',
	direction: 'incoming',
};

describe('Log Call', () => {
	const scenario: Scenario = async (random, count) => {
		const age = pick(random, [60_000, 86_400_000]);
		const start = new Date(world.timeline.now() - age).toISOString();
		const hasIds = random() < 0.7;
		const numbers = Array.from({ length: count }, (_, item) => number(item));
		const items: IDataObject[] = numbers.map((phone, item) => ({
			phone,
			id: hasIds ? `id ${item}` : '',
			seconds: item + 1,
		}));
		// A record may come twice.
		if (random() < 0.3) items.push({ ...items[0] });
		const parameters = logging(random, start);
		expectHonest(
			await world.run('logCall', parameters, items, pick(random, onErrors)),
			items.map(({ phone }) => String(phone)),
		);
		await world.calm();
		const again = await world.run('logCall', parameters, items);
		expect([again.error?.message, again.error?.description]).toEqual([undefined, undefined]);
		expect(JSON.stringify(again.json)).not.toContain('another program logged it');
		expect(numbers.map((phone) => world.logged(phone))).toEqual(numbers.map(() => 1));
		// A call that was registered and not finished in a request that was lost is found again by registering it, for 30
		// minutes.
		expect(world.portal.state.calls.size).toBeLessThanOrEqual(
			age === 60_000 ? 0 : world.refusals('telephony.externalCall.finish'),
		);
		if (parameters.transcript !== '[]')
			expect(world.portal.state.history.every(({ transcriptId }) => transcriptId !== null)).toBe(true);
	};
	it.each(chunks)('seeds %i to %i', async (first = 0, last = 0) => await trySeeds(first, last, scenario));
});

describe('Register and Finish', () => {
	const scenario: Scenario = async (random, count) => {
		const numbers = Array.from({ length: count }, (_, item) => number(item));
		const onError = pick(random, onErrors);
		const items: IDataObject[] = numbers.map((phone) => ({ phone }));
		const announced = await world.run('register', REGISTER, items, onError);
		expectHonest(announced, numbers);
		const first = endings(announced, count).flatMap((ended, item) =>
			ended && !ended.error ? [{ phone: number(item), callId: ended.json.CALL_ID }] : [],
		);
		// A call lasts a while.
		await world.timeline.sleep(60_000);
		if (first.length > 0)
			expectHonest(
				await world.run('finish', FINISH, first as IDataObject[], onError),
				first.map(({ phone }) => phone),
			);
		await world.calm();
		const missing = items.filter(({ phone }) => !first.some((one) => one.phone === phone));
		const second = await world.run('register', REGISTER, missing);
		expect(second.error?.message).toBeUndefined();
		const all = [...first, ...missing.map(({ phone }, item) => ({ phone, callId: second.json[item]?.CALL_ID }))];
		const again = await world.run('finish', FINISH, all as IDataObject[]);
		expect([again.error?.message, again.error?.description]).toEqual([undefined, undefined]);
		expect(numbers.map((phone) => world.logged(phone))).toEqual(numbers.map(() => 1));
		expect([world.portal.state.calls.size, world.portal.state.cards.length]).toEqual([0, 0]);
	};
	it.each(chunks)('seeds %i to %i', async (first = 0, last = 0) => await trySeeds(first, last, scenario));
});

const callId = '={{ $json.callId }}';
/** Each operation on cards, and who sees the card afterwards. */
const CARDS: [string, IDataObject, number[]][] = [
	['show', { callId, employees: many(byId('2,3,4')) }, [2, 3, 4]],
	['answeredBy', { callId, employee: byId(3), employees: many(byId('2,3,4')) }, [3]],
	['transfer', { callId, fromEmployee: byId(3), toEmployee: byId(4) }, [4]],
	['hide', { callId, employees: many(byId(4)) }, []],
];

describe('cards', () => {
	const scenario: Scenario = async (random, count) => {
		const calls = await world.registered(Array.from({ length: count }, (_, item) => number(item)));
		const step = between(random, 0, CARDS.length - 1);
		const [operation = '', parameters = {}, seers = []] = CARDS[step] ?? [];
		for (const { callId: id } of calls) world.show(String(id), CARDS[step - 1]?.[2] ?? []);
		world.begin(scheduleOf(random), random);
		const run = await world.run(operation, parameters, calls, pick(random, onErrors));
		expectHonest(
			run,
			calls.map((_, item) => number(item)),
		);
		await world.calm();
		const failed = calls.filter(
			(_, item) => endings(run, count)[item]?.error !== undefined || !endings(run, count)[item],
		);
		const again = await world.run(operation, parameters, failed);
		expect([again.error?.message, again.json.flatMap(({ WARNINGS }) => WARNINGS ?? [])]).toEqual([undefined, []]);
		expect(calls.map(({ callId: id }) => world.seers(String(id)))).toEqual(calls.map(() => seers));
	};
	it.each(chunks)('seeds %i to %i', async (first = 0, last = 0) => await trySeeds(first, last, scenario));
});

describe('forty executions at once', () => {
	const runs = Array.from({ length: 40 }, (_, index) => index);
	const [first, last] = ONE ? [FIRST, FIRST] : [1001, 1014];
	/** The first five calls are logged by two executions each. */
	const phoneOf = (index: number): string => number(index < 5 ? index + 5 : index);
	const twins = [5, 6, 7, 8, 9].map(number);
	const numbers = [...new Set(runs.map(phoneOf))];

	it('log each call once', async () => {
		await trySeeds(
			first,
			last,
			async (random) => {
				const parameters = logging(random, new Date(world.timeline.now() - 86_400_000).toISOString());
				const log = async (index: number) =>
					await world.run('logCall', parameters, [{ phone: phoneOf(index), id: phoneOf(index), seconds: 5 }]);
				for (const [index, run] of (await Promise.all(runs.map(log))).entries())
					expectHonest(run, [phoneOf(index)], twins);
				await world.calm();
				const again = await Promise.all(runs.map(log));
				expect(again.map(({ error }) => error?.message)).toEqual(runs.map(() => undefined));
				expect(numbers.map((phone) => world.logged(phone))).toEqual(numbers.map(() => 1));
			},
			1,
		);
	});

	it('register and finish each call once', async () => {
		await trySeeds(
			first,
			last,
			async () => {
				const registerAll = async () =>
					await Promise.all(
						runs.map(async (index) => await world.run('register', REGISTER, [{ phone: number(index) }])),
					);
				const finish = async (callId: unknown) => await world.run('finish', FINISH, [{ callId }] as IDataObject[]);
				const announced = await registerAll();
				await world.timeline.sleep(60_000);
				for (const [
					index,
					{
						json: [call],
					},
				] of announced.entries())
					if (call) expectHonest(await finish(call.CALL_ID), [number(index)]);
				await world.calm();
				const all = await Promise.all(
					announced.map(
						async ({ json: [call] }, index) =>
							call ?? (await world.run('register', REGISTER, [{ phone: number(index) }])).json[0],
					),
				);
				const again = await Promise.all(all.map(async (call) => await finish(call?.CALL_ID)));
				expect(again.map(({ error }) => error?.message)).toEqual(runs.map(() => undefined));
				expect(runs.map((index) => world.logged(number(index)))).toEqual(runs.map(() => 1));
				expect([world.portal.state.calls.size, world.portal.state.cards.length]).toEqual([0, 0]);
			},
			1,
		);
	});

	it('show, hand over and hide each card', async () => {
		await trySeeds(
			first,
			last,
			async (random) => {
				const calls = await world.registered(runs.map(number));
				for (const [operation, parameters, seers] of CARDS) {
					world.begin(scheduleOf(random), random);
					const runAll = async (some: IDataObject[]) =>
						await Promise.all(some.map(async (call) => await world.run(operation, parameters, [call])));
					const struck = await runAll(calls);
					for (const [index, run] of struck.entries()) expectHonest(run, [number(index)]);
					await world.calm();
					const again = await runAll(calls.filter((_, index) => struck[index]?.error));
					expect(again.filter(({ error }) => error)).toEqual([]);
					expect(calls.map(({ callId: id }) => world.seers(String(id)))).toEqual(calls.map(() => seers));
				}
			},
			1,
		);
	});
});
