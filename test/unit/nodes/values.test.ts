import { employeeLabel } from '../../../nodes/Bitrix24Telephony/fields/employee';
import { choice } from '../../../nodes/Bitrix24Telephony/fields/choice';
import { employeeAs } from '../../../nodes/Bitrix24Telephony/fields/employee';
import { employees } from '../../../nodes/Bitrix24Telephony/fields/employees';
import { notice } from '../../../nodes/Bitrix24Telephony/fields/field';
import { labelOf } from '../../../nodes/Bitrix24Telephony/given';
import {
	date,
	flag,
	integer,
	optionalDate,
	optionalNumber,
	optionalText,
	text,
} from '../../../nodes/Bitrix24Telephony/fields/kinds';
import { option, optionList } from '../../../nodes/Bitrix24Telephony/fields/option';
import { limit } from '../../../nodes/Bitrix24Telephony/fields/paging';
import {
	isMissing,
	isPlainObject,
	kindOf,
	numbersInWords,
	toFlag,
	toNumber,
	toText,
} from '../../../nodes/common/values';
import { readerOf } from '../../support/item';

it.each<[unknown, string]>([
	[undefined, 'empty'],
	[null, 'empty'],
	['', 'empty'],
	[' ', 'empty'],
	[[], 'a list'],
	[{}, 'an object'],
	[7, 'the number 7'],
	[true, 'the boolean true'],
	['x', 'the text “x”'],
	['x'.repeat(60), `the text “${'x'.repeat(60)}”`],
	['x'.repeat(61), `the text “${'x'.repeat(60)}…”`],
])('%j is called %s', (value, words) => {
	expect(kindOf(value)).toBe(words);
});

it.each<[number[], string]>([
	[[], ''],
	[[3], '3'],
	[[0, 1], '0, 1'],
	[[0, 1, 2], '0-2'],
	[[0, 2], '0, 2'],
	[[0, 1, 2, 5, 7, 8, 10, 11, 12], '0-2, 5, 7, 8, 10-12'],
])('the numbers %j are %j in words', (numbers, words) => {
	expect(numbersInWords(numbers)).toBe(words);
});

it('tells what is missing, and what is an object', () => {
	expect([undefined, null, '', ' \n'].map(isMissing)).toEqual([true, true, true, true]);
	expect([0, false, 'x', [], {}].map(isMissing)).toEqual([false, false, false, false, false]);
	expect([{}, [], null, 'x', undefined].map(isPlainObject)).toEqual([true, false, false, false, false]);
});

it.each<[unknown, number | undefined]>([
	['7', 7],
	[' -7.5 ', -7.5],
	['+.5', 0.5],
	['7.', 7],
	['.', undefined],
	['', undefined],
	['7x', undefined],
	['x7', undefined],
	['1e3', undefined],
	[2 ** 53 - 1, 2 ** 53 - 1],
	[2 ** 53, undefined],
	[-(2 ** 53), undefined],
	[Number.NaN, undefined],
	[true, undefined],
	[null, undefined],
])('%j as a number is %j', (value, number) => {
	expect(toNumber(value)).toBe(number);
});

it.each<[unknown, string | undefined]>([
	[' a ', 'a'],
	['', ''],
	[7, '7'],
	[1e21, undefined],
	[1e-7, undefined],
	[true, undefined],
	[null, undefined],
])('%j as a text is %j', (value, words) => {
	expect(toText(value)).toBe(words);
});

it.each<[unknown, boolean | undefined]>([
	...[true, 'true', 1, '1', 'Y', ' yes ', 'on', 'ДА'].map((value): [unknown, boolean] => [value, true]),
	...[false, 'false', 0, '0', 'N', 'no', 'OFF', 'нет'].map((value): [unknown, boolean] => [value, false]),
	['', undefined],
	['x', undefined],
	[2, undefined],
	[null, undefined],
	[{}, undefined],
])('%j as a switch is %j', (value, flagged) => {
	expect(toFlag(value)).toBe(flagged);
});

it.each([
	[{ NAME: 'Ada', LAST_NAME: 'L', UF_PHONE_INNER: '101', ACTIVE: true }, 'Ada L (101)'],
	[{ NAME: '', LAST_NAME: 'L', ACTIVE: false }, 'L, inactive'],
	[{ NAME: 'Ada', UF_PHONE_INNER: 7, ACTIVE: false }, 'Ada (7), inactive'],
	[{ ID: 3, EMAIL: 'a@b' }, 'a@b'],
	[{ ID: 3, EMAIL: '' }, 'Employee 3'],
])('an employee %j is shown as %s', (employee, label) => {
	expect(employeeLabel(employee)).toBe(label);
});

describe('a property', () => {
	const spec = { displayName: 'Name (Unit)', name: 'n', description: 'd' } as const;

	it('says what it is', () => {
		expect(text(spec).property).toEqual({ ...spec, type: 'string', default: '', required: true });
		expect(text({ ...spec, required: false, default: 'x' }).property).toEqual({
			...spec,
			type: 'string',
			default: 'x',
			required: false,
		});
		expect(optionalText(spec).property).toEqual({ ...spec, type: 'string', default: '' });
		expect(flag({ ...spec, default: true }).property).toEqual({ ...spec, type: 'boolean', default: true });
		expect(integer({ ...spec, default: 3 }, { min: 1 }).property).toEqual({
			...spec,
			type: 'number',
			default: 3,
			typeOptions: { minValue: 1 },
		});
		expect(
			optionalNumber({ ...spec, default: 3, typeOptions: { numberPrecision: 2 } }, { min: 1, max: 5 }).property,
		).toEqual({ ...spec, type: 'number', default: 3, typeOptions: { minValue: 1, maxValue: 5, numberPrecision: 2 } });
		expect(date(spec).property).toEqual({ ...spec, type: 'dateTime', default: '', required: true });
		expect(optionalDate(spec).property).toEqual({ ...spec, type: 'dateTime', default: '' });
		const options = [{ name: 'A', value: 'a' }];
		expect(option({ ...spec, options, default: 'a' }).property).toEqual({
			...spec,
			type: 'options',
			options,
			default: 'a',
		});
		expect(optionList({ ...spec, options }).property).toEqual({ ...spec, type: 'multiOptions', options, default: [] });
		expect(notice('n', 'words')).toMatchObject({
			name: 'n',
			properties: [{ displayName: 'words', name: 'n', type: 'notice', default: '' }],
		});
		expect(notice('n', 'words').read(readerOf({}))).toBeUndefined();
	});

	it('of a list lets the user search, or give the code', () => {
		expect(choice({ ...spec, search: 'searchX', code: 'Code', example: 'EUR' }).property).toEqual({
			...spec,
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: 'Choose…',
					typeOptions: { searchListMethod: 'searchX', searchable: true },
				},
				{ displayName: 'Code', name: 'code', type: 'string', placeholder: 'e.g. EUR' },
			],
		});
	});

	it('of an employee lets the user search, or give id, extension or phone', () => {
		const { modes = [], ...property } = employeeAs(spec).property;
		expect(property).toEqual({
			...spec,
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
		});
		expect(modes).toMatchObject([
			{ name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchEmployees', searchable: true } },
			{ name: 'id', type: 'string' },
			{ name: 'extension', type: 'string' },
			{ name: 'phone', type: 'string' },
		]);
		expect(employees('d').property).toMatchObject({
			name: 'employees',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			description: 'd',
			options: [{ name: 'chosen', values: [{ name: 'employee', required: false }] }],
		});
	});

	it('is called without its unit', () => {
		expect(['Wait (Seconds)', 'Wait', 'A (b) c'].map((displayName) => labelOf({ displayName }))).toEqual([
			'Wait',
			'Wait',
			'A (b) c',
		]);
	});
});

describe('an employee', () => {
	const read = (employee: unknown) =>
		employeeAs({ displayName: 'Who', name: 'who', description: 'd' }).read(readerOf({ who: employee }));

	it.each<[unknown, object]>([
		[7, { id: 7 }],
		['7', { id: 7 }],
		[{ mode: 'list', value: '7' }, { id: 7 }],
		[{ mode: 'id', value: 7 }, { id: 7 }],
		[{ mode: 'extension', value: ' 101 ' }, { extension: '101' }],
	])('%j', (given, expected) => {
		expect(read(given)).toEqual(expected);
	});

	it.each<[unknown, string, string]>([
		['', 'Who is empty', 'Fill in Who, or check its expression on this item.'],
		[{ mode: 'extension', value: '' }, 'Who is empty', 'Fill in Who, or check its expression on this item.'],
		[0, 'Who must be a whole number from 1', 'It is the number 0 on this item. Give digits only, without a unit.'],
		[
			{ mode: 'name', value: 'x' },
			'Who cannot be read',
			'It is an object on this item. Choose it from the list, or give an ID, an extension or a phone.',
		],
		[
			{ mode: 'phone', value: 'desk' },
			'Who has no digits',
			'It is the text “desk” on this item. Give the phone number of the employee.',
		],
		[
			{ mode: 'extension', value: '10%' },
			'Who must be an extension',
			'It is the text “10%” on this item. It holds no percent sign.',
		],
		[{ id: 7 }, 'Who cannot be read', 'It is an object on this item. Choose it from the list, or give its ID or code.'],
	])('is not %j', (given, message, description) => {
		expect(() => read(given)).toThrow(expect.objectContaining({ message, description }));
	});

	it.each<[unknown, unknown]>([
		[undefined, []],
		[{}, []],
		[{ chosen: [] }, []],
		[
			[7, '8'],
			[{ id: 7 }, { id: 8 }],
		],
		[{ chosen: [{ employee: '7; 8 9,10' }] }, [7, 8, 9, 10].map((id) => ({ id }))],
		[{ chosen: [{ employee: { mode: 'extension', value: '1 2' } }] }, [{ extension: '1' }, { extension: '2' }]],
		[
			{ chosen: [{ employee: { mode: 'phone', value: '0152 399, +49 (40) 1' } }] },
			[{ phone: '0152 399' }, { phone: '+49 (40) 1' }],
		],
	])('in rows: %j', (given, expected) => {
		expect(employees('d').read(readerOf({ employees: given }))).toEqual(expected);
	});

	it('in no rows is refused', () => {
		expect(() => employees('d').read(readerOf({ employees: 'x' }))).toThrow(
			expect.objectContaining({
				message: 'Employees must be a list of employees',
				description: 'It is the text “x” on this item. Add an employee a row.',
			}),
		);
	});
});

it.each<[object, number]>([
	[{}, 50],
	[{ limit: 1 }, 1],
	[{ returnAll: true, limit: 0 }, Infinity],
	[{ returnAll: false, limit: '7' }, 7],
])('the limit of %j is %d', (parameters, expected) => {
	expect(limit.read(readerOf({ ...parameters }))).toBe(expected);
});

it('several options are each taken once', () => {
	const field = optionList({
		displayName: 'T',
		name: 't',
		description: 'd',
		options: [
			{ name: 'One', value: 1 },
			{ name: 'Two', value: 2 },
		],
	});
	const read = (t: unknown) => field.read(readerOf({ t }));
	expect([read(1), read(['2', 'One', 2])]).toEqual([[1], [2, 1]]);
	for (const none of [[], '', ' ', null]) expect(() => read(none)).toThrow('T is empty');
	expect(() => read([1, 3])).toThrow(
		expect.objectContaining({
			message: 'T must be one of its options',
			description: 'It is the number 3 on this item. Use one of: 1 (One), 2 (Two).',
		}),
	);
});
