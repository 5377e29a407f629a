import { updateLine } from '../../../../bitrix24/methods/lines';
import { ask } from '../../../../bitrix24/plan';
import { collection } from '../../fields/field';
import { flag, optionalText } from '../../fields/kinds';
import { AUTO_CREATE, line } from '../../fields/line';
import { defineOperation } from '../operation';

/** `telephony.externalLine.update`: rename a line, or change whether it creates clients. */
export const update = defineOperation({
	entry: {
		name: 'Update',
		value: 'update',
		action: 'Update line',
		description: 'Rename an external line, or change whether it creates clients. The number itself cannot change.',
	},
	fields: [
		line,
		collection({ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' }, [
			flag({ ...AUTO_CREATE, description: `${AUTO_CREATE.description}. Unchanged unless added.` }),
			optionalText({
				displayName: 'Name',
				name: 'name',
				placeholder: 'e.g. Support',
				description: 'Name of the line as employees see it',
			}),
		]),
	],
	output: { NUMBER: 'string', UPDATED: 'boolean' },
	read: ({ line: number, updateFields: { name, autoCreate } }, reader) => {
		if (name === undefined && autoCreate === undefined)
			reader.refuse('Nothing is to be changed', 'Add the field Name or Clicks Create Clients.');
		return { number, name, autoCreate };
	},
	run: function* ({ number, name, autoCreate }) {
		yield* ask(updateLine(number, name, autoCreate));
		return { json: { NUMBER: number, UPDATED: true } };
	},
});
