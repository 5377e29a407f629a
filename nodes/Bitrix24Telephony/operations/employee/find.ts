import { employee, EMPLOYEE, employeeItem } from '../../fields/employee';
import { employeeFound } from '../../fields/employeeSearch';
import { defineOperation } from '../operation';

/** `user.get` for one employee, by id, extension or phone. */
export const find = defineOperation({
	entry: {
		name: 'Get',
		value: 'find',
		action: 'Get employee',
		description: 'Find one employee by ID, extension or phone, with name, extension, phones and whether active',
	},
	fields: [employee('Employee to get. USER_ID of the trigger fits into By ID.')],
	output: EMPLOYEE,
	run: function* ({ employee }) {
		const one = yield* employeeFound(employee);
		return 'refused' in one ? one : { json: employeeItem(one.found) };
	},
});
