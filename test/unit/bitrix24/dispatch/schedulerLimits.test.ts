import { FINISH, gone, loads, scheduler, SHOW, START, ticket, tickets } from './scheduling';
import type { Departure } from '../../../../bitrix24/dispatch/scheduler';

/** Sends one call into a full bucket, again and again. @returns the pauses, milliseconds */
function pauses(count: number, chance: number): number[] {
	const { scheduler: one, add } = scheduler(50, chance);
	add([ticket()]);
	const result: number[] = [];
	let now = START;
	for (let round = 0; round < count; round += 1) {
		const [departure] = one.next(now).departures as [Departure];
		one.refused(departure, now + 10);
		const { departures, wakeAt = 0 } = one.next(now + 10);
		expect(departures).toEqual([]);
		result.push(wakeAt - now - 10);
		now = wakeAt + 1000;
	}
	return result;
}

describe('a refused request', () => {
	it('is followed by pauses that double, up to 8 s', () => {
		expect(pauses(7, 0.5)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
	});

	it('spreads the pauses by chance, from half to one and a half', () => {
		expect(pauses(3, 0)).toEqual([250, 500, 1000]);
		expect(pauses(3, 0.9)).toEqual([700, 1400, 2800]);
	});

	it('begins with a short pause again after an answer', () => {
		const { scheduler: one, add } = scheduler(50);
		add([ticket()]);
		for (const now of [START, START + 10_000]) {
			const [departure] = one.next(now).departures as [Departure];
			one.refused(departure, now + 10);
			expect(one.next(now + 10).wakeAt).toBe(now + 510);
			const [again] = one.next(now + 1000).departures as [Departure];
			one.arrived(again);
			add([ticket()], now + 1000);
		}
	});

	it('counts once with all that left side by side', () => {
		const { scheduler: one, add } = scheduler(50);
		const all = tickets(40);
		add(all);
		const departures = one.next(START).departures;
		expect(departures).toHaveLength(40);
		departures.forEach((departure, index) => one.refused(departure, START + 100 + index));
		expect(one.next(START + 200).wakeAt).toBe(START + 600);
		const again = one.next(START + 700).departures;
		expect(again).not.toEqual([]);
		for (const departure of again) one.refused(departure, START + 800);
		expect(one.next(START + 800).wakeAt).toBe(START + 1800);
	});

	it('says that the bucket is full', () => {
		const { scheduler: one, add } = scheduler(50);
		add(tickets(20, () => ({ methods: [SHOW] })));
		const [first, ...others] = one.next(START).departures as [Departure, ...Departure[]];
		for (const departure of others) one.arrived(departure);
		one.refused(first, START + 100);
		add(tickets(20), START + 200);
		// Half a second later there is room for one.
		expect(one.next(START + 600).departures).toHaveLength(1);
	});

	it('goes first again, in its own order', () => {
		const { scheduler: one, add } = scheduler(2);
		const all = tickets(10);
		add(all);
		const departures = one.next(START).departures;
		const [first = []] = departures.map((departure) => departure.tickets);
		for (const departure of [...departures].reverse()) one.refused(departure, START + 10);
		const again = gone(one.next(START + 1000).departures);
		expect(again.slice(0, first.length)).toEqual(first);
	});

	it('lets go of what it acted on', () => {
		const { scheduler: one, add } = scheduler(50);
		add([ticket({ keys: ['a'] })]);
		const [departure] = one.next(START).departures as [Departure];
		one.refused(departure, START);
		expect(loads(one.next(START + 5000).departures)).toEqual([1]);
	});

	it('goes back to where it came from, live or not', () => {
		for (const isLive of [true, false]) {
			const { scheduler: one, add } = scheduler(50);
			const mine = ticket({ isLive });
			add([mine]);
			const [departure] = one.next(START).departures as [Departure];
			one.refused(departure, START);
			one.withdraw(mine);
			expect(one.next(START + 1)).toEqual({ departures: [], wakeAt: undefined });
		}
	});
});

describe('a method that has used up its time', () => {
	it('waits until then, and others do not', () => {
		const { scheduler: one, add } = scheduler(50);
		const [blocked, free] = [ticket({ methods: [SHOW, FINISH.toUpperCase()] }), ticket({ methods: [SHOW] })];
		add([blocked, free]);
		one.blocked.add('lane', FINISH, START + 7000);
		expect(one.next(START)).toMatchObject({ departures: [{ tickets: [free] }], wakeAt: START + 500 });
		expect(one.next(START + 6999)).toMatchObject({ departures: [] });
		expect(gone(one.next(START + 7000).departures)).toEqual([blocked]);
	});

	it('is one of a credential', () => {
		const { scheduler: one, add, leave } = scheduler(50);
		add([ticket({ lane: 'other' })]);
		one.blocked.add('lane', FINISH, START + 7000);
		expect(loads(leave())).toEqual([1]);
	});

	it('wakes up at that time', () => {
		for (const isLive of [true, false]) {
			const { scheduler: one, add } = scheduler(50);
			add([ticket({ isLive })]);
			one.blocked.add('lane', FINISH, START + 300);
			expect(one.next(START).wakeAt).toBe(START + 300);
		}
	});

	it('is told by the latest of a ticket, and forgotten in time', () => {
		const { scheduler: one } = scheduler(50);
		expect(one.blocked.hasSome(START)).toBe(false);
		one.blocked.add('lane', FINISH, START + 300);
		one.blocked.add('lane', SHOW, START + 500);
		expect(one.blocked.until(ticket({ methods: [FINISH, SHOW, FINISH] }))).toBe(START + 500);
		expect(one.blocked.until(ticket({ methods: ['user.get'] }))).toBe(0);
		expect(one.blocked.hasSome(START + 300)).toBe(true);
		expect(one.blocked.until(ticket())).toBe(0);
		expect(one.blocked.hasSome(START + 499)).toBe(true);
		expect(one.blocked.hasSome(START + 500)).toBe(false);
	});

	it('keeps what acts on the same thing behind it', () => {
		const { scheduler: one, add, leave } = scheduler(50);
		add([ticket({ keys: ['a'] }), ticket({ keys: ['a'], methods: [SHOW] }), ticket({ keys: ['b'], methods: [SHOW] })]);
		one.blocked.add('lane', FINISH, START + 7000);
		expect(gone(leave()).map(({ keys }) => keys)).toEqual([['b']]);
	});

	it('holds up nobody else, however many wait for it', () => {
		const { scheduler: one, add, leave } = scheduler(50);
		add(tickets(6000));
		add([ticket({ methods: [SHOW] })]);
		one.blocked.add('lane', FINISH, START + 7000);
		expect(loads(leave())).toEqual([1]);
	});
});
