import type { IDataObject } from 'n8n-workflow';
import { autoCreateField } from '../../fields/line';
import { defineOperation } from '../operation';

/** The portal cuts a longer number without a word (telephony.externalLine.add). */
const LONGEST_NUMBER = 50;

/** `telephony.externalLine.add`: a new line of the application. */
export const add = defineOperation<{ number: string; name: string; autoCreate: boolean }>({
	entry: {
		name: 'Add',
		value: 'add',
		action: 'Add a line',
		description: 'Add an external line, which employees can then choose as their outgoing number',
	},
	properties: [
		{ displayName: 'Number', name: 'number', type: 'string', required: true, default: '', placeholder: '+4940669690', description: 'Number of the line; unique within the application' },
		{ displayName: 'Name', name: 'name', type: 'string', default: '', description: 'Name of the line as employees see it' },
		autoCreateField,
	],
	output: { ID: 'integer', NUMBER: 'string', NAME: 'string', CRM_AUTO_CREATE: 'boolean' },
	read: (reader) => {
		const number = reader.text('number', 'Number');
		if (Buffer.byteLength(number) > LONGEST_NUMBER) reader.refuse(`Number is longer than ${LONGEST_NUMBER} bytes`, 'Bitrix24 would cut it.');
		return { number, name: reader.optionalText('name') ?? '', autoCreate: reader.flag('autoCreate', true) };
	},
	run: function* ({ number, name, autoCreate }) {
		const [result] = yield [{ method: 'telephony.externalLine.add', parameters: { NUMBER: number, NAME: name, CRM_AUTO_CREATE: autoCreate ? 'Y' : 'N' } }];
		return { json: { ID: Number((result as IDataObject).ID), NUMBER: number, NAME: name, CRM_AUTO_CREATE: autoCreate } };
	},
});
