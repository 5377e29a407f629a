import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../../../bitrix24/failure';
import { employeeField, findEmployee, noSuchEmployee, type EmployeeChoice } from '../../fields/employee';
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
	read: (reader) => ({ employee: reader.employee() }),
	run: function* ({ employee }) {
		const [result] = yield [findEmployee(employee)];
		const found: unknown = Array.isArray(result) ? result[0] : undefined;
		return isRecord(found) ? { json: toItem(found as IDataObject) } : noSuchEmployee(employee);
	},
});

/** What telephony needs of an employee. The portal leaves empty fields out; here they are null. */
function toItem(employee: IDataObject): IDataObject {
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
