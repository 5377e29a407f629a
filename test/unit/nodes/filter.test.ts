import { isWanted, Repeats, typedList } from '../../../nodes/Bitrix24TelephonyTrigger/filter';

describe('Repeats', () => {
	it('drops the same key within the window only', () => {
		const repeats = new Repeats();
		expect([0, 29_999, 30_000, 59_999, 60_001].map((now) => repeats.isRepeat('a', 30, now))).toEqual([false, true, false, true, false]);
		expect(repeats.isRepeat('b', 30, 0)).toBe(false);
	});

	it('forgets', () => {
		const repeats = new Repeats();
		for (let index = 0; index < 5000; index += 1) repeats.isRepeat(`call ${index}`, 1, index * 100);
		expect((repeats as unknown as { seen: Map<string, number> }).seen.size).toBeLessThan(1100);
	});
});

describe('isWanted', () => {
	const item = { USER_ID: 7, LINE_NUMBER: '+49 1' };
	it.each([
		[[], [], true],
		[['7', '8'], [], true],
		[['8'], [], false],
		[[], ['+49 1'], true],
		[[], ['+49 2'], false],
		[['7'], ['+49 2'], false],
	])('employees %j, lines %j: %s', (employees, lines, expected) => {
		expect(isWanted(item, { employees, lines })).toBe(expected);
	});

	it('lets events without an employee or a line pass', () => {
		expect(isWanted({ LANGUAGE_ID: 'en' }, { employees: ['1'], lines: ['2'] })).toBe(true);
		expect(isWanted({ PORTAL_USER_ID: 3 }, { employees: ['1'], lines: [] })).toBe(false);
	});
});

it('reads lists as people type them', () => {
	expect(typedList(' 7, 12;\n9 ,')).toEqual(['7', '12', '9']);
	expect(typedList(undefined)).toEqual([]);
	expect(typedList(7)).toEqual(['7']);
});
