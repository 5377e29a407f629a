import { history, rowWith } from '../../../../bitrix24/methods/history';
import { ask } from '../../../../bitrix24/plan';
import { callOrExternalId } from '../../fields/call';
import { HISTORY_ROW, simplified } from '../../fields/history';
import { flag } from '../../fields/kinds';
import { defineOperation } from '../operation';

/** Whether rows of the history come with numbers as numbers, or as the portal writes them. */
export const simplify = flag({
	displayName: 'Simplify',
	name: 'simplify',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

/** `voximplant.statistic.get` for one call. */
export const get = defineOperation({
	entry: {
		name: 'Get',
		value: 'get',
		action: 'Get a call',
		description: 'Get a finished call from the history, with duration, outcome, client, recording and transcript',
	},
	fields: [callOrExternalId, simplify],
	output: HISTORY_ROW,
	run: function* ({ call: { name, id }, simplify }) {
		const row = rowWith(name, id)(yield* ask(history({ [name]: id })));
		if (row) return { json: simplify ? simplified(row) : row };
		return {
			refused: 'This call is not in the history',
			hint: 'A call comes into the history when it is finished. The employee who connected the credential sees only the calls that the telephony rights allow.',
		};
	},
});
