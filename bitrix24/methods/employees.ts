import { asRows, type JsonObject } from '../decode';
import type { FormValue } from '../phpForm';
import type { Call } from '../plan';

/** An employee as `user.get` gives one. The portal leaves empty fields out. */
export type Employee = JsonObject;

/** `user.get`, or `user.search` when a text is looked for. */
export function employees(
	filter: Record<string, FormValue>,
	more: { sort?: string; order?: 'ASC' | 'DESC'; start?: number } = {},
): Call<Employee[]> {
	return {
		method: 'FIND' in filter ? 'user.search' : 'user.get',
		parameters: { FILTER: filter, ...more },
		decode: asRows,
		effect: 'read',
	};
}

/** The employee with an id. */
export function employeeById(ID: number): Call<Employee[]> {
	return { ...employees({ ID }), shared: true };
}

/** The active employees with an extension; there should be one at most. */
export function employeeByExtension(extension: string): Call<Employee[]> {
	return { ...employees({ UF_PHONE_INNER: extension, ACTIVE: true }), shared: true };
}
