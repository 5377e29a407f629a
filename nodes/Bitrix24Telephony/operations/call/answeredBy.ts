import { hide, show } from '../../../../bitrix24/methods/calls';
import { askAll } from '../../../../bitrix24/plan';
import { callId } from '../../fields/call';
import { employee } from '../../fields/employee';
import { employees, idsOf } from '../../fields/employees';
import { defineOperation } from '../operation';

/** Hides the card from everyone else who was rung, and shows it to the one who answered. */
export const answeredBy = defineOperation({
	entry: {
		name: 'Answered By',
		value: 'answeredBy',
		action: 'Set who answered call',
		description:
			'Keep the card of a running call with the employee who answered, and close it for everybody else who was rung',
	},
	fields: [
		callId,
		employee('Employee who answered'),
		employees(
			'Everybody who was rung and may have the card open. Leave empty for the employee of the registration.',
			'Rung Employees',
		),
	],
	warns: true,
	output: { CALL_ID: 'string', ANSWERED_BY: 'integer', HIDDEN_FROM: 'list', SHOWN: 'boolean' },
	run: function* ({ callId, employee: answered, employees: rung }) {
		const ids = yield* idsOf([answered, ...rung]);
		if ('refused' in ids) return ids;
		const [answerer = 0, ...others] = ids;
		const toOthers = hide(callId, others.length > 0 ? others : undefined);
		const toAnswerer = show(callId, answerer);
		// Hidden first: without a list the portal hides the registered employee's card, who may be the one who
		// answered.
		const changes = rung.length > 0 && others.length === 0 ? [toAnswerer] : [toOthers, toAnswerer];
		const results = yield* askAll(...changes);
		const shown = results.at(-1) === true;
		return {
			json: { CALL_ID: callId, ANSWERED_BY: answerer, HIDDEN_FROM: others, SHOWN: shown },
			warnings: results.every(Boolean) ? [] : ['The cards did not change: the call is unknown or finished already'],
		};
	},
});
