import { phoneNumber } from '../../fields/call';
import { allSpellings, CLIENT, clientFields, clientsWith } from '../../fields/clients';
import { defineOperation } from '../operation';

/** `telephony.externalCall.searchCrmEntities`: who has this number. */
export const find = defineOperation({
	entry: {
		name: 'Find by Number',
		value: 'find',
		action: 'Find client by number',
		description:
			'Find the contact, lead or company with a phone number, and who is responsible. Always gives one item, to branch on FOUND.',
	},
	fields: [phoneNumber, allSpellings],
	warns: true,
	output: { PHONE_NUMBER: 'string', FOUND: 'boolean', ...CLIENT, CLIENTS: 'list' },
	run: function* ({ phoneNumber, allSpellings: isThorough }) {
		const clients = yield* clientsWith(phoneNumber, isThorough);
		return {
			json: { PHONE_NUMBER: phoneNumber, FOUND: clients.length > 0, ...clientFields(clients[0]), CLIENTS: clients },
		};
	},
});
