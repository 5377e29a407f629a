import type { IDataObject } from 'n8n-workflow';
import { employeeByExtension, employeeById, type Employee } from '../../../bitrix24/methods/employees';
import type { Call } from '../../../bitrix24/plan';
import type { OutputFields } from '../../common/outputSchema';
import type { Refusal } from '../shown';
import { Parameter, type Named } from './field';
import type { Given } from '../given';
import type { Spec } from './kinds';

/** An employee in words that the portal's methods take: portal id or extension. */
export type KnownEmployee = { id: number } | { extension: string };

/** An employee as the user chose one; a phone number must be looked up, see `employeeSearch.ts`. */
export type EmployeeChoice = KnownEmployee | { phone: string };

/** The choice of one employee, by default the field *Employee*. */
export function employee(description: string) {
	return employeeAs({ displayName: 'Employee', name: 'employee', description });
}

/** The choice of one employee under another name. */
export function employeeAs<const Name extends string>(spec: Spec<Name>) {
	const property: Named<Name> = {
		required: true,
		...spec,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose an employee…',
				hint: 'To take the employee from each item, choose By ID and map USER_ID of the trigger',
				typeOptions: { searchListMethod: 'searchEmployees', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 7',
				hint: 'USER_ID of the trigger fits here',
			},
			{
				// n8n's box for it is 48 pixels wide: a longer word is cut.
				displayName: 'Ext.',
				name: 'extension',
				type: 'string',
				placeholder: 'e.g. 101',
				hint: 'Extension: the short internal number in the employee’s profile',
			},
			{
				displayName: 'Phone',
				name: 'phone',
				type: 'string',
				placeholder: 'e.g. +491511234567',
				hint: 'Extension, mobile, work or private phone in the profile, however it is written there',
			},
		],
	};
	return new Parameter(property, employeeOf, undefined);
}

/** Whom a call goes to when a report names nobody; for a collection. */
export const employeeIfUnknown = new Parameter(
	{
		...employeeAs({
			displayName: 'Employee If Unknown',
			name: 'employeeIfUnknown',
			description: 'Who gets calls of which the report names no employee of Bitrix24',
		}).property,
		required: false,
	},
	(given): EmployeeChoice | undefined => (given.located().chosen.isMissing ? undefined : employeeOf(given)),
	undefined,
);

/** Ways of choosing that give an id; a plain value comes without one. */
const BY_ID: unknown[] = ['list', 'id', undefined];

/**
 * The employee that a resource locator stands for; a plain value is an id.
 *
 * @throws NodeOperationError when it is empty, no id, or no extension. The portal reads `%` in an extension as “any
 *   text”, which would find somebody else (user.get, FILTER).
 */
export function employeeOf(given: Given): EmployeeChoice {
	const { mode, chosen } = given.located();
	if (chosen.isMissing) return chosen.refuseMissing();
	if (BY_ID.includes(mode)) return { id: chosen.integer(1) };
	if (mode === 'phone') return { phone: phoneOf(chosen) };
	if (mode !== 'extension')
		return given.refuse('cannot be read', 'Choose it from the list, or give an ID, an extension or a phone.');
	const extension = chosen.text();
	return extension.includes('%') ? chosen.refuse('must be an extension', 'It holds no percent sign.') : { extension };
}

function phoneOf(chosen: Given): string {
	const phone = chosen.text();
	return /\d/.test(phone) ? phone : chosen.refuse('has no digits', 'Give the phone number of the employee.');
}

/** The parameters `USER_ID` or `USER_PHONE_INNER`. The portal lets `USER_ID` win, so only one is sent. */
export function employeeParameters(employee: KnownEmployee): { USER_ID: number } | { USER_PHONE_INNER: string } {
	return 'id' in employee ? { USER_ID: employee.id } : { USER_PHONE_INNER: employee.extension };
}

/** The call that finds an employee. By extension only active ones count. */
export function findEmployee(employee: KnownEmployee): Call<Employee[]> {
	return 'id' in employee ? employeeById(employee.id) : employeeByExtension(employee.extension);
}

/** What to say when nobody was found. */
export function noSuchEmployee(employee: EmployeeChoice): Refusal {
	const hint = 'Choose the employee from the list, or check the expression on this item.';
	if ('id' in employee) return { refused: `No employee has the ID ${employee.id}`, hint };
	if ('extension' in employee) return { refused: `No active employee has the extension ${employee.extension}`, hint };
	return {
		refused: `No active employee has the phone ${employee.phone}`,
		hint: 'Enter it in the employee’s profile in Bitrix24. The application needs the permission Users (user) to see phones.',
	};
}

/** What telephony needs of an employee. The portal leaves empty fields out; here they are null. */
export function employeeItem(employee: Employee): IDataObject {
	return {
		USER_ID: Number(employee.ID),
		NAME: [employee.NAME, employee.LAST_NAME].filter(Boolean).join(' '),
		EXTENSION: employee.UF_PHONE_INNER || null,
		ACTIVE: employee.ACTIVE === true || employee.ACTIVE === 'Y',
		EMAIL: employee.EMAIL || null,
		WORK_PHONE: employee.WORK_PHONE || null,
		PERSONAL_MOBILE: employee.PERSONAL_MOBILE || null,
		PERSONAL_PHONE: employee.PERSONAL_PHONE || null,
		WORK_POSITION: employee.WORK_POSITION || null,
	};
}

/**
 * “Ada Lovelace (101)”: name and extension; the e-mail address or the id where there is no name. Inactive ones are
 * marked.
 */
export function employeeLabel(employee: Employee): string {
	const name =
		[employee.NAME, employee.LAST_NAME].filter(Boolean).join(' ') ||
		String(employee.EMAIL || `Employee ${String(employee.ID)}`);
	const extension = employee.UF_PHONE_INNER ? ` (${String(employee.UF_PHONE_INNER)})` : '';
	return `${name}${extension}${employee.ACTIVE === false ? ', inactive' : ''}`;
}

/** Types of {@link employeeItem}. */
export const EMPLOYEE: OutputFields = {
	USER_ID: 'integer',
	NAME: 'string',
	EXTENSION: 'string?',
	ACTIVE: 'boolean',
	EMAIL: 'string?',
	WORK_PHONE: 'string?',
	PERSONAL_MOBILE: 'string?',
	PERSONAL_PHONE: 'string?',
	WORK_POSITION: 'string?',
};
