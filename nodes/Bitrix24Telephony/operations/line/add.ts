import { toId } from '../../../../bitrix24/decode';
import { addLine } from '../../../../bitrix24/methods/lines';
import { ask } from '../../../../bitrix24/plan';
import { flag, optionalText, text } from '../../fields/kinds';
import { AUTO_CREATE } from '../../fields/line';
import { defineOperation } from '../operation';

/** The portal cuts a longer number without a word (telephony.externalLine.add). */
const LONGEST_NUMBER = 50;

/** `telephony.externalLine.add`: a new line of the application. */
export const add = defineOperation({
	entry: {
		name: 'Create',
		value: 'add',
		action: 'Create line',
		description: 'Create an external line, which employees can then choose as their outgoing number',
	},
	fields: [
		text({
			displayName: 'Number',
			name: 'number',
			placeholder: 'e.g. +4940669690',
			description: 'Number of the line; unique within the application',
		}).check((number, given) => {
			if (Buffer.byteLength(number) <= LONGEST_NUMBER) return number;
			return given.refuse(`is longer than ${LONGEST_NUMBER} bytes`, 'Bitrix24 would cut it.');
		}),
		optionalText({
			displayName: 'Name',
			name: 'name',
			placeholder: 'e.g. Support',
			description: 'Name of the line as employees see it',
		}),
		flag(AUTO_CREATE),
	],
	output: { ID: 'integer?', NUMBER: 'string', NAME: 'string', CRM_AUTO_CREATE: 'boolean' },
	run: function* ({ number, name = '', autoCreate }) {
		const { ID } = yield* ask(addLine(number, name, autoCreate));
		return { json: { ID: toId(ID) ?? null, NUMBER: number, NAME: name, CRM_AUTO_CREATE: autoCreate } };
	},
});
