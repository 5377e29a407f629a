import { callId } from '../../fields/call';
import { employeeAs } from '../../fields/employee';
import { idsOf } from '../../fields/employees';
import { defineOperation } from '../operation';

/** Hides the card from one employee and shows it to another. */
export const transfer = defineOperation({
	entry: {
		name: 'Transfer',
		value: 'transfer',
		action: 'Transfer a call',
		description: 'Move the card of a running call from one employee to another. Finish the call later under the second one.',
	},
	fields: [
		callId,
		employeeAs({ displayName: 'From Employee', name: 'fromEmployee', description: 'Employee who hands the call over' }),
		employeeAs({ displayName: 'To Employee', name: 'toEmployee', description: 'Employee who takes the call' }),
	],
	output: { CALL_ID: 'string', FROM_USER_ID: 'integer', TO_USER_ID: 'integer', SHOWN: 'boolean' },
	run: function* ({ callId, fromEmployee: from, toEmployee: to }) {
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
