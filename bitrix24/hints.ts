import type { Failure } from './failure';

interface Hint {
	code?: string;
	/** Beginning of the portal's text: wordings differ at the end between documentation and server (conflict C21). */
	text?: string;
	hint: string;
}

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
	{ code: 'ERROR_WRONG_HANDLER_URL', hint: 'n8n’s own address is localhost or has no dot in it. Set WEBHOOK_URL of n8n to its public https address and start n8n again.' },
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
	{ code: 'ACCESS_DENIED', hint: 'The employee who connected the credential lacks the right to do this, or the plan of the portal has no REST. Connect as an administrator.' },
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
	if (failure.code === 'insufficient_scope') {
		return `The application lacks the permission ${scopeOf(failure.method)}. Tick it in the application’s settings in Bitrix24, then connect the credential again.`;
	}
	const row = HINTS.find(
		({ code, text }) => (code === undefined || code === failure.code) && (text === undefined || failure.text.startsWith(text)),
	);
	return row?.hint ?? GENERAL[failure.kind];
}

/** The permission that a method needs (contract data, `scope`; callbacks and info calls are under `call`, conflict C12). */
function scopeOf(method: string): string {
	const name = method.toLowerCase();
	if (/^voximplant\.(callback|infocall)\./.test(name)) return 'call';
	return /^(user|crm)\./.exec(name)?.[1] ?? 'telephony';
}
