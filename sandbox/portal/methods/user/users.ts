import type { Caller, Core } from '../../core';
import { emptyMap, entries, isMap, toText, type PhpMap, type PhpValue } from '../../php/values';
import type { Employee } from '../../state/model';
import { filterRows, isLike, sortRows } from '../filter';
import { cast, method, type Method } from '../method';
import { page } from '../paging';
import { employeeField, employeeFields } from './fields';

const facts = { scopes: ['user'], context: 'any', keys: 'upper' } as const;
const list = {
	FILTER: cast.raw,
	SORT: cast.text,
	ORDER: cast.raw,
	ADMIN_MODE: cast.bool,
	SELECT: cast.raw,
	IMAGE_RESIZE: cast.raw,
};
/** Parameters of user.get that are no field filters. */
const NOT_FIELDS = new Set(['FILTER', 'SORT', 'ORDER', 'ADMIN_MODE', 'SELECT', 'IMAGE_RESIZE', 'CMD', 'HALT']);
/** Fields that FIND of user.search looks into. */
const FIND_FIELDS = ['NAME', 'LAST_NAME', 'EMAIL', 'WORK_POSITION', 'UF_DEPARTMENT_NAME'];

const get = method({
	...facts,
	name: 'user.get',
	params: list,
	run({ core, caller, params, sent, start }) {
		const rows = filterEmployees(visible(core, caller, params.ADMIN_MODE), fieldFilter(params.FILTER, sent));
		const sorted = sortEmployees(rows, params);
		return page(sorted, start, (employee) => selected(employeeFields(core, employee, caller.scopes), params.SELECT));
	},
});

const search = method({
	...facts,
	name: 'user.search',
	params: list,
	run({ core, caller, params, sent, start }) {
		const { FIND: find, ...fields } = fieldFilter(params.FILTER, sent);
		const words = toText(find)
			.toLowerCase()
			.split(/\s+/)
			.filter((word) => word !== '');
		const rows = filterEmployees(visible(core, caller, params.ADMIN_MODE), fields, true).filter((employee) =>
			words.every((word) =>
				FIND_FIELDS.some((field) => toText(employeeField(employee, field)).toLowerCase().includes(word)),
			),
		);
		return page(sortEmployees(rows, params), start, (employee) => employeeFields(core, employee, caller.scopes));
	},
});

const current = method({
	...facts,
	name: 'user.current',
	params: {},
	run: ({ core, caller }) => employeeFields(core, caller.employee, caller.scopes),
});

const admin = method({
	...facts,
	scopes: [],
	name: 'user.admin',
	params: {},
	run: ({ caller }) => caller.employee.isAdmin,
});

/** user.* [DS api-reference/user/*.md; S rest/lib/api/user.php] */
export const userMethods: readonly Method[] = [get, search, current, admin];

/** Bots are users too, but only an administrator in ADMIN_MODE sees what is no person. */
function visible(core: Core, caller: Caller, adminMode: boolean): Employee[] {
	const everything = adminMode && caller.employee.isAdmin;
	return [...core.state.employees.values()].filter((employee) => everything || employee.type !== 'bot');
}

/** FILTER replaces the filters that stand beside it. */
function fieldFilter(filter: PhpValue | undefined, sent: PhpMap): PhpMap {
	const fields = emptyMap();
	const source = isMap(filter) ? entries(filter) : entries(sent).filter(([name]) => !NOT_FIELDS.has(name));
	for (const [name, value] of source) fields[name.toUpperCase()] = value;
	return fields;
}

/**
 * Text with a % matches as a pattern, as the documentation's example `NAME: "Iv%"` does; user.search also takes
 * beginnings.
 */
function filterEmployees(rows: readonly Employee[], filter: PhpMap, byBeginning = false): Employee[] {
	const patterns: [string, string][] = [];
	const plain = emptyMap();
	for (const [name, value] of Object.entries(filter)) {
		const isText = typeof value === 'string' && typeof employeeField(rows[0] ?? NOBODY, name) === 'string';
		if (isText && (value.includes('%') || byBeginning)) patterns.push([name, byBeginning ? `${value}%` : value]);
		else plain[name] = value;
	}
	return filterRows(rows, plain, employeeField).filter((employee) =>
		patterns.every(([name, pattern]) => isLike(toText(employeeField(employee, name)), pattern)),
	);
}

function sortEmployees(
	rows: readonly Employee[],
	params: { readonly SORT: string; readonly ORDER: PhpValue | undefined },
): Employee[] {
	return sortRows(rows, params.SORT === '' ? 'ID' : params.SORT, toText(params.ORDER), employeeField);
}

function selected<Value>(fields: Record<string, Value>, select: PhpValue | undefined): Record<string, Value> {
	const names = new Set(entries(select).map(([, name]) => toText(name).toUpperCase()));
	return names.size === 0 ? fields : Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)));
}

const NOBODY: Employee = {
	id: 0,
	active: true,
	isAdmin: false,
	firstName: '',
	lastName: '',
	email: '',
	position: '',
	gender: '',
	extension: '',
	workPhone: '',
	mobile: '',
	department: '',
	timeman: 'CLOSED',
	type: 'employee',
	rights: { callDetail: 'none', outgoingCall: false, manageNumbers: false, crm: false },
};
