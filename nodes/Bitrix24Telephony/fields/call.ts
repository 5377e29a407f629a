import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../../bitrix24/failure';
import type { Finished } from '../../../bitrix24/methods/calls';
import type { OutputFields } from '../../common/outputSchema';
import { toNumber } from '../../common/values';
import type { Given } from '../given';
import { Parameter, type Field } from './field';
import { optionalText, text } from './kinds';
import { option, type Option } from './option';

/**
 * Bitrix24's CALL_ID. The portal refuses one that is no JSON string (INVALID_ARGUMENT), so it is not sent.
 */
export const callId = new Parameter(
	{
		displayName: 'Call ID',
		name: 'callId',
		default: '={{ $json.CALL_ID }}',
		required: true,
		type: 'string',
		placeholder: 'e.g. externalCall.716f1cb73def9700a23842adf9c4c568.1773130779',
		description: 'CALL_ID of the trigger or of Register',
	},
	textOfId,
	undefined,
);

const NO_CALL_ID =
	"This item has no CALL_ID: a node in between, such as HTTP Request, puts out fields of its own. Take it from the node where the call began, for example {{ $('Bitrix24 Telephony Trigger').item.json.CALL_ID }}.";

function textOfId(given: Given): string {
	if (given.isMissing) return given.place.refuse(`${given.label} is empty`, NO_CALL_ID);
	if (typeof given.value === 'string') return given.text();
	return given.refuse('must be text', 'Use CALL_ID of the trigger or of Register.');
}

/** The portal's call types (enumeration TYPE of the contract data). */
export const CALL_TYPES = [
	{ name: 'Callback', value: 4, description: 'A call back that the client asked for' },
	{ name: 'Incoming', value: 2 },
	{ name: 'Incoming, Redirected', value: 3, description: 'An incoming call that was forwarded' },
	{ name: 'Info Call', value: 5, description: 'An automatic call that plays a message' },
	{ name: 'Outgoing', value: 1 },
] as const satisfies Option<number>[];

/** Hours, minutes and seconds, as exports of call records write a duration. */
const CLOCK = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/;

/**
 * Seconds of conversation, whole ones. PBXs report an unanswered call's duration as empty text (Asterisk:
 * ANSWEREDTIME).
 */
export const duration = new Parameter(
	{
		displayName: 'Duration (Seconds)',
		name: 'duration',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Seconds of conversation, not of ringing; 0 when nobody answered',
	},
	secondsOf,
	undefined,
);

function secondsOf(given: Given): number {
	if (given.isMissing) return 0;
	const [, hours, minutes, rest] = typeof given.value === 'string' ? (CLOCK.exec(given.value.trim()) ?? []) : [];
	const seconds =
		rest === undefined ? toNumber(given.value) : Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
	if (seconds !== undefined && seconds >= 0) return Math.round(seconds);
	return given.refuse('must be seconds', 'Give a number from 0, or hh:mm:ss, without a unit.');
}

/**
 * The client's number. One without anything to dial is refused: the portal strips all but `0-9 # * + , ;` and fails
 * when nothing is left (voximplant/lib/rest/helper.php).
 */
export const phoneNumber = text({
	displayName: 'Phone Number',
	name: 'phoneNumber',
	placeholder: 'e.g. +4915112345678',
	description: 'Number of the client. International format finds clients best.',
}).check(withDigits);

/**
 * A filter by number. The history holds digits, so all else is left out; nothing left would match every call.
 */
export const phoneNumberPart = text({
	displayName: 'Phone Number',
	name: 'phoneNumber',
	required: false,
	placeholder: 'e.g. 15112345',
	description: 'The client’s number or a part of it',
}).check((number, given) => withDigits(number, given).replace(/[^\d*#]/g, ''));

function withDigits(number: string, given: Given): string {
	return /[0-9#*]/.test(number) ? number : given.refuse('has no digits', 'Give a phone number.');
}

/** The PBX's own id of a call, as Asterisk, FreeSWITCH and Twilio name it. */
export const externalCallId = optionalText({
	displayName: 'External Call ID',
	name: 'externalCallId',
	default: '={{ $json.uniqueid ?? $json.uuid ?? $json.CallSid ?? "" }}',
	placeholder: 'e.g. 1773130779.42',
	description: 'ID of the call on the phone system',
});

const identifiedBy = option({
	displayName: 'Find By',
	name: 'findBy',
	options: [
		{ name: 'Call ID', value: 'CALL_ID', description: 'Bitrix24’s own, from the trigger or Register' },
		{ name: 'External Call ID', value: 'EXTERNAL_CALL_ID', description: 'ID of the call on the phone system' },
	],
	default: 'CALL_ID',
	description: 'Which ID names the call',
});
const shownCallId = callId.with({ displayOptions: { show: { findBy: ['CALL_ID'] } } });
const shownExternalId = text({
	displayName: 'External Call ID',
	name: 'externalCallId',
	displayOptions: { show: { findBy: ['EXTERNAL_CALL_ID'] } },
	default: '={{ $json.uniqueid ?? $json.uuid ?? $json.CallSid ?? "" }}',
	placeholder: 'e.g. 1773130779.42',
	description: 'ID of the call on the phone system, as Register or Log Call was given it',
});

/** One call of the history, by Bitrix24's id or by that of the PBX. */
export const callOrExternalId: Field<'call', { name: 'CALL_ID' | 'EXTERNAL_CALL_ID'; id: string }> = {
	name: 'call',
	properties: [identifiedBy, shownCallId, shownExternalId].map(({ property }) => property),
	read: (reader) => {
		const name = identifiedBy.read(reader);
		return { name, id: (name === 'CALL_ID' ? shownCallId : shownExternalId).read(reader) };
	},
};

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
 * @returns the item, without a date that the portal cannot print and sends as an empty object (vi_rest.php), and the
 *   soft errors, such as an activity that was not created.
 */
export function finishedCall(result: Finished): { json: IDataObject; errors: string[] } {
	const { CALL_START_DATE: start, ...json } = result;
	const errors = isRecord(json.ERRORS) ? Object.values(json.ERRORS).map(String) : [];
	return { json: typeof start === 'string' ? { ...json, CALL_START_DATE: start } : json, errors };
}
