/** A node that finishes the call of a click, as type and parameters: it was answered, and took five seconds. */
export const FINISH_NODE = {
	type: 'n8n-nodes-bitrix24-telephony.bitrix24Telephony',
	parameters: {
		resource: 'call',
		operation: 'finish',
		callId: '={{ $json.CALL_ID }}',
		employee: { __rl: true, mode: 'id', value: '={{ $json.USER_ID }}' },
		duration: 5,
		outcomeFrom: 'list',
		outcome: 'answered',
		direction: 'outgoing',
		addToChat: false,
		additionalFields: {},
		options: {},
	},
};
