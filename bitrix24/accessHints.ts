/** One piece of advice, and the failures that it is for. */
export interface HintRow {
	/** The portal's codes, whole. */
	codes?: string[];
	/**
	 * Beginnings of the portal's text, because wordings differ at the end between documentation and server (conflict
	 * C21), or patterns.
	 */
	texts?: (string | RegExp)[];
	hint: string;
	/** Said instead when the call only reads, so that nobody looks for a call that was not touched. */
	read?: string;
	/** Said instead when a repeat changes nothing more, so that nobody fears one. */
	repeatable?: string;
	/** The advice itself says what was changed, and whether to run the item again. */
	isWhole?: boolean;
}

const CONNECT = 'Open the Bitrix24 credential and connect it again';
const CLIENT = 'Client ID, Client Secret and Authorization Server';

/** Who may do what, and with which token. n8n passes on only the text when it could not renew the token. */
export const ACCESS_HINTS: HintRow[] = [
	{
		codes: ['invalid_token'],
		hint:
			'Bitrix24 no longer takes this token. Try again: n8n renews the token by itself. If that does not help, connect the ' +
			'credential again.',
	},
	{
		codes: ['expired_token'],
		hint: `The token has expired and could not be renewed. ${CONNECT}. If that fails, check ${CLIENT} in it.`,
	},
	{
		texts: ['The refresh token provided has expired'],
		hint: `The connection was not used for so long that it has ended. ${CONNECT}.`,
	},
	{
		texts: ['The authorization token provided has expired'],
		hint: `Connecting took too long: Bitrix24’s code is good for 30 seconds. ${CONNECT}, without a pause.`,
	},
	{
		codes: ['invalid_grant'],
		texts: [/^The credential .*needs to be reconnected/, 'The provided authorization grant'],
		hint: `Bitrix24 no longer knows this connection. ${CONNECT}. If that fails, check ${CLIENT} in it.`,
	},
	{
		codes: ['wrong_client'],
		hint:
			`Bitrix24 does not know the application. Check ${CLIENT} of the credential (the server must suit the portal’s region), ` +
			'then connect it again.',
	},
	{
		codes: ['invalid_client'],
		texts: ['Client authentication failed'],
		hint:
			'Bitrix24 does not take the Client Secret. Copy it once more from the application’s settings into the credential, then ' +
			'connect it again.',
	},
	{
		codes: ['PAYMENT_REQUIRED'],
		texts: ['Payment required'],
		hint: 'The trial or paid period of the application or of the portal is over. Extend it in Bitrix24; connecting again does not help.',
	},
	{
		codes: ['NOT_INSTALLED', 'ERROR_OAUTH'],
		texts: ['Application not installed'],
		hint:
			'The application is not installed on the portal. Open its settings in Bitrix24 and save it with “API only” ticked, ' +
			'then connect the credential again.',
	},
	{
		codes: ['APPLICATION_NOT_FOUND'],
		hint: 'The application was deleted from the portal. Create it again, put its Client ID and Client Secret into the credential and connect it again.',
	},
	{
		texts: ['The authorization server'],
		hint:
			'The token could not be renewed, and nothing was carried out. Try again in a minute; if it stays, check ' +
			'Authorization Server in the credential.',
	},
	{ codes: ['NO_AUTH_FOUND'], hint: `No token of this portal arrived at Bitrix24. ${CONNECT}.` },
	{
		codes: ['authorization_error'],
		hint: 'The employee who connected the credential is dismissed or blocked. Connect the credential as somebody else.',
	},
	{
		codes: ['user_access_error'],
		hint:
			'The employee who connected the credential may not use the application. Give access in the application’s settings, or ' +
			'connect as somebody else.',
	},
	{
		codes: ['WRONG_AUTH_TYPE'],
		texts: ['Access denied! Application context required'],
		hint: 'This needs the token of an application. Connect the credential through a local application; an incoming webhook is not enough.',
	},
	{
		codes: ['INVALID_CREDENTIALS'],
		hint: 'The address of the incoming webhook is wrong or has been revoked. Use a local application.',
	},
	{
		codes: ['ACCESS_DENIED'],
		hint:
			'The employee who connected the credential lacks the right to do this, or the plan of the portal has no REST. Connect ' +
			'as an administrator.',
	},
];
