import { events } from '../../../nodes/Bitrix24TelephonyTrigger/events';
import { isTooOld, isWanted, Repeats } from '../../../nodes/Bitrix24TelephonyTrigger/filter';
import { chosenEvents, optionProperties, readOptions, typedList, wrongOption } from '../../../nodes/Bitrix24TelephonyTrigger/options';

describe('Repeats', () => {
	it('drops the same key within the window only', () => {
		const repeats = new Repeats();
		expect([0, 29_999, 30_000, 59_999, 60_001].map((now) => repeats.isRepeat('a', 30, now))).toEqual([false, true, false, true, false]);
		expect(repeats.isRepeat('b', 30, 0)).toBe(false);
	});

	it('forgets', () => {
		const repeats = new Repeats();
		for (let index = 0; index < 5000; index += 1) repeats.isRepeat(`call ${index}`, 1, index * 100);
		expect(seen(repeats).size).toBeLessThan(1100);
	});

	it('forgets what has just ended, once it is full', () => {
		const repeats = new Repeats();
		for (let index = 0; index < 1000; index += 1) repeats.isRepeat(`call ${index}`, 1, 0);
		expect(seen(repeats).size).toBe(1000);
		repeats.isRepeat('one more', 1, 1000);
		expect(seen(repeats).size).toBe(1);
	});

	it('looks for old ones only when as many again have come', () => {
		const repeats = new Repeats();
		const looked = jest.spyOn(seen(repeats), Symbol.iterator);
		for (let index = 0; index < 20_000; index += 1) repeats.isRepeat(`call ${index}`, 3600, index);
		expect(seen(repeats).size).toBe(20_000);
		expect(looked.mock.calls.length).toBeLessThan(6);
	});

	it('remembers nothing without a window', () => {
		const repeats = new Repeats();
		expect([repeats.isRepeat('a', 0, 0), repeats.isRepeat('a', 0, 0), repeats.isRepeat('a', 30, 0), repeats.isRepeat('a', 0, 0)]).toEqual([false, false, false, false]);
		expect(repeats.isRepeat('a', 30, 0)).toBe(true);
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

describe('isTooOld', () => {
	const now = Date.parse('2026-03-11T14:00:00Z');
	const aged = (event: string, seconds: number) => ({ event, time: new Date(now - seconds * 1000).toISOString() });

	it.each([
		['ONEXTERNALCALLSTART', 300, 300, false],
		['ONEXTERNALCALLSTART', 301, 300, true],
		['ONEXTERNALCALLSTART', 301, 0, false],
		['ONEXTERNALCALLSTART', -3600, 300, false],
		['ONVOXIMPLANTCALLINIT', 301, 300, true],
		['ONVOXIMPLANTCALLSTART', 301, 300, true],
		['ONVOXIMPLANTCALLEND', 86_400, 300, false],
		['ONEXTERNALCALLBACKSTART', 86_400, 300, false],
		['ONAPPUNINSTALL', 86_400, 300, false],
	])('%s of %d s, ignored past %d s: %s', (event, age, seconds, expected) => {
		expect(isTooOld(aged(event, age), seconds, now)).toBe(expected);
	});

	it('knows every event of the catalogue as live or not', () => {
		expect(events.filter(({ live }) => live).map(({ name }) => name)).toEqual(['Call Initialised', 'Call Started', 'Click-to-Call']);
	});
});

describe('options', () => {
	const shown = Object.fromEntries(optionProperties.map(({ name, default: value }) => [name, value]));

	it('count as shown once they are added, with or without a value', () => {
		const asShown = { duplicateWindow: 30, oldest: 300, lookUpNames: true, employees: [], lines: [] };
		expect(readOptions(shown)).toEqual(asShown);
		for (const empty of [undefined, null, '']) {
			expect(readOptions(Object.fromEntries(Object.keys(shown).map((name) => [name, empty])))).toEqual(asShown);
		}
	});

	it('differ in nothing but the look-up while they are not added', () => {
		expect(readOptions({})).toEqual({ ...readOptions(shown), lookUpNames: false });
	});

	it('are read as given', () => {
		expect(readOptions({ duplicateWindow: 0, ignoreOlderThan: '60', lookUpNames: false, employees: '7, 12', lines: ['+49 1', '+49 2'] })).toEqual({
			duplicateWindow: 0,
			oldest: 60,
			lookUpNames: false,
			employees: ['7', '12'],
			lines: ['+49 1', '+49 2'],
		});
	});

	it.each([-1, 'soon', Infinity, {}])('%j seconds count as shown, and are refused at activation', (value) => {
		expect(readOptions({ duplicateWindow: value, ignoreOlderThan: value } as never)).toMatchObject({ duplicateWindow: 30, oldest: 300 });
		expect(wrongOption({ duplicateWindow: value } as never)).toMatch(/^The option Duplicate Window \(Seconds\) is .*number of seconds/);
		expect(wrongOption({ ignoreOlderThan: value } as never)).toMatch(/^The option Ignore Events Older Than \(Seconds\) is /);
	});

	it('refuse an employee who is no id', () => {
		expect(wrongOption({ employees: '7, Ben' })).toBe('The option Only for Employees holds “Ben”. Give the IDs of employees as numbers; Employee > Get Many lists them.');
		expect(wrongOption({ employees: '7, 12', lines: '+49 1' })).toBeUndefined();
		expect(wrongOption(shown as never)).toBeUndefined();
		expect(wrongOption({})).toBeUndefined();
	});
});

it.each([
	[['ONEXTERNALCALLSTART', 'onAppUninstall'], ['ONEXTERNALCALLSTART', 'ONAPPUNINSTALL']],
	['onAppUninstall, ONEXTERNALCALLSTART', ['ONAPPUNINSTALL', 'ONEXTERNALCALLSTART']],
	[['ONAPPUNINSTALL', 'ONAPPUNINSTALL'], ['ONAPPUNINSTALL']],
	['', []],
	[[], []],
	[undefined, []],
	[null, []],
])('reads the chosen events %j', (value, expected) => {
	expect(chosenEvents(value)).toEqual(expected);
});

it('reads lists as people type them', () => {
	expect(typedList(' 7, 12;\n9 ,')).toEqual(['7', '12', '9']);
	expect(typedList(undefined)).toEqual([]);
	expect(typedList(7)).toEqual(['7']);
});

function seen(repeats: Repeats): Map<string, number> {
	return (repeats as unknown as { seen: Map<string, number> }).seen;
}
