import type { IDataObject } from 'n8n-workflow';
import { CALL_TYPES, phoneNumberField, readPhoneNumber } from '../../fields/call';
import { choiceField } from '../../fields/choice';
import { employeeField, employeeParameters, type EmployeeChoice } from '../../fields/employee';
import { createLineField, LINES, unknownLine } from '../../fields/line';
import type { Fields } from '../../itemFields';
import type { ItemReader } from '../../itemReader';
import { defineOperation } from '../operation';

interface Input {
	employee: EmployeeChoice;
	phoneNumber: string;
	type: number;
	externalCallId?: string;
	show: boolean;
	/** Line that must exist. */
	knownLine?: string;
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
		phoneNumberField,
		{ displayName: 'Type', name: 'type', type: 'options', options: CALL_TYPES, default: 2, description: 'Direction and kind of the call' },
		{
			displayName: 'External Call ID',
			name: 'externalCallId',
			type: 'string',
			default: '={{ $json.uniqueid ?? $json.uuid ?? $json.CallSid ?? "" }}',
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
				choiceField({ displayName: 'Call List', name: 'callListId', description: 'Call list that the call belongs to. Bitrix24 documents it; some portals ignore it.' }, 'searchCallLists', '3'),
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
				createLineField,
				choiceField({ displayName: 'Line', name: 'lineNumber', description: 'Your external line that the call came through' }, 'searchLines', '+4940669690'),
				choiceField({ displayName: 'Source', name: 'crmSource', description: 'Source of a client that is created' }, 'searchSources', 'CALL'),
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
	output: { CALL_ID: 'string', CRM_CREATED_LEAD: 'integer?', CRM_CREATED_ENTITIES: 'list', CRM_ENTITY_TYPE: 'string', CRM_ENTITY_ID: 'integer?' },
	read: (reader) => {
		refuseClick(reader);
		const fields = reader.collection('additionalFields');
		const line = fields.choice('lineNumber');
		return {
			employee: reader.employee(),
			phoneNumber: readPhoneNumber(reader),
			type: callType(reader),
			externalCallId: reader.optionalText('externalCallId'),
			show: reader.flag('show', true),
			knownLine: fields.flag('createLine', false) ? undefined : line,
			more: {
				CALL_START_DATE: fields.date('callStartDate', 'Start'),
				CRM_CREATE: fields.flag('crmCreate', false) ? 1 : 0,
				CRM_SOURCE: fields.choice('crmSource'),
				ADD_TO_CHAT: fields.flag('addToChat', true) ? 1 : 0,
				CALL_LIST_ID: fields.choice('callListId'),
				LINE_NUMBER: line,
				...client(reader, fields),
			},
		};
	},
	run: function* ({ employee, phoneNumber, type, externalCallId, show, knownLine, more }) {
		if (knownLine) {
			const [lines] = yield [LINES];
			const unknown = unknownLine(knownLine, lines);
			if (unknown) return unknown;
		}
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
		return {
			json,
			warnings: refused ? [`The call is registered, but no client was created: ${String(refused)}`] : [],
			hints: isIncoming(type) && !externalCallId ? [NO_EXTERNAL_ID] : [],
		};
	},
});

const NO_EXTERNAL_ID = 'Without an external call ID, Bitrix24 takes two calls of this employee and number within 30 minutes for one';

function isIncoming(type: number): boolean {
	return type === 2 || type === 3;
}

/** A click-to-call is registered by the portal itself; a second registration would log a second call. */
function refuseClick(reader: ItemReader): void {
	if (reader.input.event !== 'ONEXTERNALCALLSTART' || typeof reader.input.CALL_ID !== 'string') return;
	reader.refuse('This call is registered already', 'It started with a click in Bitrix24, which registered it. Use its CALL_ID with Finish.');
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
