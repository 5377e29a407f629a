import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { phoneNumberField } from '../../fields/call';
import { choiceField } from '../../fields/choice';
import type { OutputFields } from '../../../common/outputSchema';

/** A warning, and what every automatic call needs. */
export const autoCallFields: INodeProperties[] = [
	{
		displayName: 'This uses Bitrix24’s built-in telephony and costs money. The application also needs the permission Call (call).',
		name: 'costNotice',
		type: 'notice',
		default: '',
	},
	choiceField({ displayName: 'Line', name: 'fromLine', required: true, description: 'Line of Bitrix24’s built-in telephony' }, 'searchBuiltInLines', 'reg150907'),
	phoneNumberField,
];

/** What is spoken. */
export const speechFields: INodeProperties[] = [
	{ displayName: 'Text', name: 'text', type: 'string', typeOptions: { rows: 3 }, required: true, default: '', description: 'Words that are spoken' },
	choiceField({ displayName: 'Voice', name: 'voice', description: 'Voice that speaks; the portal’s own when empty' }, 'searchVoices', 'ukenglishfemale'),
];

/** What the portal answers: it starts the call and does not wait for it. */
export function started(result: unknown, phoneNumber: string): { json: IDataObject } {
	const { CALL_ID } = result as IDataObject;
	return { json: { STARTED: true, CALL_ID: CALL_ID ?? null, PHONE_NUMBER: phoneNumber } };
}

/** Types of {@link started}. */
export const STARTED: OutputFields = { STARTED: 'boolean', CALL_ID: 'string?', PHONE_NUMBER: 'string' };
