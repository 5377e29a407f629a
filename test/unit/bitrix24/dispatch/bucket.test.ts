import { Bucket, ENTERPRISE_LIMIT, STANDARD_LIMIT } from '../../../../bitrix24/dispatch/bucket';

/** A bucket from which some requests were taken at the beginning. */
function taken(count: number, limit = STANDARD_LIMIT): Bucket {
	const bucket = new Bucket(limit);
	for (let request = 0; request < count; request += 1) bucket.take(0);
	return bucket;
}

it('knows the limits of the plans', () => {
	expect(STANDARD_LIMIT).toEqual({ burst: 50, perSecond: 2 });
	expect(ENTERPRISE_LIMIT).toEqual({ burst: 250, perSecond: 5 });
});

it('has room for the burst, and again for so many a second', () => {
	const bucket = taken(50);
	expect([0, 499, 500, 999, 1000, 24_999, 25_000, 90_000].map((now) => bucket.room(now))).toEqual([
		0, 0, 1, 1, 2, 49, 50, 50,
	]);
	expect(taken(250, ENTERPRISE_LIMIT).room(1000)).toBe(5);
});

it('loses no request to rounding', () => {
	const bucket = taken(50, { burst: 50, perSecond: 3 });
	for (let third = 1; third <= 300; third += 1) {
		expect(bucket.room((third * 1000) / 3)).toBe(1);
		bucket.take((third * 1000) / 3);
	}
});

it('never leaks backwards, should the clock do so', () => {
	const bucket = taken(50);
	expect(bucket.room(1000)).toBe(2);
	expect(bucket.room(0)).toBe(2);
	expect(bucket.room(1500)).toBe(3);
});

it('takes at its own time', () => {
	const bucket = taken(50);
	bucket.take(10_000);
	expect(bucket.room(10_000)).toBe(19);
});

it('says when there is room for one more than now', () => {
	const bucket = taken(50);
	expect(bucket.untilRoom(0)).toBe(500);
	expect(bucket.untilRoom(125)).toBe(375);
	expect(bucket.room(124 + bucket.untilRoom(125))).toBe(0);
	expect(bucket.room(500)).toBe(1);
	expect(bucket.untilRoom(500)).toBe(500);
	expect(bucket.untilRoom(700)).toBeCloseTo(300);
});

it('says so as well when more was taken than there was room for', () => {
	const bucket = taken(53);
	expect(bucket.room(0)).toBe(0);
	expect(bucket.untilRoom(0)).toBe(2000);
	expect(bucket.room(2000)).toBe(1);
});

it('is full when the portal says so, and no fuller', () => {
	const bucket = taken(1);
	bucket.fill(0);
	expect(bucket.room(0)).toBe(0);
	expect(bucket.room(500)).toBe(1);
	const over = taken(52);
	over.fill(0);
	expect(over.untilRoom(0)).toBe(1500);
	over.fill(10_000);
	expect(over.room(10_500)).toBe(1);
});
