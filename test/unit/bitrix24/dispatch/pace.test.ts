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
		expect(after(...burst(12, 1000)).holdUntil(1000, 1000, 47)).toBe(1025);
	});

	it('of a large burst waits until nobody has come for 25 ms', () => {
		const pace = after(...burst(20, 1000), 1010);
		expect(pace.holdUntil(1010, 1000, 50)).toBe(1035);
		pace.arrived(1030);
		expect(pace.holdUntil(1030, 1000, 50)).toBe(1055);
	});

	it('waits 250 ms at most', () => {
		const pace = after(...burst(20, 1000), ...burst(20, 1240));
		expect(pace.holdUntil(1240, 1000, 50)).toBe(1250);
	});

	it('waits 250 ms at most since others of its burst left', () => {
		const pace = after(...burst(40, 1240));
		pace.departed(30, 1200);
		expect(pace.holdUntil(1240, 1000, 50)).toBe(1265);
		pace.departed(5, 1010);
		expect(pace.holdUntil(1240, 1000, 50)).toBe(1260);
	});

	it('is of no burst with those that came more than 100 ms before', () => {
		expect(after(...burst(20, 900), 1000).holdUntil(1000, 1000, 50)).toBe(1025);
		expect(after(...burst(20, 899), 1000).holdUntil(1000, 1000, 50)).toBe(1000);
		const pace = after(...burst(20, 900));
		expect(pace.holdUntil(1000, 1000, 50)).toBe(925);
		expect(pace.holdUntil(1001, 1000, 50)).toBe(1001);
	});
});

describe('the calls that are still expected', () => {
	it('are as many as went within a second, while they keep coming', () => {
		const pace = after(1000);
		expect(pace.expected(1000)).toBe(0);
		pace.departed(3, 1000);
		pace.departed(4, 1500);
		pace.arrived(1980);
		expect(pace.expected(2000)).toBe(7);
		expect(pace.expected(2001)).toBe(4);
		expect(pace.expected(2004)).toBe(4);
		expect(pace.expected(2005)).toBe(0);
	});

	it('are none when nobody has ever come', () => {
		const pace = new Pace();
		pace.departed(3, 10);
		expect(pace.expected(10)).toBe(0);
	});

	it('are none any more when all went long ago', () => {
		const pace = after(1000, 5000);
		pace.departed(3, 1000);
		expect(pace.expected(5000)).toBe(0);
	});
});
