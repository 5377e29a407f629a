import { toId } from '../../../bitrix24/decode';
import type { Conversation } from '../../../bitrix24/plan';
import type { Refusal } from '../shown';
import { isPlainObject } from '../../common/values';
import { employee, employeeOf, noSuchEmployee, type EmployeeChoice } from './employee';
import { employeesFound, known } from './employeeSearch';
import { Parameter } from './field';
import type { Given } from '../given';

/** Any number of employees. No row at all is an empty list; a row without an employee is refused. */
export function employees(description: string, displayName = 'Employees') {
	return new Parameter(
		{
			displayName,
			name: 'employees',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Employee',
			default: {},
			description,
			options: [{ displayName: 'Employee', name: 'chosen', values: [ROW] }],
		},
		employeesOf,
		undefined,
	);
}

const ROW = employee('An employee. By ID also takes several IDs, separated by commas, or a list.').with({
	required: false,
}).property;

/** Fewer employees than were meant would touch somebody else's card, so nothing is passed over. */
function employeesOf(given: Given): EmployeeChoice[] {
	const rows = isPlainObject(given.value) ? (given.value.chosen ?? []) : (given.value ?? []);
	if (!Array.isArray(rows)) return given.refuse('must be a list of employees', 'Add an employee a row.');
	return rows.flatMap((row: unknown, index) => {
		const place = given.part(isPlainObject(row) ? row.employee : row, `${given.label}, row ${index + 1}`);
		return split(place).map(employeeOf);
	});
}

/**
 * The employees of one row: a list, or a text with commas, semicolons or blanks between. Blanks may be part of a phone.
 */
function split(row: Given): Given[] {
	const { mode, chosen } = row.located();
	const { value } = chosen;
	const values: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value.trim().split(mode === 'phone' ? /\s*[,;]\s*/ : /\s*[,;]\s*|\s+/)
			: [value];
	if (values.length === 0) return row.refuseMissing();
	return values.map((one) => row.part({ mode, value: one }));
}

/**
 * Finds the ids of employees, because the portal's cards know ids only.
 *
 * @returns each id once, or a refusal when nobody active has an extension or phone. Asks the portal only for these,
 *   each once.
 */
export function* idsOf(employees: EmployeeChoice[]): Conversation<number[] | Refusal> {
	const extensions = [...new Set(employees.flatMap((one) => ('extension' in one ? [one.extension] : [])))];
	const found = extensions.length > 0 ? yield* employeesFound(extensions.map((extension) => ({ extension }))) : [];
	const ids = new Set<number>();
	for (const one of employees) {
		const sure = yield* known(one);
		if ('refused' in sure) return sure;
		const id = 'id' in sure ? sure.id : toId(found[extensions.indexOf(sure.extension)]?.[0]?.ID);
		if (!id) return noSuchEmployee(one);
		ids.add(id);
	}
	return [...ids];
}
