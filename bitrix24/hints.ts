import type { Failure } from './failure';

interface Hint {
	/** Beginning of the portal's code. */
	code?: string;
	/** Beginning of the portal's text: wordings differ at the end between documentation and server (conflict C21). */
	text?: string;
	hint: string;
}

const DATABASE = 'Bitrix24 could not store or read its data. Look at the call in Bitrix24, then try again; ask Bitrix24 support if it stays.';

/** What to do about each failure. The first row that fits counts. Codes and texts: contract data, `errors`. */
const HINTS: Hint[] = [
	{ text: 'USER_ID or USER_PHONE_INNER should be set', hint: 'No active employee has this extension, or no employee was given. Check the extension in the employee’s Bitrix24 profile (telephony settings), or choose the employee from the list.' },
	{ text: 'User is not found or is not active', hint: 'Choose an employee who is active: this id belongs to nobody, to someone dismissed, or to a bot.' },
	{ text: 'Unknown TYPE', hint: 'Choose the call type from the list: 1 outgoing, 2 incoming, 3 incoming redirected, 4 callback, 5 info call.' },
	{ text: 'CALL_START_DATE should be', hint: 'Give the start as a date and time, for example 2026-03-01T10:00:00+01:00.' },
	{ text: 'Unsupported phone number format', hint: 'The phone number has no digits in it. Check the expression of Phone Number.' },
	{ text: 'Call is not found in the statistic table', hint: 'The call must be finished before this. Run Finish first, and use the CALL_ID that it returned.' },
	{ text: 'Call is not found', hint: 'The call is finished already, or it was never registered. A call can be finished once only: check whether two branches finish it, and that the Call ID comes from the trigger or from Register.' },
	{ code: 'INVALID_ARGUMENT', hint: 'Give the Call ID as text, for example {{ $json.CALL_ID }} of the trigger or of Register.' },
	{ code: 'ERROR_EVENT_NOT_FOUND', hint: 'The application lacks the permission Telephony (telephony), or this portal does not know the event. Tick the permission in the application’s settings in Bitrix24, then connect the credential again.' },
	{ text: 'Unable to set event handler: Handler already binded', hint: 'Nothing to do: Bitrix24 sends this event to this address already.' },
	{ code: 'ERROR_WRONG_HANDLER_URL', hint: 'The address of n8n itself is localhost or has no dot in it. Set WEBHOOK_URL of n8n to its public https address and start n8n again.' },
	{ code: 'ERROR_UNSUPPORTED_PROTOCOL', hint: 'Set WEBHOOK_URL of n8n to an address that starts with https://.' },
	{ code: 'WRONG_AUTH_TYPE', hint: 'This needs the token of an application. Connect the credential through a local application; an incoming webhook is not enough.' },
	{ code: 'user_access_error', hint: 'The employee who connected the credential may not use the application. Give access in the application’s settings, or connect as somebody else.' },
	{ code: 'QUERY_LIMIT_EXCEEDED', hint: 'The portal takes two requests a second in the long run, from everything on this server together. Try again in a minute.' },
	{ code: 'OPERATION_TIME_LIMIT', hint: 'The application used up its time for this method in the last ten minutes. Try again in ten minutes.' },
	{ code: 'OVERLOAD_LIMIT', hint: 'Bitrix24 has blocked REST for this portal because of overload. Ask Bitrix24 support.' },
	{ code: 'ERROR_METHOD_NOT_FOUND', hint: 'This portal does not know the method. Is the telephony module installed, and is the portal up to date?' },
	{ code: 'PAYMENT_REQUIRED', hint: 'The trial or paid period of the application or of the portal is over.' },
	{ code: 'NOT_INSTALLED', hint: 'The application is not installed on the portal. Open its settings in Bitrix24 and save it with “API only” ticked.' },
	{ code: 'APPLICATION_NOT_FOUND', hint: 'The application was deleted from the portal. Create it again and put the new client id and secret into the credential.' },
	{ code: 'authorization_error', hint: 'The employee who connected the credential is dismissed or blocked. Connect the credential as somebody else.' },
	{ code: 'PORTAL_DELETED', hint: 'This portal is closed. Check the portal address of the credential.' },
	{ text: 'Access denied! Application context required', hint: 'Connect the credential through a local application; an incoming webhook is not enough.' },
	{ text: 'Access denied! Event', hint: 'Only an administrator may bind events for somebody else. Connect the credential as an administrator.' },
	{ text: 'Access denied! Offline', hint: 'Only an administrator may use offline events. Connect the credential as an administrator.' },
	{ text: 'Access denied! Link check failed', hint: 'The upload address had expired or belongs to another token. Run the item again.' },
	{ text: 'Access denied! You have no permission to query', hint: 'The employee who connected the credential may not see this employee’s telephony settings. Connect as an administrator.' },
	{ code: 'ACCESS_DENIED', hint: 'The employee who connected the credential lacks the right to do this, or the plan of the portal has no REST. Connect as an administrator.' },
	{ text: 'Access denied', hint: 'The employee who connected the credential has no access to this part of the CRM. Connect as somebody who has.' },
	{ text: 'You are not allowed to modify user', hint: 'The employee who connected the credential may not change telephony settings. Connect as an administrator.' },

	{ text: 'Required parameters are not set. Request should contain', hint: 'Give a recording: a file of this workflow, or a URL.' },
	{ text: 'File name is empty', hint: 'The recording has no name. Give it one that ends with .wav or .mp3.' },
	{ text: 'Wrong file extension', hint: 'Bitrix24 takes WAV and MP3 only. Convert the recording first.' },
	{ text: 'File content is empty', hint: 'The recording is empty. Attach nothing when nobody answered.' },
	{ text: 'File content is not properly encoded', hint: 'The recording did not arrive whole. Run the item again.' },
	{ text: 'Error: required parameter file is not found', hint: 'The recording did not arrive whole. Run the item again.' },
	{ text: 'Server returns HTTP error code', hint: 'Bitrix24 could not download the recording: the address must answer with status 200, without a login.' },
	{ code: 'SERVER_NOT_AVAILABLE', hint: 'Bitrix24 could not reach the recording’s address. It must be open to the internet.' },
	{ text: 'RECORD_URL contains invalid symbols', hint: 'The call is finished, but the recording’s address has broken characters. Use Attach Recording with a correct one.' },
	{ text: 'CALL_ID should be set', hint: 'Give the Call ID, for example {{ $json.CALL_ID }} of Finish.' },
	{ text: 'MESSAGES should be an array', hint: 'Give the transcript as a list of utterances.' },
	{ text: 'MESSAGES[', hint: 'One utterance of the transcript is wrong: it needs a side, a start, a stop above zero and a text.' },
	{ text: 'Call ', hint: 'The call must be finished before its transcript is attached. Run Finish first.' },
	{ text: 'PHONE_NUMBER is empty', hint: 'Fill in Phone Number, or check its expression.' },
	{ text: 'Phone number is not correct', hint: 'Give the phone number in international format, for example +4915112345678.' },
	{ text: 'CRM is not installed', hint: 'This portal has no CRM, so clients cannot be found.' },

	{ text: 'NUMBER should not be empty', hint: 'Give the number of the line.' },
	{ text: 'Line already exists', hint: 'The application has a line with this number. Use Update, or another number.' },
	{ text: 'There are no fields to update', hint: 'Add the field Name or Create Clients.' },
	{ text: 'Could not find line', hint: 'There is no such line. Choose it from the list.' },
	{ text: 'Could not find config for number', hint: 'This line of the built-in telephony is not set up. Choose another one from the list.' },
	{ text: 'Making infocall using LINK_BASE_NUMBER', hint: 'Automatic calls need a rented number or a SIP line; this one is only a linked number.' },
	{ text: 'Infocall limit for this month', hint: 'The portal’s plan allows no more automatic calls this month.' },
	{ text: 'Infocall failure', hint: 'Bitrix24’s telephony refused the call. Check its balance and the number.' },
	{ text: 'Parameter USER_ID is not set', hint: 'Choose an employee.' },
	{ code: 'METHOD_CONFIRM_WAITING', hint: 'An administrator of the portal must allow this first: Bitrix24 has sent a message. Then run it again.' },
	{ code: 'METHOD_CONFIRM_DENIED', hint: 'An administrator of the portal refused this.' },

	{ code: 'ERROR_ARGUMENT', hint: 'A value is missing or wrong; the text names it. Check the fields of this node.' },
	{ code: 'ERROR_BATCH', hint: 'This should not happen: please report it to the makers of this package with the text above.' },
	{ code: 'CODE_EMPTY', hint: 'Give the code of the feature.' },
	{ text: 'Incorrect parameters passed', hint: 'The filter is wrong. Check the fields of this node.' },
	{ code: '100', hint: 'The portal does not know one of the fields. Check the fields of this node.' },
	{ code: 'CHECK_FIELDS_ERROR', hint: 'A field of the SIP connection is missing or too long; the text names it.' },
	{ code: 'TITLE_EXISTS', hint: 'A SIP connection of this name exists. Choose another name.' },
	{ code: 'MAX_CLOUD_PBX', hint: 'The portal has as many virtual PBXs as it may have. Remove one first.' },
	{ code: 'ERROR_NOT_FOUND', hint: 'There is no such SIP connection of this application.' },
	{ code: 'REG_ID_NOT_FOUND', hint: 'The registration of this SIP connection is gone.' },
	{ code: 'LIST_ID_ERROR', hint: 'There is no such call list, or this employee may not see it.' },
	{ code: 'STATUS_ERROR', hint: 'The call list has no such status.' },
	{ code: 'ACCESS_ERROR', hint: 'The employee who connected the credential has no access to this call list or its clients.' },
	{ code: 'ENTIT', hint: 'The call list takes contacts, companies or leads of one type, as a list of their IDs.' },
	{ code: 'WEBFORM_ERROR', hint: 'There is no such CRM form.' },
	{ code: 'BITRIX_REST_V3_', hint: 'The request for follow-up data is wrong, or this employee may not see it; the text says more.' },
	{ code: 'invalid_', hint: 'The request for follow-up data is wrong: check period, fields, order and page.' },
	{ code: 'access_denied', hint: 'The employee who connected the credential may not see follow-up data.' },

	{ code: 'INVALID_CREDENTIALS', hint: 'The address of the incoming webhook is wrong or has been revoked. Use a local application.' },
	{ code: 'INVALID_REQUEST', hint: 'Use https:// in the portal address of the credential.' },
	{ code: 'ERROR_MANIFEST_IS_NOT_AVAILABLE', hint: 'This portal does not offer that.' },
	{ code: 'ERROR_UNEXPECTED_ANSWER', hint: 'Bitrix24 has a fault just now. Look at the call in Bitrix24, then try again.' },
	{ code: 'INTERNAL_', hint: 'Bitrix24 has a fault just now. Look at the call in Bitrix24, then try again.' },
	{ code: 'CONNECTION_ERROR', hint: 'The portal could not reach the authorisation server. Try again in a minute.' },
	{ code: 'NO_AUTH_FOUND', hint: 'Open the Bitrix24 credential and connect it again.' },
	{ code: 'expired_token', hint: 'Open the Bitrix24 credential and connect it again.' },
	{ code: 'invalid_token', hint: 'Open the Bitrix24 credential and connect it again.' },
	{ text: 'Unexpected database error', hint: DATABASE },
	{ text: 'DB error', hint: DATABASE },
	{ text: 'SQL query error', hint: DATABASE },
	{ text: 'Unknown error encountered while saving file', hint: DATABASE },
	{ text: 'Failed to get list', hint: DATABASE },
	{ code: 'ERROR_CORE', hint: 'Bitrix24 refused without a reason of its own; the text says what it noticed.' },
];

/** Hints by kind, for everything that no row names. */
const GENERAL: Record<Failure['kind'], string> = {
	refused: 'Bitrix24 refused the call. Check the fields of this node.',
	limited: 'Try again later.',
	unreachable: 'Check the portal address of the credential, and that this n8n can reach it.',
	credential: 'Open the Bitrix24 credential and connect it again.',
	unknown: 'It is not known whether Bitrix24 carried this out. Look at the call in Bitrix24 before you repeat it: a repeat can log it twice.',
};

/**
 * Says what to do about a failure.
 *
 * @returns one or two sentences for a person who automates, without jargon. Never empty.
 */
export function hintFor(failure: Failure): string {
	return specificHint(failure) ?? GENERAL[failure.kind];
}

/** The hint made for this failure; undefined when only its kind is known. */
export function specificHint({ code, text, method }: Failure): string | undefined {
	if (code === 'insufficient_scope') {
		return `The application lacks the permission ${scopeOf(method)}. Tick it in the application’s settings in Bitrix24, then connect the credential again.`;
	}
	return HINTS.find((row) => (row.code === undefined || code.startsWith(row.code)) && (row.text === undefined || text.startsWith(row.text)))?.hint;
}

/** The permission that a method needs (contract data, `scope`; callbacks and info calls are under `call`, conflict C12). */
function scopeOf(method: string): string {
	const name = method.toLowerCase();
	if (/^voximplant\.(callback|infocall)\./.test(name)) return 'call';
	return /^(user|crm)\./.exec(name)?.[1] ?? 'telephony';
}
