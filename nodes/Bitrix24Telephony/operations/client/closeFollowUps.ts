import { completeActivity, isFollowUp, ownerOf, todos } from '../../../../bitrix24/methods/activities';
import { askEach } from '../../../../bitrix24/plan';
import { phoneNumber } from '../../fields/call';
import { clientsWith } from '../../fields/clients';
import { defineOperation } from '../operation';

/** Closes what Create Follow-Up made, once somebody talked with the client. */
export const closeFollowUps = defineOperation({
	entry: {
		name: 'Close Follow-Ups',
		value: 'closeFollowUps',
		action: 'Close follow-ups of client',
		description:
			'Close every open to-do that Create Follow-Up made for a client, because somebody talked with them. Other to-dos stay.',
	},
	fields: [phoneNumber.with({ default: '={{ $json.PHONE_NUMBER }}' })],
	warns: true,
	output: { PHONE_NUMBER: 'string', CLOSED: 'integer', ACTIVITY_IDS: 'list' },
	run: function* ({ phoneNumber }) {
		const clients = yield* clientsWith(phoneNumber, true);
		const owners = clients.flatMap((client) => ownerOf(client) ?? []);
		const rows = (yield* askEach(owners.map((owner) => todos(owner, true)))).flat();
		const ids = [...new Set(rows.filter(isFollowUp).map(({ ID }) => Number(ID)))];
		yield* askEach(ids.map(completeActivity));
		return { json: { PHONE_NUMBER: phoneNumber, CLOSED: ids.length, ACTIVITY_IDS: ids } };
	},
});
