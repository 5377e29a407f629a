import { callId } from '../../fields/call';
import { employee } from '../../fields/employee';
import { employees, idsOf } from '../../fields/employees';
import { defineOperation } from '../operation';

/** Hides the card from everyone else who was rung, and shows it to the one who answered. */
export const answeredBy = defineOperation({
	entry: {
		name: 'Answered By',
		value: 'answeredBy',
		action: 'Set who answered a call',
		description: 'Keep the card of a running call with the employee who answered, and close it for everybody else who was rung',
	},
	fields: [
		callId,
		employee('Employee who answered'),
		employees('Everybody who was rung and may have the card open. Leave empty for the employee of the registration.'),
	],
	output: { CALL_ID: 'string', ANSWERED_BY: 'integer', HIDDEN_FROM: 'list', SHOWN: 'boolean' },
	run: function* ({ callId, employee: answered, employees: rung }) {
		const ids = yield* idsOf([answered, ...rung]);
		if ('refused' in ids) return ids;
		const [answerer = 0, ...others] = ids;
		const parameters = { CALL_ID: callId };
		const hide = { method: 'telephony.externalCall.hide', parameters: { ...parameters, USER_ID: others.length > 0 ? others : undefined } };
		const show = { method: 'telephony.externalCall.show', parameters: { ...parameters, USER_ID: answerer } };
		// Hidden first: without a list the portal hides the registered employee's card, who may be the one who answered.
		const [hidden, shown] = yield rung.length > 0 && others.length === 0 ? [show, show] : [hide, show];
		return {
			json: { CALL_ID: callId, ANSWERED_BY: answerer, HIDDEN_FROM: others, SHOWN: shown === true },
			warnings: hidden === true && shown === true ? [] : ['The cards did not change: the call is unknown or finished already'],
		};
	},
});
