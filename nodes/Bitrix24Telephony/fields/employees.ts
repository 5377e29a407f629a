import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Conversation } from '../../../bitrix24/plan';
import type { ItemReader } from '../itemReader';
import type { Refusal } from '../operations/operation';
import { employeeField, findEmployee, noSuchEmployee, type EmployeeChoice } from './employee';

/** A choice of any number of employees. */
export function employeesField(description: string): INodeProperties {
	return {
		displayName: 'Employees',
		name: 'employees',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Employee',
		default: {},
		description,
		options: [
			{
				displayName: 'Employee',
				name: 'chosen',
				values: [employeeField('An employee. By ID also takes several IDs, separated by commas, or a list.', { required: false })],
			},
		],
	};
}

/**
 * Reads the employees of {@link employeesField}.
 *
 * @throws NodeOperationError when one of them is neither an id nor an extension.
 */
export function readEmployees(reader: ItemReader): EmployeeChoice[] {
	const rows = (reader.collection('employees').raw('chosen') ?? []) as IDataObject[];
	return rows.flatMap(({ employee }) => locators(employee)).map((locator) => reader.toEmployee(locator));
}

/**
 * Finds the ids of employees, because the portal's cards know ids only.
 *
 * @returns each id once, or a refusal when nobody active has an extension. Asks the portal only for extensions.
 */
export function* idsOf(employees: EmployeeChoice[]): Conversation<number[] | Refusal> {
	const unknown = employees.filter((employee) => !('id' in employee));
	const found = unknown.length > 0 ? yield unknown.map(findEmployee) : [];
	const ids: number[] = [];
	for (const employee of employees) {
		const match = 'id' in employee ? employee.id : Number((found[unknown.indexOf(employee)] as IDataObject[] | undefined)?.[0]?.ID);
		if (!match) return noSuchEmployee(employee);
		if (!ids.includes(match)) ids.push(match);
	}
	return ids;
}

function locators(employee: unknown): IDataObject[] {
	const { mode, value } = (employee ?? {}) as IDataObject;
	const values = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[,;\s]+/).filter(Boolean) : [value];
	return values.map((one) => ({ mode, value: one }) as IDataObject);
}
