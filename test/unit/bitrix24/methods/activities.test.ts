import {
	addFollowUp,
	completeActivity,
	followUpOf,
	isFollowUp,
	ownerOf,
	todos,
} from '../../../../bitrix24/methods/activities';

const OWNER = { typeId: 3, id: 7 };
const FOLLOW_UP = {
	owner: OWNER,
	callId: 'externalCall.a.1',
	title: 'Call back',
	description: '',
	due: '2026-03-11T15:00:00+01:00',
	responsibleId: undefined,
};

it.each([
	[
		{ CRM_ENTITY_TYPE: 'LEAD', CRM_ENTITY_ID: 5 },
		{ typeId: 1, id: 5 },
	],
	[{ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: '7' }, OWNER],
	[
		{ CRM_ENTITY_TYPE: 'COMPANY', CRM_ENTITY_ID: 2 },
		{ typeId: 4, id: 2 },
	],
	[
		{ CRM_ENTITY_TYPE: 'DEAL', CRM_ENTITY_ID: 2 },
		{ typeId: 2, id: 2 },
	],
	[{ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: null }, undefined],
	[{ CRM_ENTITY_TYPE: '', CRM_ENTITY_ID: 3 }, undefined],
	[{}, undefined],
])('of the client %j the owner is %j', (client, owner) => {
	expect(ownerOf(client)).toEqual(owner);
});

it.each<[unknown, string | undefined]>([
	['CALL_ID: externalCall.a.1', 'externalCall.a.1'],
	['Wanted a quote\nCALL_ID: externalCall.a.1', 'externalCall.a.1'],
	['[b]Wanted a quote[/b]<br>CALL_ID: externalCall.a.1<br />Called twice', 'externalCall.a.1'],
	['[p]CALL_ID: externalCall.a.1[/p]', 'externalCall.a.1'],
	['CALL_ID: externalCall.a.11', undefined],
	['externalCall.a.1', undefined],
	['', undefined],
	[null, undefined],
	[undefined, undefined],
])('finds the to-do of a call by the description %j: %j', (DESCRIPTION, found) => {
	const row = { ID: '9', DESCRIPTION } as { ID: string; DESCRIPTION: string };
	expect(followUpOf('externalCall.a.1', [row])).toBe(found === undefined ? undefined : row);
	expect(isFollowUp(row)).toBe(/CALL_ID: /.test(String(DESCRIPTION)));
});

it('looks for a to-do whose answer was lost', () => {
	const { evidence, effect } = addFollowUp(FOLLOW_UP);
	expect(effect).toBe('once');
	expect(evidence?.ask({})).toMatchObject({
		method: 'crm.activity.list',
		effect: 'read',
		parameters: todos(OWNER, false).parameters,
	});
	expect(evidence?.read([{ ID: '9', DESCRIPTION: 'CALL_ID: externalCall.a.1' }], {}, true)).toEqual({ id: 9 });
	expect(evidence?.read([{ ID: '9', DESCRIPTION: 'CALL_ID: externalCall.b' }], {}, true)).toBeUndefined();
});

it('asks for all to-dos of a client, or for the open ones', () => {
	expect(todos(OWNER, false).parameters.filter).toEqual({ OWNER_TYPE_ID: 3, OWNER_ID: 7, PROVIDER_ID: 'CRM_TODO' });
	expect(todos(OWNER, true).parameters.filter).toEqual({
		OWNER_TYPE_ID: 3,
		OWNER_ID: 7,
		PROVIDER_ID: 'CRM_TODO',
		COMPLETED: 'N',
	});
});

it('closes by the one method that there is', () => {
	expect(completeActivity(9)).toMatchObject({
		method: 'crm.activity.update',
		parameters: { id: 9, fields: { COMPLETED: 'Y' } },
		effect: 'repeatable',
	});
});
