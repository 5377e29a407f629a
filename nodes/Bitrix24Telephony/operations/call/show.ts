import { show as showCard } from '../../../../bitrix24/methods/calls';
import { ask } from '../../../../bitrix24/plan';
import { callId } from '../../fields/call';
import { employees, idsOf } from '../../fields/employees';
import { defineOperation } from '../operation';

/** `telephony.externalCall.show`: open the card of a running call. */
export const show = defineOperation({
	entry: {
		name: 'Show Card',
		value: 'show',
		action: 'Show card of call',
		description: 'Open the card of a running call for one or many employees',
	},
	fields: [callId, employees('Employees who see the card. Leave empty for the employee of the call.')],
	warns: true,
	output: { CALL_ID: 'string', USER_ID: 'list', SHOWN: 'boolean' },
	run: function* ({ callId, employees }) {
		const ids = yield* idsOf(employees);
		if ('refused' in ids) return ids;
		const shown = yield* ask(showCard(callId, ids.length > 0 ? ids : undefined));
		return {
			json: { CALL_ID: callId, USER_ID: ids, SHOWN: shown },
			warnings: shown ? [] : ['No card was opened: the call is unknown or finished already'],
		};
	},
});
