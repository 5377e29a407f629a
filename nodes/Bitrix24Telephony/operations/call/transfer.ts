import { hide, show } from '../../../../bitrix24/methods/calls';
import { askAll } from '../../../../bitrix24/plan';
import { callId } from '../../fields/call';
import { employeeAs } from '../../fields/employee';
import { idsOf } from '../../fields/employees';
import { defineOperation } from '../operation';

const SAME = { refused: 'From and To are the same employee', hint: 'Choose two employees.' };

/** Hides the card from one employee and shows it to another. */
export const transfer = defineOperation({
	entry: {
		name: 'Transfer',
		value: 'transfer',
		action: 'Transfer call',
		description:
			'Move the card of a running call from one employee to another. Finish the call later under the second one, or in parts.',
	},
	fields: [
		callId,
		employeeAs({ displayName: 'From Employee', name: 'fromEmployee', description: 'Employee who hands the call over' }),
		employeeAs({ displayName: 'To Employee', name: 'toEmployee', description: 'Employee who takes the call' }),
	],
	warns: true,
	output: { CALL_ID: 'string', FROM_USER_ID: 'integer', TO_USER_ID: 'integer', SHOWN: 'boolean' },
	read: (given, reader) => {
		if (JSON.stringify(given.fromEmployee) === JSON.stringify(given.toEmployee)) reader.refuse(SAME.refused, SAME.hint);
		return given;
	},
	run: function* ({ callId, fromEmployee: from, toEmployee: to }) {
		const ids = yield* idsOf([from, to]);
		if ('refused' in ids) return ids;
		const [first = 0, second] = ids;
		if (second === undefined) return SAME;
		const [hidden, shown] = yield* askAll(hide(callId, first), show(callId, second));
		return {
			json: { CALL_ID: callId, FROM_USER_ID: first, TO_USER_ID: second, SHOWN: shown },
			warnings: hidden && shown ? [] : ['The cards did not change: the call is unknown or finished already'],
		};
	},
});
