import { Pace } from '../../../../bitrix24/dispatch/pace';

/** A pace that has seen calls arrive at some milliseconds. */
function after(...arrivals: number[]): Pace {
	const pace = new Pace();
	for (const at of arrivals) pace.arrived(at);
	return pace;
}

const burst = (count: number, at: number): number[] => Array.from({ length: count }, () => at);

describe('a call', () => {
	it('that comes alone never waits', () => {
		expect(after(1000).holdUntil(1000, 1000, 50)).toBe(1000);
		expect(after(1000).holdUntil(1000, 1000, 4)).toBe(1000);
	});

	it('goes at once while the bucket has four requests for each of its burst', () => {
		expect(after(...burst(12, 1000)).holdUntil(1000, 1000, 48)).toBe(1000);
		expect(after(...burst(12, 1000)).holdUntil(1000, 1000, 47)).toBe(1050);
	});

	it('of a large burst waits until nobody has come for 50 ms', () => {
		const pace = after(...burst(20, 1000), 1010);
		expect(pace.holdUntil(1010, 1000, 50)).toBe(1060);
		pace.arrived(1030);
		expect(pace.holdUntil(1030, 1000, 50)).toBe(1080);
	});

	it('waits longer in a long burst, for three tenths of its time', () => {
		const pace = after(...burst(20, 1000), ...burst(40, 1400));
		expect(pace.holdUntil(1400, 1400, 50)).toBe(1400 + 0.3 * 400);
	});

	it('waits 250 ms at most, from its coming or since others left', () => {
		const pace = after(...burst(20, 1000), ...burst(20, 1240));
		expect(pace.holdUntil(1240, 1000, 50)).toBe(1250);
		pace.departed(1030);
		expect(pace.holdUntil(1240, 1000, 50)).toBe(1280);
	});

	it('is of no burst with those that came more than 100 ms before', () => {
		expect(after(...burst(20, 899), 1000).holdUntil(1000, 1000, 50)).toBe(1000);
		expect(after(...burst(20, 900), 1000).holdUntil(1000, 1000, 50)).toBeGreaterThan(1000);
	});
});

describe('the share of the waiting calls', () => {
	it('is all the room when the burst is over', () => {
		expect(after(...burst(20, 1000)).share(1050, 20, 37, 2)).toBe(37);
		expect(after(...burst(20, 1000)).share(1050, 20, 0, 2)).toBe(1);
		expect(new Pace().share(0, 1, 50, 2)).toBe(50);
	});

	it('leaves room for as many again as have come, and counts what leaks meanwhile', () => {
		const pace = after(...burst(20, 1000), ...burst(20, 1500));
		// 40 have come in half a second; the bucket takes one more in as much time again.
		expect(pace.share(1500, 20, 30, 2)).toBeCloseTo((30 + 1) * (20 / 60));
	});

	it('begins anew a second after the last call', () => {
		const pace = after(...burst(20, 1000), 2001);
		expect(pace.share(2001, 1, 50, 2)).toBeCloseTo(50 * (1 / 2));
		const same = after(...burst(20, 1000), 2000);
		expect(same.share(2000, 1, 50, 2)).toBeCloseTo((50 + 2) * (1 / 22));
	});
});
