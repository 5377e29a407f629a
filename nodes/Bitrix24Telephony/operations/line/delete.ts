import { deleteLine } from '../../../../bitrix24/methods/lines';
import { ask } from '../../../../bitrix24/plan';
import { line } from '../../fields/line';
import { defineOperation } from '../operation';

/** `telephony.externalLine.delete`: remove a line of the application. */
export const remove = defineOperation({
	entry: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete line',
		description: 'Delete an external line of your application',
	},
	fields: [line],
	// The one answer that n8n wants of whatever deletes (UX guidelines).
	output: { deleted: 'boolean' },
	outputBefore: { NUMBER: 'string', DELETED: 'boolean' },
	read: ({ line: number }, { isOfBefore }) => ({ number, isOfBefore }),
	run: function* ({ number, isOfBefore }) {
		yield* ask(deleteLine(number));
		return { json: isOfBefore ? { NUMBER: number, DELETED: true } : { deleted: true } };
	},
});
