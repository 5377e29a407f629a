import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../../../bitrix24/failure';
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
		const [result] = yield [findEmployee(employee)];
		const found: unknown = Array.isArray(result) ? result[0] : undefined;
		return isRecord(found) ? { json: employeeItem(found as IDataObject) } : noSuchEmployee(employee);
	},
});
