import type { IDataObject } from 'n8n-workflow';
import { callId } from '../../fields/call';
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
	fields: [callId, simplify],
	output: HISTORY_ROW,
	run: function* ({ callId, simplify }) {
		const [rows] = yield [{ method: 'voximplant.statistic.get', parameters: { FILTER: { CALL_ID: callId } } }];
		const [row] = rows as IDataObject[];
		if (row) return { json: simplify ? simplified(row) : row };
		return {
			refused: 'This call is not in the history',
			hint: 'A call comes into the history when it is finished. The employee who connected the credential sees only the calls that the telephony rights allow.',
		};
	},
});
