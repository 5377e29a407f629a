import { autoCreateField, lineField } from '../../fields/line';
import { defineOperation } from '../operation';

/** `telephony.externalLine.update`: rename a line, or change whether it creates clients. */
export const update = defineOperation<{ number: string; name?: string; autoCreate?: boolean }>({
	entry: {
		name: 'Update',
		value: 'update',
		action: 'Update a line',
		description: 'Rename an external line, or change whether it creates clients. The number itself cannot change.',
	},
	properties: [
		lineField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				autoCreateField,
				{ displayName: 'Name', name: 'name', type: 'string', default: '', description: 'Name of the line as employees see it' },
			],
		},
	],
	output: { NUMBER: 'string', UPDATED: 'boolean' },
	read: (reader) => {
		const fields = reader.collection('updateFields');
		const name = fields.text('name');
		const autoCreate = fields.raw('autoCreate') === undefined ? undefined : fields.flag('autoCreate', true);
		if (name === undefined && autoCreate === undefined) reader.refuse('Nothing is to be changed', 'Add the field Name or Create Clients.');
		return { number: reader.chosen('line', 'line'), name, autoCreate };
	},
	run: function* ({ number, name, autoCreate }) {
		const flag = autoCreate === undefined ? undefined : autoCreate ? 'Y' : 'N';
		yield [{ method: 'telephony.externalLine.update', parameters: { NUMBER: number, NAME: name, CRM_AUTO_CREATE: flag } }];
		return { json: { NUMBER: number, UPDATED: true } };
	},
});
