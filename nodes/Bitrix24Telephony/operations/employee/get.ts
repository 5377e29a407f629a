import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../../../bitrix24/failure';
import { EMPLOYEE, employeeField, employeeItem, findEmployee, noSuchEmployee, type EmployeeChoice } from '../../fields/employee';
import { defineOperation } from '../operation';

/** `user.get` for one employee, by id or extension. */
export const get = defineOperation<{ employee: EmployeeChoice }>({
	entry: {
		name: 'Get',
		value: 'get',
		action: 'Get an employee',
		description: 'Get an employee with extension and phones, by ID or by extension',
	},
	properties: [employeeField('Employee to get. USER_ID of the trigger fits into By ID.')],
	output: EMPLOYEE,
	read: (reader) => ({ employee: reader.employee() }),
	run: function* ({ employee }) {
		const [result] = yield [findEmployee(employee)];
		const found: unknown = Array.isArray(result) ? result[0] : undefined;
		return isRecord(found) ? { json: employeeItem(found as IDataObject) } : noSuchEmployee(employee);
	},
});
