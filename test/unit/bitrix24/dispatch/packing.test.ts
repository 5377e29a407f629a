import fc from 'fast-check';
import { bestLength, fill, type Parcel, type Room } from '../../../../bitrix24/dispatch/packing';

const parcels = (...durations: number[]): Parcel[] => durations.map((duration) => ({ duration, commands: 1 }));
const many = (count: number, duration: number, commands = 1): Parcel[] =>
	Array.from({ length: count }, () => ({ duration, commands }));
const room = (change: Partial<Room> = {}): Room => ({
	now: 50,
	interval: 500,
	longest: 20_000,
	commands: 50,
	...change,
});
const durations = (requests: Parcel[][]): number[][] =>
	requests.map((request) => request.map(({ duration }) => duration));

describe('the best length', () => {
	it('is that of the longest where each has a request of its own', () => {
		expect(bestLength(parcels(700, 300, 900), 0, room({ now: 3 }))).toBe(900);
		expect(bestLength(many(50, 700), 0, room())).toBe(700);
	});

	it('shares what would have to wait for the next request otherwise', () => {
		// Two in one request are over at 200, before the second request could leave.
		expect(bestLength(many(2, 100), 0, room({ now: 1 }))).toBeCloseTo(200, -1);
		// Behind each other they end at 1600; the second request leaves at 500 and ends at 1300.
		expect(bestLength(many(2, 800), 0, room({ now: 1 }))).toBeCloseTo(1300, -1);
		expect(bestLength(many(51, 700), 0, room())).toBeCloseTo(1200, -1);
		expect(bestLength(many(4, 400), 0, room({ now: 2 }))).toBeCloseTo(800, -1);
	});

	it('is the longest that is allowed where all that does not fit', () => {
		expect(bestLength(many(3, 700), 0, room({ now: 1, longest: 700 }))).toBe(700);
		expect(bestLength(many(10_000, 1000), 0, room())).toBe(20_000);
		expect(bestLength(parcels(25_000), 0, room())).toBe(20_000);
	});

	it('minds how many commands a request holds', () => {
		expect(bestLength(many(4, 10, 25), 0, room({ now: 2 }))).toBeCloseTo(22.5, -1);
		expect(bestLength(many(4, 10, 26), 0, room({ now: 2 }))).toBeCloseTo(1010, -1);
		expect(bestLength([{ duration: 10, commands: 51 }], 0, room())).toBe(20_000);
	});

	it('leaves room for what comes later', () => {
		expect(bestLength(many(1, 1000), 0, room({ now: 1 }))).toBe(1000);
		// Three requests, from 0, 500 and 1000 on, do 2000 together.
		expect(bestLength(many(1, 1000), 1000, room({ now: 1 }))).toBeCloseTo(1167, -1);
		expect(bestLength(many(1, 1000), 1000, room({ now: 2 }))).toBe(1000);
		expect(bestLength(many(1, 1000), 1e9, room())).toBe(20_000);
	});

	it('holds everything, and hardly less would', () => {
		const ends = (list: Parcel[], length: number, now: number): number =>
			Math.max(
				...fill(list, length, 50).map(
					(request, index) =>
						Math.max(0, index - now + 1) * 500 + request.reduce((sum, { duration }) => sum + duration, 0),
				),
			);
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 60 }),
				fc.integer({ min: 1, max: 8 }),
				(list, now) => {
					const all = parcels(...list);
					const best = bestLength(all, 0, room({ now }));
					const longest = Math.max(...list);
					// Each request that leaves later must be shorter, so filling all of them up to the length takes no longer by
					// more than their delay.
					expect(best).toBeGreaterThanOrEqual(longest);
					expect(best).toBeLessThanOrEqual(Math.max(longest, ends(all, 20_000, now)) + 20);
				},
			),
			{ numRuns: 200 },
		);
	});
});

describe('filling', () => {
	it('fills one request after the other up to the length, in order', () => {
		expect(durations(fill(parcels(300, 400, 300, 100, 900), 1000, 50))).toEqual([
			[300, 400, 300],
			[100, 900],
		]);
		expect(durations(fill(parcels(300, 400, 301), 1000, 50))).toEqual([[300, 400], [301]]);
		expect(fill([], 1000, 50)).toEqual([]);
	});

	it('does not mind the rounding of sums', () => {
		expect(fill(many(10, 0.1), 1, 50)).toHaveLength(1);
	});

	it('keeps to the number of commands', () => {
		expect(fill(many(5, 1, 2), 1000, 4).map((request) => request.length)).toEqual([2, 2, 1]);
		expect(fill(many(3, 1, 3), 1000, 4).map((request) => request.length)).toEqual([1, 1, 1]);
	});

	it('sends what is too long alone, and nothing with it', () => {
		expect(durations(fill(parcels(5000, 10, 5000), 1000, 50))).toEqual([[5000], [10], [5000]]);
	});

	it('spreads evenly over as many requests as are wanted', () => {
		expect(fill(many(12, 100), 10_000, 50, 4).map((request) => request.length)).toEqual([3, 3, 3, 3]);
		expect(
			fill(many(10, 100), 10_000, 50, 4)
				.map((request) => request.length)
				.sort(),
		).toEqual([2, 2, 3, 3]);
		expect(durations(fill(parcels(100, 100, 100, 300, 300, 300), 10_000, 50, 3))).toEqual([
			[100, 100, 100],
			[300, 300],
			[300],
		]);
		expect(fill(many(3, 100), 10_000, 50, 5).map((request) => request.length)).toEqual([1, 1, 1]);
	});

	it('spreads without passing the length, into further requests if need be', () => {
		expect(fill(many(10, 100), 200, 50, 2).map((request) => request.length)).toEqual([2, 2, 2, 2, 2]);
	});

	it('spreads without passing the number of commands', () => {
		expect(fill(many(8, 100), 10_000, 3, 2).map((request) => request.length)).toEqual([3, 3, 2]);
	});
});
