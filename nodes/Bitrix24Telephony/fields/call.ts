import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemReader } from '../itemReader';
import type { OutputFields } from '../../common/outputSchema';

/** The field for Bitrix24's CALL_ID. */
export const callIdField: INodeProperties = {
	displayName: 'Call ID',
	name: 'callId',
	type: 'string',
	required: true,
	default: '={{ $json.CALL_ID }}',
	placeholder: 'externalCall.716f1cb73def9700a23842adf9c4c568.1773130779',
	description: 'CALL_ID of the trigger or of Register',
};

/** Names of the portal's call types (enumeration TYPE of the contract data). */
export const CALL_TYPES: INodeProperties['options'] = [
	{ name: 'Callback', value: 4, description: 'A call back that the client asked for' },
	{ name: 'Incoming', value: 2 },
	{ name: 'Incoming, Redirected', value: 3, description: 'An incoming call that was forwarded' },
	{ name: 'Info Call', value: 5, description: 'An automatic call that plays a message' },
	{ name: 'Outgoing', value: 1 },
];

/** Seconds of conversation. */
export const durationField: INodeProperties = {
	displayName: 'Duration (Seconds)',
	name: 'duration',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'Seconds of conversation; 0 when nobody answered',
};

/**
 * Reads {@link durationField}. PBXs report an unanswered call's duration as empty text (Asterisk: ANSWEREDTIME).
 *
 * @returns whole seconds.
 * @throws NodeOperationError when it is negative or no number.
 */
export function readDuration(reader: ItemReader): number {
	const given = reader.raw('duration', 0);
	if (given === '' || given === null || given === undefined) return 0;
	const seconds = typeof given === 'string' || typeof given === 'number' ? Number(given) : Number.NaN;
	if (Number.isFinite(seconds) && seconds >= 0) return Math.round(seconds);
	return reader.refuse('Duration must be seconds', `It is “${String(given)}” on this item.`);
}

/** The client's number. */
export const phoneNumberField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: '+4915112345678',
	description: 'Number of the client. International format finds clients best.',
};

/**
 * Reads {@link phoneNumberField}.
 *
 * @throws NodeOperationError when nothing in it can be dialled: the portal strips all but `0-9 # * + , ;` and fails when
 *   nothing is left (voximplant/lib/rest/helper.php).
 */
export function readPhoneNumber(reader: ItemReader): string {
	const number = reader.text('phoneNumber', 'Phone Number');
	return /[0-9#*]/.test(number) ? number : reader.refuse('Phone Number has no digits', `It is “${number}” on this item.`);
}

/** What Finish gives back (`telephony.externalCall.finish`). */
export const FINISHED_CALL: OutputFields = {
	ID: 'integer',
	CALL_ID: 'string',
	EXTERNAL_CALL_ID: 'string?',
	PORTAL_USER_ID: 'integer',
	PHONE_NUMBER: 'string',
	PORTAL_NUMBER: 'string',
	INCOMING: 'string',
	CALL_DURATION: 'integer',
	CALL_STATUS: 'integer',
	CALL_VOTE: 'integer?',
	COST: 'number',
	COST_CURRENCY: 'string',
	CALL_FAILED_CODE: 'string',
	CALL_FAILED_REASON: 'string',
	REST_APP_ID: 'string',
	REST_APP_NAME: 'string',
	CRM_ACTIVITY_ID: 'integer?',
	COMMENT: 'string?',
};

/**
 * Turns the answer of Finish into an item.
 *
 * @returns the item without its date, which the portal cannot print and sends as an empty object (vi_rest.php), and the
 *   soft errors, such as an activity that was not created.
 */
export function finishedCall(result: unknown): { json: IDataObject; errors: string[] } {
	const { CALL_START_DATE: _unprintable, ...json } = result as IDataObject;
	return { json, errors: Object.values((json.ERRORS ?? {}) as IDataObject).map(String) };
}
