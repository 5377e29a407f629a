import type { INodeProperties } from 'n8n-workflow';
import { isPlainObject, toNumber, toText } from '../common/values';
import { LISTS_VERSION, Option, typedList } from './option';

/** What one entry of a filter is. Undefined for a text that is none. */
type Entry<Value> = (text: string) => Value | undefined;

const EMPLOYEES = {
	displayName: 'Only for Employees',
	description: 'Whose events start the workflow; nobody here means everybody’s. Events of others start nothing.',
};
const LINES = {
	displayName: 'Only for Lines',
	description: 'Lines whose events start the workflow; none here means all. Events of others start nothing.',
};

const employeeId: Entry<number> = (text) => {
	const number = toNumber(text);
	return number !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
};
const lineNumber: Entry<string> = (text) => text;

/** IDs of employees as a text, in nodes before {@link LISTS_VERSION}. */
export const employees = typed(
	{ ...EMPLOYEES, name: 'employees', placeholder: 'e.g. 7, 12' },
	employeeId,
	'Give the IDs of employees as numbers; Employee > Get Many lists them.',
);

/** Numbers of lines as a text, in nodes before {@link LISTS_VERSION}. */
export const lines = typed(
	{ ...LINES, name: 'lines', placeholder: 'e.g. +4940669690' },
	lineNumber,
	'Give the numbers of lines; Line > Get Many lists them.',
);

/** Employees from the portal's list. */
export const onlyEmployees = chosen(
	{ ...EMPLOYEES, name: 'onlyEmployees', placeholder: 'Add Employee' },
	{
		displayName: 'Employee',
		name: 'employee',
		description: 'An employee. By ID also takes several IDs, separated by commas, or a list.',
		...modes('searchEmployees', 'Choose an employee…', 'By ID', 'e.g. 7'),
	},
	employeeId,
	'Choose an employee in each row, or give an ID as a number.',
);

/** Lines from the application's list. */
export const onlyLines = chosen(
	{ ...LINES, name: 'onlyLines', placeholder: 'Add Line' },
	{
		displayName: 'Line',
		name: 'line',
		description: 'A line of your application. Number also takes several, separated by commas, or a list.',
		...modes('searchLines', 'Choose a line…', 'Number', 'e.g. +4940669690'),
	},
	lineNumber,
	'Choose a line in each row, or give its number.',
);

type Words = Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'>;
type Row = Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'type' | 'default' | 'modes'>;

function typed<Value>(words: Words, toEntry: Entry<Value>, advice: string): Option<Value[]> {
	const before = { '@version': [{ _cnd: { lt: LISTS_VERSION } }] };
	return new Option(
		{ ...words, type: 'string', default: '', displayOptions: { show: before } },
		{ accept: (given) => entries([given].flat(), toEntry), advice, absent: [] },
	);
}

function chosen<Value>(words: Words, row: Row, toEntry: Entry<Value>, advice: string): Option<Value[]> {
	const since = { '@version': [{ _cnd: { gte: LISTS_VERSION } }] };
	const accept = (given: unknown): Value[] | undefined => {
		const rows = rowsOf(given, row.name).map((one) => entries([one].flat(), toEntry));
		// A row without an entry was meant to leave somebody out; without it everybody's events would start.
		return rows.every((one) => one !== undefined && one.length > 0) ? rows.flatMap((one = []) => one) : undefined;
	};
	return new Option(
		{
			...words,
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			displayOptions: { show: since },
			default: {},
			options: [{ displayName: row.displayName, name: 'chosen', values: [row] }],
		},
		{ accept, advice, absent: [], wrong: 'has a row that is empty or cannot be read' },
	);
}

/** What the rows hold; an expression may give a list, or a single value, in their place. */
function rowsOf(given: unknown, name: string): unknown[] {
	const rows = isPlainObject(given) && !('value' in given) ? (given.chosen ?? []) : given;
	return [rows].flat().map((row: unknown) => valueOf(isPlainObject(row) && name in row ? row[name] : row));
}

/** What a searchable choice stands for. */
function valueOf(choice: unknown): unknown {
	return isPlainObject(choice) && 'value' in choice ? choice.value : choice;
}

function entries<Value>(given: unknown[], toEntry: Entry<Value>): Value[] | undefined {
	const texts = given.map(toText);
	if (!texts.every((text) => text !== undefined)) return undefined;
	const values = texts.flatMap(typedList).map(toEntry);
	return values.every((value) => value !== undefined) ? values : undefined;
}

function modes(
	searchListMethod: string,
	placeholder: string,
	displayName: string,
	example: string,
): Pick<Row, 'type' | 'default' | 'modes'> {
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder,
				typeOptions: { searchListMethod, searchable: true },
			},
			// n8n shows a mode called id as “By ID”, whatever its name.
			{ displayName, name: displayName === 'By ID' ? 'id' : 'number', type: 'string', placeholder: example },
		],
	};
}
