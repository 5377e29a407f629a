import { callIdField } from '../../fields/call';
import type { EmployeeChoice } from '../../fields/employee';
import { employeesField, idsOf, readEmployees } from '../../fields/employees';
import { defineOperation } from '../operation';

interface Input {
	callId: string;
	employees: EmployeeChoice[];
}

/** `telephony.externalCall.hide`: close the card of a running call. */
export const hide = defineOperation<Input>({
	entry: {
		name: 'Hide Card',
		value: 'hide',
		action: 'Hide the card of a call',
		description: 'Close the card of a running call for one or many employees. Do it before Finish, which closes one card only.',
	},
	properties: [callIdField, employeesField('Employees whose card is closed. Leave empty for the employee of the call.')],
	output: { CALL_ID: 'string', USER_ID: 'list', HIDDEN: 'boolean' },
	read: (reader) => ({ callId: reader.callId(), employees: readEmployees(reader) }),
	run: function* ({ callId, employees }) {
		const ids = yield* idsOf(employees);
		if ('refused' in ids) return ids;
		const [hidden] = yield [{ method: 'telephony.externalCall.hide', parameters: { CALL_ID: callId, USER_ID: ids.length > 0 ? ids : undefined } }];
		return {
			json: { CALL_ID: callId, USER_ID: ids, HIDDEN: hidden === true },
			warnings: hidden === true ? [] : ['No card was closed: the call is unknown or finished already'],
		};
	},
});
