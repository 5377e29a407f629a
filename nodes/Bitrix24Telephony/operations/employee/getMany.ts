import { employees } from '../../../../bitrix24/methods/employees';
import { pages } from '../../../../bitrix24/methods/paging';
import { EMPLOYEE, employeeItem } from '../../fields/employee';
import { collection } from '../../fields/field';
import { flagOffUnlessAdded, optionalText } from '../../fields/kinds';
import { limit } from '../../fields/paging';
import { defineOperation } from '../operation';

const filters = collection({ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' }, [
	flagOffUnlessAdded({
		displayName: 'Active Only',
		name: 'activeOnly',
		default: true,
		description: 'Whether to leave out employees who were dismissed',
	}),
	optionalText({
		displayName: 'Search',
		name: 'search',
		placeholder: 'e.g. Vogel',
		description: 'A part of the name, the position or the department',
	}),
	flagOffUnlessAdded({
		displayName: 'With Extension Only',
		name: 'withExtension',
		default: true,
		description: 'Whether to leave out employees without an extension',
	}),
]);

/** `user.get` and `user.search`: the employees of the portal. */
export const getMany = defineOperation({
	entry: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many employees',
		description: 'List employees with extensions and phones, for a dial plan or a directory',
	},
	fields: [limit, filters],
	output: EMPLOYEE,
	read: ({ limit, filters: { search, activeOnly, withExtension } }) => ({
		limit,
		filter: { ...(activeOnly ? { ACTIVE: true } : {}), ...(search ? { FIND: search } : {}) },
		withExtension,
	}),
	run: function* ({ limit, filter, withExtension }) {
		const rows = yield* pages(
			(start) => employees(filter, { sort: 'ID', order: 'ASC', start }),
			withExtension ? Infinity : limit,
		);
		const found = rows.filter((employee) => !withExtension || Boolean(employee.UF_PHONE_INNER));
		return found.slice(0, limit === Infinity ? undefined : limit).map((employee) => ({ json: employeeItem(employee) }));
	},
});
