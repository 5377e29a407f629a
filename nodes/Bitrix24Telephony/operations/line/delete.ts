import { deleteLine } from '../../../../bitrix24/methods/lines';
import { ask } from '../../../../bitrix24/plan';
import { line } from '../../fields/line';
import { defineOperation } from '../operation';

/** `telephony.externalLine.delete`: remove a line of the application. */
export const remove = defineOperation({
	entry: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete a line',
		description: 'Remove an external line of your application',
	},
	fields: [line],
	output: { NUMBER: 'string', DELETED: 'boolean' },
	run: function* ({ line: number }) {
		yield* ask(deleteLine(number));
		return { json: { NUMBER: number, DELETED: true } };
	},
});
