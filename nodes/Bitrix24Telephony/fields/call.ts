import type { INodeProperties } from 'n8n-workflow';

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

/** Names of the portal's status codes (enumeration STATUS_CODE of the contract data). */
export const STATUS_CODES: INodeProperties['options'] = [
	{ name: 'Answered (200)', value: '200' },
	{ name: 'Blocked (423)', value: '423' },
	{ name: 'Busy (486)', value: '486' },
	{ name: 'Cancelled (603-S)', value: '603-S', description: 'Whoever called hung up before an answer' },
	{ name: 'Declined (603)', value: '603' },
	{ name: 'Direction Unavailable (484)', value: '484' },
	{ name: 'Direction Unavailable (503)', value: '503' },
	{ name: 'Forbidden (403)', value: '403' },
	{ name: 'Missed (304)', value: '304', description: 'Nobody answered. On an incoming call it marks a missed call.' },
	{ name: 'Not Enough Money (402)', value: '402' },
	{ name: 'Other', value: 'OTHER' },
	{ name: 'Temporarily Unavailable (480)', value: '480' },
	{ name: 'Wrong Number (404)', value: '404' },
];
