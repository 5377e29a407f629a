import type { IDataObject } from 'n8n-workflow';
import { events } from '../../../nodes/Bitrix24TelephonyTrigger/events';
import { isTooOld, Repeats, unwanted } from '../../../nodes/Bitrix24TelephonyTrigger/filter';
import { chosenEvents, optionProperties, readOptions } from '../../../nodes/Bitrix24TelephonyTrigger/options';
import { verifyDelivery } from '../../../nodes/Bitrix24TelephonyTrigger/parameters';
import { typedList } from '../../../nodes/Bitrix24TelephonyTrigger/option';

describe('Repeats', () => {
	it('drops the same key within the window only', () => {
		const repeats = new Repeats();
		expect([0, 29_999, 30_000, 59_999, 60_001].map((now) => repeats.isRepeat('a', 30, now))).toEqual([
			false,
			true,
			false,
			true,
			false,
		]);
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
		expect([
			repeats.isRepeat('a', 0, 0),
			repeats.isRepeat('a', 0, 0),
			repeats.isRepeat('a', 30, 0),
			repeats.isRepeat('a', 0, 0),
		]).toEqual([false, false, false, false]);
		expect(repeats.isRepeat('a', 30, 0)).toBe(true);
	});
});

describe('unwanted', () => {
	const item = { USER_ID: 7, LINE_NUMBER: '+49 1' };
	it.each<[number[], string[], string | undefined]>([
		[[], [], undefined],
		[[7, 8], [], undefined],
		[[8], [], 'the event is of employee 7, and Only for Employees has 8'],
		[[], ['+49 1'], undefined],
		[[], ['+49 2', '+49 3'], 'the event is of the line +49 1, and Only for Lines has +49 2, +49 3'],
		[[7], ['+49 2'], 'the event is of the line +49 1, and Only for Lines has +49 2'],
		[[1, 2, 3, 4, 5, 6], [], 'the event is of employee 7, and Only for Employees has 1, 2, 3, 4, 5 and others'],
	])('employees %j, lines %j: %s', (employees, lines, expected) => {
		expect(unwanted(item, { employees, lines })).toBe(expected);
	});

	it('lets events without an employee or a line pass', () => {
		const why = (event: object) => unwanted({ ...event }, { employees: [1], lines: ['2'] });
		expect(why({ LANGUAGE_ID: 'en' })).toBeUndefined();
		expect([null, '1', 1].map((PORTAL_USER_ID) => why({ PORTAL_USER_ID }))).toEqual([
			'the event is of employee (none), and Only for Employees has 1',
			undefined,
			undefined,
		]);
	});

	it.each([{ LINE_NUMBER: '' }, { PORTAL_NUMBER: null }])('says what it means that %j names no line', (event) => {
		expect(unwanted(event, { employees: [], lines: ['2'] })).toBe(
			'the event names no line, because the application itself is the outgoing number, and Only for Lines has 2',
		);
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
		expect(events.filter(({ live }) => live).map(({ name }) => name)).toEqual([
			'Click-to-Call',
			'Call Initialised',
			'Call Started',
		]);
	});
});

describe('options', () => {
	const shown = Object.fromEntries(optionProperties.map(({ name, default: value }) => [name, value]));
	const read = (options: object, version = 1.1) => readOptions(options as IDataObject, version);
	const DIAL = { dialForm: 'digits', countryCode: '', nationalPrefix: '0', internationalPrefix: '00' };
	const ABSENT = {
		...DIAL,
		duplicateWindow: 30,
		ignoreOlderThan: 300,
		lookUpNames: false,
		employees: [],
		lines: [],
		pollInterval: 3,
		reportTooLate: false,
	};

	it('count as shown once they are added, with or without a value', () => {
		const asShown = { options: { ...ABSENT, lookUpNames: true, reportTooLate: true }, wrong: [] };
		expect(read(shown)).toEqual(asShown);
		for (const empty of [undefined, null, '', ' ']) {
			expect(read(Object.fromEntries(Object.keys(shown).map((name) => [name, empty])))).toEqual(asShown);
		}
	});

	it('differ in nothing but the look-up and the report while they are not added', () => {
		expect(read({})).toEqual({ options: ABSENT, wrong: [] });
	});

	it('look names up in nodes of today, unless somebody switches it off', () => {
		expect(
			[{}, { lookUpNames: false }, { lookUpNames: 'maybe' }].map((options) => read(options, 1.2).options.lookUpNames),
		).toEqual([true, false, true]);
		expect([1, 1.1].map((version) => read({}, version).options.lookUpNames)).toEqual([false, false]);
	});

	it('are read as a person means them', () => {
		expect(
			read({
				duplicateWindow: 0,
				ignoreOlderThan: ' 60 ',
				lookUpNames: 'no',
				employees: '7, 012;',
				lines: ['+49 1', '+49 2'],
			}),
		).toEqual({
			options: {
				...ABSENT,
				duplicateWindow: 0,
				ignoreOlderThan: 60,
				lookUpNames: false,
				employees: [7, 12],
				lines: ['+49 1', '+49 2'],
			},
			wrong: [],
		});
		expect(['true', 1, 'да', true].map((lookUpNames) => read({ lookUpNames }).options.lookUpNames)).toEqual([
			true,
			true,
			true,
			true,
		]);
		expect([7, [7, '8'], []].map((employees) => read({ employees }).options.employees)).toEqual([[7], [7, 8], []]);
		expect([49, []].map((lines) => read({ lines }).options.lines)).toEqual([['49'], []]);
	});

	const rl = (value: unknown, mode = 'list'): object => ({ __rl: true, mode, value });
	const row = (name: string, ...choices: unknown[]): object => ({ chosen: choices.map((one) => ({ [name]: one })) });

	it.each<[unknown, number[]]>([
		[{}, []],
		[{ chosen: [] }, []],
		[row('employee', rl('7'), rl('12')), [7, 12]],
		[row('employee', rl('7, 12; 9', 'id')), [7, 12, 9]],
		[row('employee', rl([7, '12'], 'id'), 9), [7, 12, 9]],
		[
			[7, 12],
			[7, 12],
		],
		['7, 12', [7, 12]],
		[7, [7]],
		[rl('7'), [7]],
	])('choose employees %j', (onlyEmployees, employees) => {
		expect(read({ onlyEmployees }, 1.3)).toMatchObject({ options: { employees }, wrong: [] });
	});

	it('choose lines, beside those of a node of before', () => {
		const { options, wrong } = read({ lines: '+491', onlyLines: row('line', rl('+492'), rl('+493, +494', 'id')) }, 1.3);
		expect([options.lines, wrong]).toEqual([['+491', '+492', '+493', '+494'], []]);
		expect(options).not.toHaveProperty('onlyLines');
	});

	it.each<[string, unknown]>([
		['Employees', row('employee', rl('7'), rl(''))],
		['Employees', row('employee', rl('Ben', 'id'))],
		['Employees', row('employee', undefined)],
		['Employees', { chosen: [{}] }],
		['Employees', true],
		['Lines', row('line', rl(' ', 'id'))],
		['Lines', row('line', rl(null))],
	])('refuse a row without one of the %s: %j', (label, value) => {
		const { options, wrong } = read({ [`only${label}`]: value }, 1.3);
		expect([options.employees, options.lines]).toEqual([[], []]);
		expect(wrong).toEqual([
			expect.stringMatching(
				new RegExp(`^The option Only for ${label} has a row that is empty or cannot be read\\. Choose .* in each row`),
			) as string,
		]);
	});

	it('show texts or lists, by the version of the node', () => {
		const shownIn = Object.fromEntries(
			optionProperties.map(({ name, displayOptions }) => [name, displayOptions?.show]),
		);
		for (const name of ['employees', 'lines']) expect(shownIn[name]).toEqual({ '@version': [{ _cnd: { lt: 1.3 } }] });
		for (const name of ['onlyEmployees', 'onlyLines'])
			expect(shownIn[name]).toEqual({ '@version': [{ _cnd: { gte: 1.3 } }] });
	});

	it.each<[string, string, unknown[], string]>([
		[
			'duplicateWindow',
			'Duplicate Window (Seconds)',
			[-1, 'soon', Infinity, {}, [], [7], true, false, '1e3'],
			'Give a number of seconds, 0 or more.',
		],
		[
			'ignoreOlderThan',
			'Ignore Events Older Than (Seconds)',
			[-1, 'soon', Infinity, {}, [], [7], true, false],
			'Give a number of seconds, 0 or more.',
		],
		[
			'pollInterval',
			'Poll Interval (Seconds)',
			[0, 0.5, -1, 3601, 'soon', {}, []],
			'Give a number of seconds from 1 to 3600.',
		],
		['reportTooLate', 'Report Too Late Events', ['maybe', 2, {}, []], 'Give true or false.'],
		['lookUpNames', 'Look Up Names', ['maybe', 2, {}, []], 'Give true or false.'],
		[
			'employees',
			'Only for Employees',
			['7, Ben', 'Ben', '0', -3, 2.5, true, {}, [[]], [null]],
			'Give the IDs of employees as numbers; Employee > Get Many lists them.',
		],
		[
			'dialForm',
			'Number to Dial',
			['e164', true, {}, []],
			'Choose Digits Only, National or With Plus, or give digits, national or plus.',
		],
		['countryCode', 'Country Code', ['DE', '4 9', '123456789', {}, []], 'Give digits, eight at most.'],
		['lines', 'Only for Lines', [true, {}, [null]], 'Give the numbers of lines; Line > Get Many lists them.'],
	])('a wrong %s is called so, and counts as not added', (name, label, values, advice) => {
		for (const value of values) {
			expect(read({ [name]: value })).toEqual({
				options: ABSENT,
				wrong: [
					expect.stringMatching(
						/^The option .* is (a list|an object|the (text|number|boolean) .*)\. (Give|Choose) /,
					) as string,
				],
			});
			const [wrong = ''] = read({ [name]: value }).wrong;
			expect([wrong.startsWith(`The option ${label} is `), wrong.endsWith(`. ${advice}`)]).toEqual([true, true]);
		}
	});

	it('dial as a country wants it, which has to be named', () => {
		expect(
			read({ dialForm: 'national', countryCode: '+49', nationalPrefix: 0, internationalPrefix: '000' }),
		).toMatchObject({
			options: { dialForm: 'national', countryCode: '49', nationalPrefix: '0', internationalPrefix: '000' },
			wrong: [],
		});
		expect(read({ dialForm: 'national' }).wrong).toEqual([
			'Number to Dial is National, but the option Country Code is empty. Give the code of your country, such as 49.',
		]);
	});

	it('are all named that are wrong', () => {
		expect(read({ duplicateWindow: false, lookUpNames: 'maybe' }).wrong).toHaveLength(2);
	});

	it('are shown as n8n knows them', () => {
		expect(
			optionProperties.map(({ name, type, default: value, typeOptions }) => [name, type, value, typeOptions]),
		).toEqual([
			['countryCode', 'string', '', undefined],
			['duplicateWindow', 'number', 30, { minValue: 0 }],
			['ignoreOlderThan', 'number', 300, { minValue: 0 }],
			['internationalPrefix', 'string', '00', undefined],
			['lookUpNames', 'boolean', true, undefined],
			['nationalPrefix', 'string', '0', undefined],
			['dialForm', 'options', 'digits', undefined],
			['employees', 'string', '', undefined],
			['onlyEmployees', 'fixedCollection', {}, { multipleValues: true }],
			['lines', 'string', '', undefined],
			['onlyLines', 'fixedCollection', {}, { multipleValues: true }],
			['pollInterval', 'number', 3, { minValue: 1 }],
			['reportTooLate', 'boolean', true, undefined],
		]);
	});

	it.each<[unknown, boolean]>([
		[undefined, false],
		['', false],
		[true, true],
		['true', true],
		[1, true],
		['N', false],
	])('verify a delivery for %j: %j', (given, value) => {
		expect(verifyDelivery.read(given)).toEqual({ value });
	});

	it('verify no delivery for a word that means neither', () => {
		expect(verifyDelivery.read('maybe')).toEqual({
			value: false,
			wrong: 'The option Verify Delivery on Publishing is the text “maybe”. Give true or false.',
		});
	});
});

it.each([
	[
		['ONEXTERNALCALLSTART', 'onAppUninstall'],
		['ONEXTERNALCALLSTART', 'ONAPPUNINSTALL'],
	],
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
