import type { FormValue } from '../../../../bitrix24/phpForm';
import { EMPLOYEE, employeeItem } from '../../fields/employee';
import { limitFields, pages, readLimit } from '../../fields/paging';
import { defineOperation } from '../operation';

interface Input {
	limit: number;
	search?: string;
	filter: Record<string, FormValue>;
	withExtension: boolean;
}

/** `user.get` and `user.search`: the employees of the portal. */
export const getMany = defineOperation<Input>({
	entry: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many employees',
		description: 'List employees with extensions and phones, for a dial plan or a directory',
	},
	properties: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{ displayName: 'Active Only', name: 'activeOnly', type: 'boolean', default: true, description: 'Whether to leave out employees who were dismissed' },
				{ displayName: 'Search', name: 'search', type: 'string', default: '', description: 'A part of the name, the position or the department' },
				{ displayName: 'With Extension Only', name: 'withExtension', type: 'boolean', default: true, description: 'Whether to leave out employees without an extension' },
			],
		},
	],
	output: EMPLOYEE,
	read: (reader) => {
		const fields = reader.collection('filters');
		const search = fields.text('search');
		return {
			limit: readLimit(reader),
			search,
			filter: { ...(fields.flag('activeOnly', false) ? { ACTIVE: true } : {}), ...(search ? { FIND: search } : {}) },
			withExtension: fields.flag('withExtension', false),
		};
	},
	run: function* ({ limit, search, filter, withExtension }) {
		const rows = yield* pages(search ? 'user.search' : 'user.get', { FILTER: filter, sort: 'ID', order: 'ASC' }, withExtension ? Infinity : limit);
		const employees = rows.filter((employee) => !withExtension || Boolean(employee.UF_PHONE_INNER));
		return employees.slice(0, limit === Infinity ? undefined : limit).map((employee) => ({ json: employeeItem(employee) }));
	},
});
