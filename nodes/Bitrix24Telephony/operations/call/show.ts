import { callIdField } from '../../fields/call';
import { employeesField, readEmployees } from '../../fields/employees';
import { defineOperation } from '../operation';

interface Input {
	callId: string;
	employeeIds: number[];
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
	read: async (reader) => ({ callId: reader.callId(), employeeIds: await readEmployees(reader) }),
	plan: ({ callId, employeeIds }) => [
		{
			method: 'telephony.externalCall.show',
			parameters: { CALL_ID: callId, USER_ID: employeeIds.length > 0 ? employeeIds : undefined },
		},
	],
	show: ([result], { callId, employeeIds }) => ({
		json: { CALL_ID: callId, USER_ID: employeeIds, SHOWN: result === true },
		warnings: result === true ? [] : ['No card was opened: the call is unknown or finished already'],
	}),
});
