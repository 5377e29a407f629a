import { history, rowWith } from '../../../../bitrix24/methods/history';
import { ask } from '../../../../bitrix24/plan';
import { callOrExternalId } from '../../fields/call';
import { DETAILED_ROW, rowShape, shownRow, SIMPLE_ROW } from '../../fields/history';
import { defineOperation } from '../operation';

/** `voximplant.statistic.get` for one call. */
export const get = defineOperation({
	entry: {
		name: 'Get',
		value: 'get',
		action: 'Get call',
		description: 'Get a finished call from the history, with duration, outcome, client, recording and transcript',
	},
	fields: [callOrExternalId, rowShape],
	output: SIMPLE_ROW,
	outputBefore: DETAILED_ROW,
	run: function* ({ call: { name, id }, shape }) {
		const row = rowWith(name, id)(yield* ask(history({ [name]: id })));
		if (row) return { json: shownRow(row, shape) };
		return {
			refused: 'This call is not in the history',
			hint: 'A call comes into the history when it is finished. The employee who connected the credential sees only the calls that the telephony rights allow.',
		};
	},
});
