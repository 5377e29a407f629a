import type { Core } from '../../core';
import { isoDate } from '../../php/dates';
import { DATE_OBJECT, type Wire } from '../../php/json';
import type { Employee } from '../../state/model';

const DEPARTMENTS = ['Management', 'Sales', 'Service'];

/** Fields that the smaller scopes let through. [D scopes: user_brief, user_basic] */
const BRIEF = new Set([
	'ID',
	'XML_ID',
	'ACTIVE',
	'NAME',
	'LAST_NAME',
	'SECOND_NAME',
	'TITLE',
	'IS_ONLINE',
	'TIME_ZONE',
	'TIME_ZONE_OFFSET',
	'TIMESTAMP_X',
	'LAST_ACTIVITY_DATE',
	'DATE_REGISTER',
	'PERSONAL_GENDER',
	'PERSONAL_PHOTO',
	'WORK_POSITION',
	'UF_DEPARTMENT',
	'USER_TYPE',
]);
const BASIC_MORE = new Set([
	'EMAIL',
	'PERSONAL_MOBILE',
	'PERSONAL_PHONE',
	'PERSONAL_WWW',
	'PERSONAL_BIRTHDAY',
	'PERSONAL_CITY',
	'WORK_PHONE',
	'WORK_COMPANY',
	'UF_PHONE_INNER',
	'UF_EMPLOYMENT_DATE',
	'LAST_LOGIN',
]);

/** Shows an employee as user.get does; only what the scopes allow. Fields that were never filled in are left out. */
export function employeeFields(core: Core, employee: Employee, scopes: readonly string[]): Record<string, Wire> {
	const zone = core.state.settings.timeZone;
	const registered = isoDate(Date.UTC(2024, 6, 15), zone);
	const all: Record<string, Wire> = {
		ID: String(employee.id),
		ACTIVE: employee.active,
		NAME: employee.firstName,
		LAST_NAME: employee.lastName,
		EMAIL: employee.email,
		LAST_LOGIN: isoDate(core.clock.now(), zone),
		DATE_REGISTER: registered,
		TIME_ZONE: '',
		IS_ONLINE: employee.timeman === 'OPENED' ? 'Y' : 'N',
		TIMESTAMP_X: DATE_OBJECT,
		LAST_ACTIVITY_DATE: DATE_OBJECT,
		PERSONAL_GENDER: employee.gender,
		PERSONAL_BIRTHDAY: '',
		PERSONAL_MOBILE: employee.mobile === '' ? undefined : employee.mobile,
		WORK_PHONE: employee.workPhone === '' ? undefined : employee.workPhone,
		WORK_POSITION: employee.position,
		UF_EMPLOYMENT_DATE: '',
		UF_DEPARTMENT: [departmentId(employee)],
		UF_PHONE_INNER: employee.extension === '' ? undefined : employee.extension,
		USER_TYPE: employee.type,
	};
	if (scopes.includes('user')) return all;
	const allowed = (name: string): boolean => BRIEF.has(name) || (scopes.includes('user_basic') && BASIC_MORE.has(name));
	return Object.fromEntries(Object.entries(all).filter(([name]) => allowed(name)));
}

/** Id of an employee's department. */
function departmentId(employee: Employee): number {
	return Math.max(0, DEPARTMENTS.indexOf(employee.department)) + 1;
}

/** A field of an employee for filtering and sorting. */
export function employeeField(employee: Employee, field: string): string | number | boolean | null | undefined {
	switch (field) {
		case 'ID':
			return employee.id;
		case 'ACTIVE':
			return employee.active;
		case 'NAME':
			return employee.firstName;
		case 'LAST_NAME':
			return employee.lastName;
		case 'EMAIL':
			return employee.email;
		case 'WORK_POSITION':
			return employee.position;
		case 'WORK_PHONE':
			return employee.workPhone;
		case 'PERSONAL_MOBILE':
			return employee.mobile;
		case 'PERSONAL_GENDER':
			return employee.gender;
		case 'UF_PHONE_INNER':
			return employee.extension;
		case 'UF_DEPARTMENT':
			return departmentId(employee);
		case 'UF_DEPARTMENT_NAME':
			return employee.department;
		case 'USER_TYPE':
			return employee.type;
		case 'IS_ONLINE':
			return employee.timeman === 'OPENED';
		default:
			return undefined;
	}
}
