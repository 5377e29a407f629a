import type { IDataObject } from 'n8n-workflow';
import { BATCH_LIMIT, type Conversation, type Step } from '../../../bitrix24/plan';
import type { Refusal } from '../operations/operation';
import { isPlainObject } from '../values';
import { employee, employeeOf, findEmployee, noSuchEmployee, type EmployeeChoice } from './employee';
import { Parameter } from './field';
import type { Given } from './given';

/** Any number of employees. No row at all is an empty list; a row without an employee is refused. */
export function employees(description: string) {
	return new Parameter(
		{
			displayName: 'Employees',
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

const ROW = employee('An employee. By ID also takes several IDs, separated by commas, or a list.').with({ required: false }).property;

/** Fewer employees than were meant would touch somebody else's card, so nothing is passed over. */
function employeesOf(given: Given): EmployeeChoice[] {
	const rows = isPlainObject(given.value) ? (given.value.chosen ?? []) : (given.value ?? []);
	if (!Array.isArray(rows)) return given.refuse('must be a list of employees', 'Add an employee a row.');
	return rows.flatMap((row: unknown, index) => {
		const place = given.part(isPlainObject(row) ? row.employee : row, `${given.label}, row ${index + 1}`);
		return split(place).map(employeeOf);
	});
}

/** The employees of one row: a list, or a text with commas, semicolons or blanks between. */
function split(row: Given): Given[] {
	const { mode, chosen } = row.located();
	const { value } = chosen;
	const values: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.trim().split(/\s*[,;]\s*|\s+/) : [value];
	if (values.length === 0) return row.refuseMissing();
	return values.map((one) => row.part({ mode, value: one }));
}

/**
 * Finds the ids of employees, because the portal's cards know ids only.
 *
 * @returns each id once, or a refusal when nobody active has an extension. Asks the portal only for extensions, each once.
 */
export function* idsOf(employees: EmployeeChoice[]): Conversation<number[] | Refusal> {
	const extensions = [...new Set(employees.flatMap((one) => ('extension' in one ? [one.extension] : [])))];
	const found = yield* answersTo(extensions.map((extension) => findEmployee({ extension })));
	const ids = new Set<number>();
	for (const one of employees) {
		const id = 'id' in one ? one.id : Number((found[extensions.indexOf(one.extension)] as IDataObject[] | undefined)?.[0]?.ID);
		if (!id) return noSuchEmployee(one);
		ids.add(id);
	}
	return [...ids];
}

/** Takes any number of steps, in plans that fit into a batch. @returns their results, in order. */
export function* answersTo(steps: Step[]): Conversation<unknown[]> {
	const results: unknown[] = [];
	for (let from = 0; from < steps.length; from += BATCH_LIMIT) results.push(...(yield steps.slice(from, from + BATCH_LIMIT)));
	return results;
}
