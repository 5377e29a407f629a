import { line } from '../../fields/line';
import { defineOperation } from '../operation';

/** `telephony.externalLine.delete`: remove a line of the application. */
export const remove = defineOperation({
	entry: { name: 'Delete', value: 'delete', action: 'Delete a line', description: 'Remove an external line of your application' },
	fields: [line],
	output: { NUMBER: 'string', DELETED: 'boolean' },
	run: function* ({ line: number }) {
		yield [{ method: 'telephony.externalLine.delete', parameters: { NUMBER: number } }];
		return { json: { NUMBER: number, DELETED: true } };
	},
});
