import type { IDataObject } from 'n8n-workflow';
import { addFollowUp, followUpOf, ownerOf, todos } from '../../../../bitrix24/methods/activities';
import { toId, type JsonObject } from '../../../../bitrix24/decode';
import { ask } from '../../../../bitrix24/plan';
import { callId, phoneNumber } from '../../fields/call';
import { CLIENT, clientFields, clientsWith } from '../../fields/clients';
import { employeeAs, employeeOf } from '../../fields/employee';
import { idsOf } from '../../fields/employees';
import { additionalFields, Parameter } from '../../fields/field';
import { date, optionalText, text } from '../../fields/kinds';
import { defineOperation } from '../operation';

const responsible = new Parameter(
	{
		...employeeAs({
			displayName: 'Responsible',
			name: 'responsible',
			description: 'Who calls back. The employee responsible for the client unless added.',
		}).property,
		required: false,
	},
	(given) => (given.located().chosen.isMissing ? undefined : employeeOf(given)),
	undefined,
);

/** Reminds the employee responsible for a client of a missed call, by a to-do in the CRM. */
export const createFollowUp = defineOperation({
	entry: {
		name: 'Create Follow-Up',
		value: 'createFollowUp',
		action: 'Create follow-up for missed call',
		description:
			'Give the responsible employee a to-do to call a client back, once for each call. Close Follow-Ups closes it when somebody did.',
	},
	fields: [
		callId,
		phoneNumber.with({ default: '={{ $json.PHONE_NUMBER }}' }),
		date({ displayName: 'Due', name: 'due', description: 'When the client is to be called back at the latest' }).with({
			default: '={{ $now.plus({ minutes: 30 }) }}',
		}),
		text({
			displayName: 'Title',
			name: 'title',
			default: '=Call back {{ $json.PHONE_NUMBER }}',
			placeholder: 'e.g. Call back Anna Vogel',
			description: 'What is to be done',
		}),
		additionalFields([
			optionalText({
				displayName: 'Description',
				name: 'description',
				placeholder: 'e.g. Asked for an offer last week',
				description: 'What else to know. The CALL_ID is written below it.',
			}),
			responsible,
		]),
	],
	warns: true,
	output: {
		CALL_ID: 'string',
		CREATED: 'boolean',
		ACTIVITY_ID: 'integer?',
		USER_ID: 'integer?',
		DUE: 'string?',
		FOUND: 'boolean',
		...CLIENT,
	},
	run: function* ({ callId, phoneNumber, due, title, additionalFields: { description = '', responsible: chosen } }) {
		// Two executions about one call shall not both find nothing and add one each.
		yield* ask({ claim: `follow-up of ${callId}` });
		const [client] = yield* clientsWith(phoneNumber, true);
		const owner = client && ownerOf(client);
		const item = (more: IDataObject) => ({
			CALL_ID: callId,
			CREATED: false,
			ACTIVITY_ID: null,
			USER_ID: null,
			DUE: null,
			FOUND: client !== undefined,
			...more,
			...clientFields(client),
		});
		if (!owner)
			return {
				json: item({}),
				hints: [`Nobody in the CRM has the number ${phoneNumber}, so there is no client to call back`],
			};
		const there = followUpOf(callId, yield* ask(todos(owner, false)));
		if (there) return { json: item(shown(there)) };
		const ids = chosen ? yield* idsOf([chosen]) : [toId(client.ASSIGNED_BY_ID)];
		if ('refused' in ids) return ids;
		const [responsibleId] = ids;
		const { id } = yield* ask(addFollowUp({ owner, callId, title, description, due, responsibleId }));
		return { json: item({ CREATED: true, ACTIVITY_ID: Number(id), USER_ID: responsibleId ?? null, DUE: due }) };
	},
});

function shown({ ID, RESPONSIBLE_ID, DEADLINE }: JsonObject): IDataObject {
	return { ACTIVITY_ID: Number(ID), USER_ID: toId(RESPONSIBLE_ID) ?? null, DUE: DEADLINE ?? null };
}
