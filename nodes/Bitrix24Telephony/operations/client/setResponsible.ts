import { setResponsible as setResponsibleOf, type Entity } from '../../../../bitrix24/methods/crm';
import { askEach, type Conversation } from '../../../../bitrix24/plan';
import { entitiesOf, entityItem, finishedRow, noSuchRow } from '../../fields/callEntities';
import { callId } from '../../fields/call';
import { employee } from '../../fields/employee';
import { idsOf } from '../../fields/employees';
import type { Field } from '../../fields/field';
import { text } from '../../fields/kinds';
import { option } from '../../fields/option';
import { defineOperation } from '../operation';
import type { Refusal } from '../../shown';

const chosenBy = option({
	displayName: 'Find By',
	name: 'findBy',
	options: [
		{ name: 'Call', value: 'call', description: 'The client of a finished call' },
		{ name: 'Type and ID', value: 'client', description: 'As Find by Number, Finish and the trigger name a client' },
	],
	default: 'client',
	description: 'What names the client',
});
const BY_CALL = { displayOptions: { show: { findBy: ['call'] } } };
const BY_CLIENT = { displayOptions: { show: { findBy: ['client'] } } };
const ofCall = callId.with(BY_CALL);
const whatOfCall = option({
	displayName: 'Change',
	name: 'entities',
	...BY_CALL,
	options: [
		{
			name: 'All That the Call Is Bound To',
			value: 'all',
			description: 'Also its deals, and further clients with the number',
		},
		{ name: 'The Client', value: 'client', description: 'The one that the history names' },
	],
	default: 'client',
	description: 'What the employee becomes responsible for',
});
const clientType = option({
	displayName: 'Client Type',
	name: 'clientType',
	...BY_CLIENT,
	options: [
		{ name: 'Company', value: 'COMPANY' },
		{ name: 'Contact', value: 'CONTACT' },
		{ name: 'Deal', value: 'DEAL' },
		{ name: 'Lead', value: 'LEAD' },
	],
	default: 'CONTACT',
	description: 'Kind of the client. CRM_ENTITY_TYPE fits here.',
});
const clientId = text({
	displayName: 'Client ID',
	name: 'clientId',
	...BY_CLIENT,
	default: '={{ $json.CRM_ENTITY_ID }}',
	placeholder: 'e.g. 42',
	description: 'ID of the contact, company, deal or lead',
}).check((_, given) => given.integer(1));

type Target = { callId: string; all: boolean } | Entity;

const target: Field<'target', Target> = {
	name: 'target',
	properties: [chosenBy, ofCall, whatOfCall, clientType, clientId].map(({ property }) => property),
	read: (reader) =>
		chosenBy.read(reader) === 'call'
			? { callId: ofCall.read(reader), all: whatOfCall.read(reader) === 'all' }
			: { type: clientType.read(reader), id: clientId.read(reader) },
};

/** `crm.item.update`: hands a client over. */
export const setResponsible = defineOperation({
	entry: {
		name: 'Set Responsible',
		value: 'setResponsible',
		action: 'Set who is responsible for client',
		description:
			'Make an employee responsible for a contact, company, lead or deal, such as the one who talked after a transfer or a queue',
	},
	fields: [target, employee('Employee who becomes responsible')],
	warns: true,
	output: { USER_ID: 'integer', CRM_ENTITY_TYPE: 'string', CRM_ENTITY_ID: 'integer', CHANGED: 'list' },
	run: function* ({ target, employee }) {
		const ids = yield* idsOf([employee]);
		if ('refused' in ids) return ids;
		const entities = yield* entitiesFor(target);
		if ('refused' in entities) return entities;
		const [userId = 0] = ids;
		yield* askEach(entities.map((one) => setResponsibleOf(one, userId)));
		return { json: { USER_ID: userId, ...entities.map(entityItem)[0], CHANGED: entities.map(entityItem) } };
	},
});

function* entitiesFor(target: Target): Conversation<Entity[] | Refusal> {
	if ('id' in target) return [target];
	const row = yield* finishedRow(target.callId);
	if (!row) return noSuchRow('Finish it first, or give the client’s type and ID.');
	const entities = yield* entitiesOf(row, target.all);
	return entities.length > 0
		? entities
		: { refused: 'This call has no client', hint: 'Nobody in the CRM had its number when it was registered.' };
}
