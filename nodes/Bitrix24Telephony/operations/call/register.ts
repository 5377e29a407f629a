import type { IDataObject } from 'n8n-workflow';
import { CALL_TYPES } from '../../fields/call';
import { employeeField, employeeParameters, type EmployeeChoice } from '../../fields/employee';
import type { Fields, ItemReader } from '../../itemReader';
import { defineOperation } from '../operation';

interface Input {
	employee: EmployeeChoice;
	phoneNumber: string;
	type: number;
	externalCallId?: string;
	show: boolean;
	more: Record<string, string | number | undefined>;
}

const CLIENT_TYPES = ['CONTACT', 'COMPANY', 'LEAD'];

/** `telephony.externalCall.register`: announce a call that runs on the PBX. */
export const register = defineOperation<Input>({
	entry: {
		name: 'Register',
		value: 'register',
		action: 'Register a call',
		description:
			'Announce a call of your PBX: finds or creates the client and opens the card. Do not use it after a click-to-call: that call is registered already and only needs Finish.',
	},
	properties: [
		{
			displayName: 'A call that started with a click in Bitrix24 is registered already. Use its CALL_ID with Finish instead; registering it again logs a second call.',
			name: 'registerNotice',
			type: 'notice',
			default: '',
		},
		employeeField('Employee who makes or receives the call. The card opens for this employee.'),
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			required: true,
			default: '',
			placeholder: '+4915112345678',
			description: 'Number of the client. International format finds clients best.',
		},
		{ displayName: 'Type', name: 'type', type: 'options', options: CALL_TYPES, default: 2, description: 'Direction and kind of the call' },
		{
			displayName: 'External Call ID',
			name: 'externalCallId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1773130779.42',
			description:
				'ID of the call on the PBX. Without it, Bitrix24 takes two calls of the same employee and number within 30 minutes for one.',
		},
		{
			displayName: 'Show Card',
			name: 'show',
			type: 'boolean',
			default: true,
			description: 'Whether the card opens for the employee at once',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Add to Chat',
					name: 'addToChat',
					type: 'boolean',
					default: true,
					description: 'Whether the call appears in the employee’s chat. Bitrix24 documents it here but acts on it in Finish only.',
				},
				{
					displayName: 'Call List ID',
					name: 'callListId',
					type: 'number',
					default: 0,
					description: 'Call list that the call belongs to. Bitrix24 documents it; some portals ignore it.',
				},
				{
					displayName: 'Client ID',
					name: 'clientId',
					type: 'string',
					default: '',
					description: 'ID of the contact, company or lead. Needs Client Type. Without both, Bitrix24 searches by number.',
				},
				{
					displayName: 'Client Type',
					name: 'clientType',
					type: 'options',
					options: [
						{ name: 'Company', value: 'COMPANY' },
						{ name: 'Contact', value: 'CONTACT' },
						{ name: 'Lead', value: 'LEAD' },
					],
					default: 'CONTACT',
					description: 'Kind of the client. Needs Client ID.',
				},
				{
					displayName: 'Create Client',
					name: 'crmCreate',
					type: 'boolean',
					default: true,
					description: 'Whether Bitrix24 creates a lead (or a contact with a deal, where leads are off) when nobody has this number',
				},
				{
					displayName: 'Line Number',
					name: 'lineNumber',
					type: 'string',
					default: '',
					description: 'Your external line that the call came through. An unknown number silently creates a new line, so copy it exactly.',
				},
				{
					displayName: 'Source',
					name: 'crmSource',
					type: 'string',
					default: '',
					placeholder: 'CALL',
					description: 'Source of a client that is created, as its code in the CRM settings, such as CALL',
				},
				{
					displayName: 'Start',
					name: 'callStartDate',
					type: 'dateTime',
					default: '',
					description: 'When the call started; now, when empty. Without an offset the workflow’s time zone counts.',
				},
			],
		},
	],
	read: (reader) => {
		const fields = reader.collection('additionalFields');
		return {
			employee: reader.employee(),
			phoneNumber: phoneNumber(reader),
			type: callType(reader),
			externalCallId: reader.optionalText('externalCallId'),
			show: reader.flag('show', true),
			more: {
				CALL_START_DATE: fields.date('callStartDate', 'Start'),
				CRM_CREATE: fields.flag('crmCreate', false) ? 1 : 0,
				CRM_SOURCE: fields.text('crmSource'),
				ADD_TO_CHAT: fields.flag('addToChat', true) ? 1 : 0,
				CALL_LIST_ID: fields.integer('callListId', 'Call List ID') || undefined,
				LINE_NUMBER: fields.text('lineNumber'),
				...client(reader, fields),
			},
		};
	},
	run: function* ({ employee, phoneNumber, type, externalCallId, show, more }) {
		const [result] = yield [
			{
				method: 'telephony.externalCall.register',
				parameters: {
					...employeeParameters(employee),
					PHONE_NUMBER: phoneNumber,
					TYPE: type,
					EXTERNAL_CALL_ID: externalCallId,
					SHOW: show ? 1 : 0,
					...more,
				},
			},
		];
		const json = result as IDataObject;
		const refused = json.LEAD_CREATION_ERROR;
		return { json, warnings: refused ? [`The call is registered, but no client was created: ${String(refused)}`] : [] };
	},
});

/** The portal strips all but these characters and fails when nothing is left (voximplant/lib/rest/helper.php). */
function phoneNumber(reader: ItemReader): string {
	const number = reader.text('phoneNumber', 'Phone Number');
	if (/[0-9#*]/.test(number)) return number;
	return reader.refuse('Phone Number has no digits', `It is “${number}” on this item.`);
}

function callType(reader: ItemReader): number {
	const type = reader.integer('type', 'Type', 1);
	return type <= 5 ? type : reader.refuse('Type must be from 1 to 5', '1 outgoing, 2 incoming, 3 incoming redirected, 4 callback, 5 info call.');
}

function client(reader: ItemReader, fields: Fields): Record<string, string | number> {
	const id = fields.integer('clientId', 'Client ID');
	const type = fields.text('clientType')?.toUpperCase();
	if (!id) return {};
	if (type && CLIENT_TYPES.includes(type)) return { CRM_ENTITY_TYPE: type, CRM_ENTITY_ID: id };
	return reader.refuse('Client ID needs a Client Type', 'Add the field Client Type and choose contact, company or lead.');
}
