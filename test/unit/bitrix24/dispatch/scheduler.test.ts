import { LONGEST_REQUEST } from '../../../../bitrix24/dispatch/chains';
import { FINISH, gone, loads, scheduler, SHOW, START, ticket, tickets } from './scheduling';

const live = (index: number) => ({ isLive: true, run: `e${index}`, methods: [SHOW] });

it('has nothing to do when nothing waits', () => {
	const { scheduler: one } = scheduler();
	expect(one.next(START)).toEqual({ departures: [], wakeAt: undefined });
});

it('says when a request left, what it carries, and how long it will take', () => {
	const { add, leave } = scheduler();
	const one = ticket({ methods: [FINISH, SHOW] });
	add([one]);
	expect(leave()).toEqual([{ tickets: [one], expected: 1860 + 750, at: START }]);
	expect(leave()).toEqual([]);
});

describe('an import', () => {
	it('leaves side by side while the bucket has room, and wakes up for the next request', () => {
		const { scheduler: one, add } = scheduler(3);
		add(tickets(3));
		const { departures, wakeAt } = one.next(START);
		expect(loads(departures)).toEqual([1, 1, 1]);
		expect(wakeAt).toBeUndefined();
	});

	it('shares requests when room gets short, in order, and leaves the rest to the next request', () => {
		const { scheduler: one, add } = scheduler(2);
		const all = tickets(10);
		add(all);
		const { departures, wakeAt } = one.next(START);
		expect(loads(departures)).toEqual([2, 2]);
		expect(gone(departures)).toEqual(all.slice(0, 4));
		expect(wakeAt).toBe(START + 500);
		expect(one.next(START + 499).departures).toEqual([]);
		expect(gone(one.next(START + 500).departures)[0]).toBe(all[4]);
	});

	it('wakes up when there is room, while there is none', () => {
		const { scheduler: one, add } = scheduler(0);
		add([ticket()]);
		expect(one.next(START)).toEqual({ departures: [], wakeAt: START + 500 });
		expect(one.next(START + 300)).toEqual({ departures: [], wakeAt: START + 500 });
		expect(loads(one.next(START + 500).departures)).toEqual([1]);
	});

	it('runs no request for longer than 20 s, and leaves one to a live call', () => {
		const { add, leave } = scheduler(5);
		add(tickets(3000));
		const departures = leave();
		expect(loads(departures)).toEqual([10, 10, 10, 10]);
		expect(departures.every(({ expected }) => expected <= LONGEST_REQUEST)).toBe(true);
		expect(leave()).toEqual([]);
	});

	it('wakes up for its next request when it has left the last one to a live call', () => {
		const { scheduler: one, add } = scheduler(1);
		add(tickets(3000));
		expect(one.next(START)).toEqual({ departures: [], wakeAt: START + 500 });
	});

	it('saves requests for what will follow', () => {
		const { add, leave } = scheduler(2);
		add(tickets(2, () => ({ methods: [SHOW] })));
		expect(loads(leave())).toEqual([1, 1]);
		const saving = scheduler(2);
		saving.add(tickets(2, () => ({ methods: [SHOW], ahead: [FINISH, FINISH] })));
		expect(loads(saving.leave(START + 250))).toEqual([2]);
	});

	it('saves none for what came back, or was withdrawn', () => {
		for (const isWithdrawn of [true, false]) {
			const { scheduler: one, add, leave } = scheduler(3);
			const first = ticket({ methods: [SHOW], ahead: [FINISH, FINISH, FINISH, FINISH, FINISH, FINISH] });
			add([first]);
			if (isWithdrawn) one.withdraw(first);
			else for (const departure of leave(START + 250)) one.arrived(departure);
			add(tickets(2, () => ({ methods: [SHOW] })));
			expect(loads(leave(START + 250))).toEqual([1, 1]);
		}
	});

	it('waits behind a live call that waits', () => {
		const { scheduler: one, add } = scheduler(3);
		const held = tickets(2, live);
		add(held);
		add([ticket()]);
		one.blocked.add('lane', SHOW, START + 60_000);
		expect(loads(one.next(START).departures)).toEqual([1]);
		add([ticket()]);
		expect(loads(one.next(START + 1).departures)).toEqual([]);
	});
});

describe('live calls', () => {
	it('go before imports', () => {
		const { scheduler: one, add, leave } = scheduler(20);
		add([ticket()]);
		leave();
		add(tickets(30));
		const call = ticket(live(0));
		add([call], START + 1);
		expect(one.next(START + 1).departures[0]?.tickets).toEqual([call]);
	});

	it('wait for each other when many come at once, and then share what room there is', () => {
		const { scheduler: one, add } = scheduler(10);
		add(tickets(30, live));
		expect(one.next(START)).toEqual({ departures: [], wakeAt: START + 50 });
		const { departures, wakeAt } = one.next(START + 50);
		expect(departures).toHaveLength(10);
		expect(gone(departures)).toHaveLength(30);
		expect(wakeAt).toBeUndefined();
	});

	it('wake up for the next request when some stay behind', () => {
		const { scheduler: one, add } = scheduler(1);
		add(tickets(40, live));
		const { departures, wakeAt } = one.next(START + 50);
		expect(departures).toHaveLength(1);
		expect(gone(departures).length).toBeLessThan(40);
		expect(wakeAt).toBe(START + 500);
	});

	it('wake up when there is room, while there is none', () => {
		const { scheduler: one, add } = scheduler(0);
		add(tickets(2, live));
		expect(one.next(START)).toEqual({ departures: [], wakeAt: START + 500 });
	});

	it('use their share of the room while more keep coming', () => {
		const { scheduler: one, add } = scheduler(40);
		const left = new Map<number, number[]>();
		for (let now = START; now <= START + 590; now += 10) {
			add([ticket(live(now))], now);
			const { departures } = one.next(now);
			if (departures.length > 0) left.set(now - START, loads(departures));
		}
		// The first leave alone; then it is clear that many come, and nobody waits longer than 250 ms for company.
		const times = [...left.keys()];
		expect(times.slice(0, 5)).toEqual([0, 10, 20, 30, 40]);
		for (const [index, at] of times.entries()) expect(at - (times[index - 1] ?? 0)).toBeLessThanOrEqual(260);
		const sent = [...left.values()].flat();
		expect(sent.length).toBeLessThan(40);
		expect(sent.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(40);
	});

	it('leave an import its turn every 2 s, a long one as well', () => {
		for (const count of [3, 3000]) {
			const { scheduler: one, add, leave } = scheduler(49);
			add([ticket()]);
			expect(leave()).toHaveLength(1);
			for (let request = 0; request < 48; request += 1) one.bucket.take(START);
			add(tickets(count), START + 1);
			add(tickets(60, live), START + 1999);
			const early = one.next(START + 1999);
			expect(gone(early.departures).some(({ isLive }) => !isLive)).toBe(false);
			const { departures } = one.next(START + 2000);
			expect(departures[0]?.tickets[0]?.isLive).toBe(false);
			expect(departures.filter(({ tickets: [first] }) => first?.isLive === false)).toHaveLength(1);
		}
	});
});

describe('credentials', () => {
	it('share the bucket, but no request', () => {
		const { add, leave } = scheduler(4);
		add(tickets(40, (index) => ({ lane: index % 2 ? 'a' : 'b', run: index % 2 ? 'a' : 'b' })));
		const departures = leave();
		expect(departures.length).toBeGreaterThan(1);
		for (const departure of departures) expect(new Set(departure.tickets.map(({ lane }) => lane)).size).toBe(1);
	});

	it('leave in the order of their first calls', () => {
		const { add, leave } = scheduler(2);
		const all = tickets(6, (index) => ({ lane: ['a', 'b', 'a', 'c', 'b', 'c'][index], methods: [SHOW] }));
		add(all);
		expect(leave().map(({ tickets: [first] }) => first?.lane)).toEqual(['a', 'b']);
	});
});

describe('what travels alone', () => {
	it('shares no request with others', () => {
		const { add, leave } = scheduler(5);
		const all = tickets(8, (index) => ({ isAlone: index === 3, methods: [SHOW] }));
		add(all);
		const departures = leave();
		expect(departures.filter((departure) => departure.tickets.includes(all[3] ?? ticket()))).toMatchObject([
			{ tickets: [all[3]] },
		]);
		expect(departures.some((departure) => departure.tickets.length > 1)).toBe(true);
	});

	it('has room beside what could have shared requests', () => {
		const { add, leave } = scheduler(50);
		add(tickets(55, (index) => ({ isAlone: index >= 45, methods: [SHOW] })));
		expect(gone(leave())).toHaveLength(55);
	});
});

describe('calls about the same thing', () => {
	it('leave together, in order', () => {
		const { add, leave } = scheduler();
		const [a1, b, a2] = [ticket({ keys: ['a'] }), ticket({ keys: ['b'] }), ticket({ keys: ['a'] })];
		add([a1, b, a2]);
		expect(leave().map((departure) => departure.tickets)).toEqual([[a1, a2], [b]]);
	});

	it('wait while one of them is under way, and keep those behind them', () => {
		const { scheduler: one, add, leave } = scheduler();
		const [first, second, third] = [ticket({ keys: ['a'] }), ticket({ keys: ['a', 'b'] }), ticket({ keys: ['b'] })];
		add([first]);
		const [departure] = leave();
		add([second, third, ticket({ keys: ['c'] })]);
		expect(gone(leave()).map(({ keys }) => keys)).toEqual([['c']]);
		if (departure) one.arrived(departure);
		expect(leave().map((each) => each.tickets)).toEqual([[second, third]]);
	});

	it('wait until all of them are back', () => {
		const { scheduler: one, add, leave } = scheduler();
		add([ticket({ keys: ['a'] }), ticket({ keys: ['a'] })]);
		const [both] = leave();
		add([ticket({ keys: ['a'] })]);
		expect(leave()).toEqual([]);
		if (both) one.arrived(both);
		expect(leave()).toHaveLength(1);
	});

	it('join a chain by any of its keys', () => {
		const { add, leave } = scheduler();
		const all = [ticket({ keys: ['a'] }), ticket({ keys: ['a', 'b'] }), ticket({ keys: ['b'] })];
		add(all);
		expect(leave().map((departure) => departure.tickets)).toEqual([all]);
	});

	it('wait where they would join two chains', () => {
		const { add, leave } = scheduler();
		add([ticket({ keys: ['a'] }), ticket({ keys: ['b'] }), ticket({ keys: ['a', 'b'] }), ticket({ keys: ['b'] })]);
		expect(leave().map((departure) => departure.tickets.map(({ keys }) => keys.join('')))).toEqual([['a'], ['b']]);
	});

	it.each([
		['of two credentials', { lane: 'other' }, {}],
		['of which the second travels alone', { isAlone: true }, {}],
		['of which the first travels alone', {}, { isAlone: true }],
		[
			'that are too many for a request',
			{ methods: Array.from({ length: 26 }, () => 'a') },
			{ methods: Array.from({ length: 25 }, () => 'a') },
		],
		[
			'that take too long for a request',
			{ methods: Array.from({ length: 6 }, () => FINISH) },
			{ methods: Array.from({ length: 5 }, () => FINISH) },
		],
	])('%s follow each other', (_name, later, earlier) => {
		const { add, leave } = scheduler();
		add([ticket({ keys: ['a'], ...earlier }), ticket({ keys: ['a'], ...later }), ticket({ keys: ['a'] })]);
		expect(loads(leave())).toEqual([1]);
		expect(leave()).toEqual([]);
	});

	it('share a request as far as it goes', () => {
		const { add, leave } = scheduler();
		add([
			ticket({ keys: ['a'], methods: Array.from({ length: 25 }, () => 'a') }),
			ticket({ keys: ['a'], methods: Array.from({ length: 25 }, () => 'a') }),
		]);
		expect(loads(leave())).toEqual([2]);
	});
});
