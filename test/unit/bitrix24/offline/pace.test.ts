import { Pace } from '../../../../bitrix24/offline/pace';
import { failureOf } from './queue';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const START = Date.parse('2026-03-01T09:00:00Z');

it.each([
	[3, 0, 3],
	[3, 14, 3],
	[3, 15, 6],
	[3, 30, 9],
	[3, 60, 15],
	[3, 600, 15],
	[1, 60, 5],
	[10, 60, 15],
	[60, 600, 60],
])('an interval of %d s is %d minutes after the last event a pause of %d s', (interval, quiet, pause) => {
	const pace = new Pace(START);
	expect(pace.afterSuccess(interval * SECOND, START + quiet * MINUTE)).toBe(pause * SECOND);
	pace.busy(START + quiet * MINUTE);
	expect(pace.afterSuccess(interval * SECOND, START + quiet * MINUTE)).toBe(interval * SECOND);
});

it('waits longer after each failure in a row, to a minute', () => {
	const pace = new Pace(START);
	const pauses = (count: number) =>
		Array.from({ length: count }, () => pace.afterFailure(3 * SECOND, START, failureOf('unreachable')) / SECOND);
	expect(pauses(6)).toEqual([5, 10, 20, 40, 60, 60]);
	pace.afterSuccess(3 * SECOND, START);
	expect(pauses(2)).toEqual([5, 10]);
});

it('leaves a limited portal alone for half a minute, or until the time that it names', () => {
	const pace = new Pace(START);
	expect(pace.afterFailure(3 * SECOND, START, failureOf('limited'))).toBe(30 * SECOND);
	expect(pace.afterFailure(3 * SECOND, START, failureOf('limited', { retryAt: START + 300 * SECOND }))).toBe(
		300 * SECOND,
	);
	expect(new Pace(START).afterFailure(60 * SECOND, START)).toBe(60 * SECOND);
});

it('lets twenty looks follow one another each second, then one each three, until some time has gone by', () => {
	const pace = new Pace(START);
	let now = START;
	const waits = Array.from({ length: 40 }, () => {
		const wait = pace.hurry(now);
		now += wait;
		return wait / SECOND;
	});
	expect(waits[0]).toBe(0);
	expect(waits.slice(1, 20)).toEqual(Array.from({ length: 19 }, () => 1));
	expect(waits.slice(35)).toEqual([3, 3, 3, 3, 3]);
	expect(pace.hurry(now + 10 * MINUTE)).toBe(0);
	expect(pace.hurry(now + 10 * MINUTE)).toBe(1 * SECOND);
});
