import { ACCESS_HINTS, type HintRow } from './accessHints';
import { TOO_LARGE, UNSAFE_UPLOAD } from './failure';

const SEND_AGAIN = 'The recording did not arrive whole. Run the item again.';

/** Calls: registering, finishing, showing, hiding. */
const CALLS: HintRow[] = [
	{
		texts: ['USER_ID or USER_PHONE_INNER should be set'],
		hint:
			'No active employee has this extension, or no employee was given. Check the extension in the employee’s Bitrix24 ' +
			'profile (telephony settings), or choose the employee from the list.',
	},
	{
		texts: ['User is not found or is not active'],
		hint: 'Choose an employee who is active: this id belongs to nobody, to someone dismissed, or to a bot.',
	},
	{
		texts: ['Unknown TYPE'],
		hint: 'Choose the call type from the list: 1 outgoing, 2 incoming, 3 incoming redirected, 4 callback, 5 info call.',
	},
	{
		texts: ['CALL_START_DATE should be'],
		hint: 'Give the start as a date and time, for example 2026-03-01T10:00:00+01:00.',
	},
	{
		texts: ['Unsupported phone number format'],
		hint: 'The phone number has no digits in it. Check the expression of Phone Number.',
	},
	{
		texts: ['Call is not found in the statistic table'],
		hint: 'The call must be finished before this. Run Finish first, and use the CALL_ID that it returned.',
	},
	{
		texts: ['Call is not found'],
		hint:
			'The call is finished already, or it was never registered. A call can be finished once only: check whether two ' +
			'branches finish it, and that the Call ID comes from the trigger or from Register.',
	},
	{
		codes: ['INVALID_ARGUMENT'],
		hint: 'Give the Call ID as text, for example {{ $json.CALL_ID }} of the trigger or of Register.',
	},
	{ texts: ['PHONE_NUMBER is empty'], hint: 'Fill in Phone Number, or check its expression.' },
	{ texts: ['CRM is not installed'], hint: 'This portal has no CRM, so clients cannot be found.' },
];

/** Recordings and transcripts. */
const FILES: HintRow[] = [
	{
		texts: ['The file could not be read'],
		hint:
			'The recording was not attached. Check that the item still carries the file: n8n deletes files together with their ' +
			'execution. Attach Recording can add it later.',
		isWhole: true,
	},
	{
		texts: [UNSAFE_UPLOAD],
		hint:
			'The recording was not sent: Bitrix24 gave no address for it, or one without https. Attach Recording can add it ' +
			'later.',
		isWhole: true,
	},
	{
		texts: [TOO_LARGE],
		hint: 'Shorten what the item brings, such as its transcript. A recording is sent as a file of its own.',
	},
	{
		texts: ['Required parameters are not set. Request should contain'],
		hint: 'Give a recording: a file of this workflow, or a URL.',
	},
	{ texts: ['File name is empty'], hint: 'The recording has no name. Give it one that ends with .wav or .mp3.' },
	{ texts: ['Wrong file extension'], hint: 'Bitrix24 takes WAV and MP3 only. Convert the recording first.' },
	{
		texts: ['File content is empty'],
		hint: 'The recording is empty, so nothing was attached. Leave it out when nobody answered.',
	},
	{ texts: ['File content is not properly encoded', 'Error: required parameter file is not found'], hint: SEND_AGAIN },
	{
		texts: ['Access denied! Link check failed'],
		hint: 'The upload address had expired or belongs to another token. Run the item again.',
	},
	{
		texts: ['Server returns HTTP error code'],
		hint: 'Bitrix24 could not download the recording: the address must answer with status 200, without a login.',
	},
	{
		codes: ['SERVER_NOT_AVAILABLE'],
		hint: 'Bitrix24 could not reach the recording’s address. It must be open to the internet.',
	},
	{
		texts: ['RECORD_URL contains invalid symbols'],
		// The portal looks at the address when the call is saved. [S vi_rest.php]
		hint: 'The call is finished, but the recording’s address has broken characters. Use Attach Recording with a correct one.',
		isWhole: true,
	},
	{ texts: ['CALL_ID should be set'], hint: 'Give the Call ID, for example {{ $json.CALL_ID }} of Finish.' },
	{ texts: ['MESSAGES should be an array'], hint: 'Give the transcript as a list, with one entry for each utterance.' },
	{
		texts: ['MESSAGES['],
		hint: 'One utterance of the transcript is wrong: it needs a side, a start, a stop above zero and a text.',
	},
	{
		texts: [/^Call \S+ is not found\./],
		hint: 'The call must be finished before its transcript is attached. Run Finish first.',
	},
];

/** Lines and automatic calls. */
const LINES: HintRow[] = [
	{ texts: ['NUMBER should not be empty'], hint: 'Give the number of the line.' },
	{
		texts: ['Line already exists'],
		hint: 'The application has a line with this number. Use Update, or another number.',
	},
	{ texts: ['There are no fields to update'], hint: 'Add the field Name or Clicks Create Clients.' },
	{ texts: ['Could not find line'], hint: 'There is no such line. Choose it from the list.' },
	{
		texts: ['Could not find config for number'],
		hint: 'This line of the built-in telephony is not set up. Choose another one from the list.',
	},
	{
		texts: ['Phone number is not correct'],
		hint: 'Give the phone number in international format, for example +4915112345678.',
	},
	{
		texts: ['Making infocall using LINK_BASE_NUMBER'],
		hint: 'Automatic calls need a rented number or a SIP line; this one is only a linked number.',
	},
	{ texts: ['Infocall limit for this month'], hint: 'The portal’s plan allows no more automatic calls this month.' },
	{ texts: ['Infocall failure'], hint: 'Bitrix24’s telephony refused the call. Check its balance and the number.' },
];

/** Lists and clients of the CRM. */
const LISTS: HintRow[] = [
	{
		codes: ['NOT_FOUND'],
		texts: ['Activity is not found'],
		hint: 'The CRM has no such client or activity: it was deleted, or type and ID do not belong together.',
	},
	{
		codes: ['CRM_FIELD_ERROR_VALUE_NOT_VALID'],
		hint: 'The CRM does not take this employee. Choose one who is active.',
	},
	{ codes: ['100'], hint: 'The portal does not know one of the fields. Check the fields of this node.' },
	{ texts: ['Incorrect parameters passed'], hint: 'The filter is wrong. Check the fields of this node.' },
	{
		texts: [/^Access denied\.?$/],
		hint: 'The employee who connected the credential has no access to this part of the CRM. Connect as somebody who has.',
	},
];

/** Events. */
const EVENTS: HintRow[] = [
	{
		codes: ['ERROR_EVENT_NOT_FOUND'],
		hint:
			'The application lacks the permission Telephony (telephony), or this portal does not know the event. Tick the ' +
			'permission in the application’s settings in Bitrix24, then connect the credential again.',
	},
	{
		texts: ['Unable to set event handler: Handler already binded'],
		hint: 'Nothing to do: Bitrix24 sends this event to this address already.',
		isWhole: true,
	},
	{
		codes: ['ERROR_WRONG_HANDLER_URL'],
		hint:
			'The address of n8n itself is localhost or has no dot in it. Set WEBHOOK_URL of n8n to its public https address and ' +
			'start n8n again.',
	},
	{ codes: ['ERROR_UNSUPPORTED_PROTOCOL'], hint: 'Set WEBHOOK_URL of n8n to an address that starts with https://.' },
	{
		texts: ['Access denied! Event', 'Access denied! Offline'],
		hint: 'Only an administrator may bind events for somebody else, or fetch them. Connect the credential as an administrator.',
	},
];

/** The portal itself, and its limits. */
const PORTAL: HintRow[] = [
	{
		codes: ['QUERY_LIMIT_EXCEEDED'],
		hint: 'The portal takes two requests a second on average, from everything on this server together. Try again in a minute.',
	},
	{
		codes: ['OPERATION_TIME_LIMIT'],
		hint: 'The application used up its time for this method in the last ten minutes. Try again in ten minutes.',
	},
	{
		codes: ['OVERLOAD_LIMIT'],
		hint: 'Bitrix24 takes no requests of applications on this portal for now, because of overload. Ask Bitrix24 support.',
	},
	{
		codes: ['ERROR_METHOD_NOT_FOUND'],
		hint: 'This portal cannot do what is asked of it. Install its telephony module, or bring the portal up to date.',
	},
	{
		texts: ['n8n could not read the credential: its database'],
		hint: 'Nothing was sent. The fault is in n8n itself, not in Bitrix24: look at its database, then try again.',
		isWhole: true,
	},
	{ codes: ['PORTAL_DELETED'], hint: 'This portal is closed. Check the portal address of the credential.' },
	{ codes: ['INVALID_REQUEST'], hint: 'Use https:// in the portal address of the credential.' },
	{ codes: ['CONNECTION_ERROR'], hint: 'The portal could not reach its authorization server. Try again in a minute.' },
	{
		codes: ['ERROR_UNEXPECTED_ANSWER', 'INTERNAL_SERVER_ERROR', 'INTERNAL_ERROR'],
		hint: 'Bitrix24 has a fault just now, and may have done a part. Look at the call in Bitrix24 before you try again.',
		read: 'Bitrix24 has a fault just now. Nothing was changed: try again.',
		repeatable: 'Bitrix24 has a fault just now. Try again in a minute: a repeat does no harm.',
	},
	{
		texts: [
			'Unexpected database error',
			'DB error',
			'SQL query error',
			'Unknown error encountered while saving file',
			'Failed to get list',
		],
		hint: 'Bitrix24 could not store or read its data. Look at the call in Bitrix24 before you try again; ask Bitrix24 support if it stays.',
		read: 'Bitrix24 could not read its data. Nothing was changed: try again; ask Bitrix24 support if it stays.',
		repeatable:
			'Bitrix24 could not store or read its data. Try again: a repeat does no harm. Ask Bitrix24 support if it stays.',
	},
	{
		codes: ['ERROR_ARGUMENT'],
		hint: 'A value is missing or wrong: correct what the message names.',
	},
	{
		codes: ['ERROR_BATCH_LENGTH_EXCEEDED', 'ERROR_BATCH_METHOD_NOT_ALLOWED'],
		hint: 'This should not happen: please report it to the makers of this package, with the message.',
	},
	{ codes: ['ERROR_CORE'], hint: 'Bitrix24 gives no other reason than the message: correct what it names.' },
];

/**
 * What to do about each failure of the methods that the package calls. No code and no text stands in two rows, and of
 * several texts that fit the longest counts, so the order does not matter. Codes and texts: contract data, `errors`.
 */
export const HINT_ROWS: readonly HintRow[] = [CALLS, FILES, LINES, LISTS, EVENTS, ACCESS_HINTS, PORTAL].flat();

/** Those that binding and unbinding of events can meet: they speak of no call, no item and no field. */
export const BINDING_ROWS: readonly HintRow[] = [EVENTS, ACCESS_HINTS, PORTAL].flat();
