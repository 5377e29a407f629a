import { hide as hideCard } from '../../../../bitrix24/methods/calls';
import { ask } from '../../../../bitrix24/plan';
import { callId } from '../../fields/call';
import { employees, idsOf } from '../../fields/employees';
import { defineOperation } from '../operation';

/** `telephony.externalCall.hide`: close the card of a running call. */
export const hide = defineOperation({
	entry: {
		name: 'Hide Card',
		value: 'hide',
		action: 'Hide card of call',
		description:
			'Close the card of a running call for one or many employees. Do it before Finish, which closes one card only.',
	},
	fields: [callId, employees('Employees whose card is closed. Leave empty for the employee of the call.')],
	warns: true,
	output: { CALL_ID: 'string', USER_ID: 'list', HIDDEN: 'boolean' },
	run: function* ({ callId, employees }) {
		const ids = yield* idsOf(employees);
		if ('refused' in ids) return ids;
		const hidden = yield* ask(hideCard(callId, ids.length > 0 ? ids : undefined));
		return {
			json: { CALL_ID: callId, USER_ID: ids, HIDDEN: hidden },
			warnings: hidden ? [] : ['No card was closed: the call is unknown or finished already'],
		};
	},
});
