import { lineField } from '../../fields/line';
import { defineOperation } from '../operation';

/** `telephony.externalLine.delete`: remove a line of the application. */
export const remove = defineOperation<{ number: string }>({
	entry: { name: 'Delete', value: 'delete', action: 'Delete a line', description: 'Remove an external line of your application' },
	properties: [lineField],
	output: { NUMBER: 'string', DELETED: 'boolean' },
	read: (reader) => ({ number: reader.chosen('line', 'line') }),
	run: function* ({ number }) {
		yield [{ method: 'telephony.externalLine.delete', parameters: { NUMBER: number } }];
		return { json: { NUMBER: number, DELETED: true } };
	},
});
