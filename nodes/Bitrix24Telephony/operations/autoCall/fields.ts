import type { IDataObject } from 'n8n-workflow';
import type { Started } from '../../../../bitrix24/methods/autoCalls';
import { phoneNumber } from '../../fields/call';
import { choice, optionalChoice } from '../../fields/choice';
import { notice } from '../../fields/field';
import { text } from '../../fields/kinds';
import type { OutputFields } from '../../../common/outputSchema';

/** A warning, and what every automatic call needs. */
export const autoCallFields = [
	notice(
		'costNotice',
		'This uses Bitrix24’s built-in telephony and costs money. The application also needs the permission Calls (call).',
	),
	choice({
		displayName: 'Line',
		name: 'fromLine',
		description: 'Line of Bitrix24’s built-in telephony',
		search: 'searchBuiltInLines',
		code: 'ID',
		example: 'reg150907',
	}),
	phoneNumber,
] as const;

/** What is spoken. */
export const speechFields = [
	text({
		displayName: 'Text',
		name: 'text',
		typeOptions: { rows: 3 },
		placeholder: 'e.g. Your order is ready',
		description: 'Words that are spoken',
	}),
	optionalChoice({
		displayName: 'Voice',
		name: 'voice',
		description: 'Voice that speaks; the portal’s own when empty',
		search: 'searchVoices',
		code: 'Code',
		example: 'ukenglishfemale',
	}),
] as const;

/** What the portal answers: it starts the call and does not wait for it. */
export function started({ CALL_ID }: Started, phoneNumber: string): { json: IDataObject } {
	return { json: { STARTED: true, CALL_ID, PHONE_NUMBER: phoneNumber } };
}

/** Types of {@link started}. */
export const STARTED: OutputFields = { STARTED: 'boolean', CALL_ID: 'string?', PHONE_NUMBER: 'string' };
