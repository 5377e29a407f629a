import { callIdField } from '../../fields/call';
import { employeeField, type EmployeeChoice } from '../../fields/employee';
import { idsOf } from '../../fields/employees';
import { defineOperation } from '../operation';

interface Input {
	callId: string;
	from: EmployeeChoice;
	to: EmployeeChoice;
}

/** Hides the card from one employee and shows it to another. */
export const transfer = defineOperation<Input>({
	entry: {
		name: 'Transfer',
		value: 'transfer',
		action: 'Transfer a call',
		description: 'Move the card of a running call from one employee to another. Finish the call later under the second one.',
	},
	properties: [
		callIdField,
		employeeField('Employee who hands the call over', { displayName: 'From Employee', name: 'fromEmployee' }),
		employeeField('Employee who takes the call', { displayName: 'To Employee', name: 'toEmployee' }),
	],
	output: { CALL_ID: 'string', FROM_USER_ID: 'integer', TO_USER_ID: 'integer', SHOWN: 'boolean' },
	read: (reader) => ({ callId: reader.callId(), from: reader.employee('fromEmployee'), to: reader.employee('toEmployee') }),
	run: function* ({ callId, from, to }) {
		const ids = yield* idsOf([from, to]);
		if ('refused' in ids) return ids;
		const [first, second] = ids;
		if (second === undefined) return { refused: 'From and To are the same employee', hint: 'Choose two employees.' };
		const [hidden, shown] = yield [
			{ method: 'telephony.externalCall.hide', parameters: { CALL_ID: callId, USER_ID: first } },
			{ method: 'telephony.externalCall.show', parameters: { CALL_ID: callId, USER_ID: second } },
		];
		return {
			json: { CALL_ID: callId, FROM_USER_ID: first, TO_USER_ID: second, SHOWN: shown === true },
			warnings: hidden === true && shown === true ? [] : ['The cards did not change: the call is unknown or finished already'],
		};
	},
});
