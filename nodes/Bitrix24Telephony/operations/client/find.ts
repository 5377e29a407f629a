import { searchClients } from '../../../../bitrix24/methods/calls';
import { ask } from '../../../../bitrix24/plan';
import { phoneNumber } from '../../fields/call';
import { CLIENT, clientFields } from '../../fields/clients';
import { defineOperation } from '../operation';

/** `telephony.externalCall.searchCrmEntities`: who has this number. */
export const find = defineOperation({
	entry: {
		name: 'Find by Number',
		value: 'find',
		action: 'Find a client by number',
		description: 'Find the contact, lead or company with a phone number, and who is responsible. Always gives one item, to branch on FOUND.',
	},
	fields: [phoneNumber],
	output: { PHONE_NUMBER: 'string', FOUND: 'boolean', ...CLIENT, CLIENTS: 'list' },
	run: function* ({ phoneNumber }) {
		const clients = yield* ask(searchClients(phoneNumber));
		return { json: { PHONE_NUMBER: phoneNumber, FOUND: clients.length > 0, ...clientFields(clients[0]), CLIENTS: clients } };
	},
});
