import fc from 'fast-check';
import { lowerBound } from '../../../../bench/model/bound';
import { simulate } from '../../../../bench/model/simulation';
import type { Departure } from '../../../../bitrix24/dispatch/scheduler';
import { calls, FINISH, loads, MODEL, scheduler, START, still, ticket, tickets } from './scheduling';

describe('calls that come at once', () => {
	it.each([
		['finishes of one run', 50, 1855, false],
		['finishes of one run', 300, 1855, false],
		['registrations of many executions', 120, 670, true],
		['look-ups of one run', 1000, 225, false],
	])('are over soon: %s, %i', (_name, count, duration, isLive) => {
		const load = calls(count, (index) => ({ duration, isLive, run: isLive ? `e${index}` : 'one' }));
		const { end, refused } = simulate(load, MODEL, still);
		expect(refused).toBe(0);
		expect(end).toBeLessThanOrEqual(1.1 * lowerBound(load, MODEL) + 60);
	});

	it('share the bucket though they are of two credentials', () => {
		const load = calls(200, (index) => ({ lane: index % 2 ? 'a' : 'b', run: index % 2 ? 'x' : 'y', isLive: false }));
		const { answered, refused } = simulate(load, MODEL, still);
		expect(refused).toBe(0);
		expect(answered).toHaveLength(200);
	});
});

describe('live calls', () => {
	const imports = calls(1000, () => ({ method: 'log', duration: 2525, run: 'import', isLive: false }));

	it('go out at once while a long import runs', () => {
		const shows = calls(20, (index) => ({
			method: 'show',
			duration: 745,
			release: 1000 + index * 2000,
			run: `show ${index}`,
		}));
		const { answered } = simulate([...imports, ...shows], MODEL, still);
		const waits = answered.filter(({ call }) => call.isLive).map(({ sent, call }) => sent - call.release);
		expect(Math.max(...waits)).toBeLessThanOrEqual(500);
	});

	it('do not starve an import', () => {
		const shows = calls(1200, (index) => ({
			method: 'show',
			duration: 745,
			release: index * 100,
			run: `show ${index}`,
		}));
		const { answered } = simulate([...imports.slice(0, 100), ...shows], MODEL, still);
		const last = Math.max(...answered.filter(({ call }) => !call.isLive).map(({ answered: end }) => end));
		expect(last).toBeLessThan(120_000);
	});
});

describe('an import', () => {
	it('fills its requests although what was asked comes back piece by piece', () => {
		const { scheduler: one, add, leave } = scheduler();
		add([ticket({ ahead: Array.from({ length: 500 }, () => FINISH) })]);
		expect(leave(START + 100)).toHaveLength(1);
		add(
			tickets(20, () => ({ ahead: [FINISH] })),
			START + 200,
		);
		expect(one.next(START + 200)).toEqual({ departures: [], wakeAt: START + 260 });
	});

	describe('that more will follow', () => {
		const followed = (count: number) => tickets(count, () => ({ ahead: Array.from({ length: 30 }, () => FINISH) }));

		it('runs side by side as far as there will be room again before what follows could leave', () => {
			const { add, leave } = scheduler();
			add(followed(20));
			const left = loads(leave(START + 250));
			expect(left).toHaveLength(9);
			expect(left.every((count) => count === 2 || count === 3)).toBe(true);
		});

		it('fills its requests while something is under way whose followers want the room sooner', () => {
			const { scheduler: one, add, leave } = scheduler();
			add(followed(1));
			const first = leave(START + 250);
			add(followed(20), START + 300);
			const full = leave(START + 550);
			expect(loads(full)).toEqual([9, 9, 2]);
			for (const departure of [...first, ...full]) one.arrived(departure);
			add(followed(20), START + 600);
			expect(leave(START + 850).length).toBeGreaterThan(6);
		});
	});
});

describe('an execution with few items', () => {
	it('does not wait for one with many', () => {
		const long = calls(1000, () => ({ method: 'log', duration: 2525, run: 'long', isLive: false }));
		const short = calls(20, () => ({ method: 'log', duration: 2525, run: 'short', isLive: false, release: 5000 }));
		const { answered } = simulate([...long, ...short], MODEL, still);
		const end = (run: string): number =>
			Math.max(...answered.filter(({ call }) => call.run === run).map((one) => one.answered));
		expect(end('short')).toBeLessThan(40_000);
		expect(end('short')).toBeLessThan(end('long'));
	});
});

it('never has the same call under way in two requests', () => {
	const arrival = fc.record({
		keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
		lane: fc.constantFrom('one', 'two'),
		isLive: fc.boolean(),
		isAlone: fc.boolean(),
		lands: fc.boolean(),
		isRefused: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.array(arrival, { minLength: 2, maxLength: 40 }), (arrivals) => {
			const { scheduler: one, add } = scheduler();
			const underWay: Departure[] = [];
			for (const [index, { lands, isRefused, ...change }] of arrivals.entries()) {
				const now = START + index * 300;
				add([ticket(change)], now);
				underWay.push(...one.next(now).departures);
				const keys = underWay.flatMap(({ tickets: some }) => [...new Set(some.flatMap((each) => each.keys))]);
				expect(keys).toEqual([...new Set(keys)]);
				const landed = lands ? underWay.shift() : undefined;
				if (landed && isRefused) one.refused(landed, now);
				else if (landed) one.arrived(landed);
			}
		}),
		{ numRuns: 300 },
	);
});
