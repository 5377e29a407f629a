import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemReader } from '../itemReader';
import { employeeField } from './employee';

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
				values: [employeeField('An employee. By ID also takes several ids, separated by commas, or a list.', { required: false })],
			},
		],
	};
}

/**
 * Reads the employees of {@link employeesField}.
 *
 * @returns their ids, each once. Extensions are looked up, because the portal's cards know ids only.
 * @throws NodeOperationError when an extension belongs to nobody or an id is none.
 */
export async function readEmployees(reader: ItemReader): Promise<number[]> {
	const rows = (reader.collection('employees').raw('chosen') ?? []) as IDataObject[];
	const choices = rows.flatMap(({ employee }) => locators(employee)).map((locator) => reader.toEmployee(locator));
	return [...new Set(await Promise.all(choices.map(async (choice) => await reader.employeeId(choice))))];
}

function locators(employee: unknown): IDataObject[] {
	const { mode, value } = (employee ?? {}) as IDataObject;
	const values = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[,;\s]+/).filter(Boolean) : [value];
	return values.map((one) => ({ mode, value: one }) as IDataObject);
}
