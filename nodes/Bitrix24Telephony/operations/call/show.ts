import { callIdField } from '../../fields/call';
import type { EmployeeChoice } from '../../fields/employee';
import { employeesField, idsOf, readEmployees } from '../../fields/employees';
import { defineOperation } from '../operation';

interface Input {
	callId: string;
	employees: EmployeeChoice[];
}

/** `telephony.externalCall.show`: open the card of a running call. */
export const show = defineOperation<Input>({
	entry: {
		name: 'Show Card',
		value: 'show',
		action: 'Show the card of a call',
		description: 'Open the card of a running call for one or many employees',
	},
	properties: [callIdField, employeesField('Employees who see the card. Leave empty for the employee of the call.')],
	output: { CALL_ID: 'string', USER_ID: 'list', SHOWN: 'boolean' },
	read: (reader) => ({ callId: reader.callId(), employees: readEmployees(reader) }),
	run: function* ({ callId, employees }) {
		const ids = yield* idsOf(employees);
		if ('refused' in ids) return ids;
		const [shown] = yield [{ method: 'telephony.externalCall.show', parameters: { CALL_ID: callId, USER_ID: ids.length > 0 ? ids : undefined } }];
		return {
			json: { CALL_ID: callId, USER_ID: ids, SHOWN: shown === true },
			warnings: shown === true ? [] : ['No card was opened: the call is unknown or finished already'],
		};
	},
});
