import fc from 'fast-check';
import { lowerBound } from '../../../../bench/model/bound';
import { simulate } from '../../../../bench/model/simulation';
import { LONGEST_REQUEST } from '../../../../bitrix24/dispatch/chains';
import { calls, MODEL, still } from './scheduling';

const METHODS: [string, number][] = [
	['register', 670],
	['finish', 1855],
	['show', 745],
	['hide', 455],
	['history', 225],
];

/** Loads of one method, as they come: at once or over some seconds, from many executions or from one. */
const loads = fc
	.record({
		count: fc.integer({ min: 1, max: 400 }),
		method: fc.constantFrom(...METHODS),
		isOneRun: fc.boolean(),
		spread: fc.constantFrom(0, 0, 50, 200),
	})
	.map(({ count, method: [method, duration], isOneRun, spread }) =>
		calls(count, (index) => ({
			method,
			duration,
			isLive: !isOneRun || count <= 10,
			run: isOneRun ? 'one' : `e${index}`,
			release: isOneRun ? 0 : Math.round((index * spread) / count),
		})),
	);

describe('the schedule', () => {
	it('loses no call, sends none into a full bucket, and comes near the bound', () => {
		fc.assert(
			fc.property(loads, (load) => {
				const { end, refused, longest } = simulate(load, MODEL, still);
				expect(refused).toBe(0);
				// A single call may be longer than the rule; none of these is.
				expect(longest).toBeLessThanOrEqual(LONGEST_REQUEST + 1);
				// What is known at once is packed as well as can be. A burst of executions shows only while it comes: its first
				// calls leave alone, the others gather for a quarter of a second at most, and part of the room is kept for more
				// of them.
				const isKnown = load.every(({ release }) => release === 0);
				expect(end).toBeLessThanOrEqual(
					isKnown ? 1.1 * lowerBound(load, MODEL) + 60 : 2.6 * lowerBound(load, MODEL) + 300,
				);
			}),
			{ numRuns: 3000 },
		);
	});

	it('goes on beside other programs on the same server', () => {
		fc.assert(
			fc.property(loads, fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 80 }), (load, strangers) => {
				const { answered } = simulate(load, MODEL, still, strangers);
				expect(answered).toHaveLength(load.length);
			}),
			{ numRuns: 300 },
		);
	});

	it('keeps the order of what acts on one call', () => {
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 120 }), fc.integer({ min: 1, max: 5 }), (count, subjects) => {
				const load = calls(count, (index) => ({ keys: [`call ${index % subjects}`], run: 'one', isLive: false }));
				const { answered } = simulate(load, MODEL, still);
				for (let subject = 0; subject < subjects; subject += 1) {
					const order = answered
						.filter(({ call }) => call.keys?.includes(`call ${subject}`))
						.map(({ call }) => load.indexOf(call));
					expect(order).toEqual([...order].sort((one, other) => one - other));
				}
			}),
			{ numRuns: 200 },
		);
	});
});

describe('many executions over some seconds', () => {
	it('wait little, also when a busy process lets them come in clusters', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 60 }), (size, pause) => {
				// After each 40th the process stands still for a moment, and those that are late come at once.
				const release = (index: number): number => Math.floor(index / size) * size * 10 + (index % 40 < 5 ? pause : 0);
				const shows = calls(1000, (index) => ({ method: 'show', duration: 745, release: release(index) }));
				const { answered } = simulate(shows, MODEL, still);
				const waits = answered.map(({ sent, call }) => sent - call.release).sort((one, other) => one - other);
				expect(waits[500]).toBeLessThan(3000);
			}),
			{ numRuns: 5 },
		);
	});
});

describe('the bound', () => {
	it('is what must pass in any case', () => {
		expect(
			lowerBound(
				calls(1, () => ({ duration: 700, release: 300 })),
				MODEL,
			),
		).toBe(1000);
		// Fifty at once, the fifty-first half a second later or behind another one.
		expect(
			lowerBound(
				calls(51, () => ({})),
				MODEL,
			),
		).toBeGreaterThan(1150);
		expect(
			lowerBound(
				calls(51, () => ({})),
				MODEL,
			),
		).toBeLessThanOrEqual(1200);
	});

	it('knows that used time is forgotten late', () => {
		expect(
			lowerBound(
				calls(250, () => ({ duration: 1855 })),
				{ ...MODEL, operating: 420_000 },
			),
		).toBeLessThan(60_000);
		expect(
			lowerBound(
				calls(300, () => ({ duration: 1855 })),
				{ ...MODEL, operating: 420_000 },
			),
		).toBe(540_000);
		expect(
			lowerBound(
				calls(1000, () => ({ duration: 1855 })),
				{ ...MODEL, operating: 420_000 },
			),
		).toBe(3 * 540_000);
	});
});
