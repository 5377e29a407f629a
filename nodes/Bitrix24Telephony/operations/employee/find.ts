import { ask } from '../../../../bitrix24/plan';
import { employee, EMPLOYEE, employeeItem, findEmployee, noSuchEmployee } from '../../fields/employee';
import { defineOperation } from '../operation';

/** `user.get` for one employee, by id or extension. */
export const find = defineOperation({
	entry: {
		name: 'Find by ID or Extension',
		value: 'find',
		action: 'Find an employee by ID or extension',
		description: 'Find one employee by ID or by extension, with name, extension, phones and whether active',
	},
	fields: [employee('Employee to get. USER_ID of the trigger fits into By ID.')],
	output: EMPLOYEE,
	run: function* ({ employee }) {
		const [found] = yield* ask(findEmployee(employee));
		return found ? { json: employeeItem(found) } : noSuchEmployee(employee);
	},
});
