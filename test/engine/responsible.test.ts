import type { IDataObject } from 'n8n-workflow';
import { byExtension, byId, useWorld } from './world';

const world = useWorld();
const { run, registered, finished } = world;
const NOBODY = '+493099999999';

const responsible = (type: string, id: number): number | undefined => {
	const { clients, deals } = world.portal.state;
	return [...clients, ...deals.map((deal) => ({ ...deal, type: 'DEAL' }))].find(
		(one) => one.type === type && one.id === id,
	)?.assignedById;
};
const ofClient = async (parameters: IDataObject, items?: IDataObject[]) =>
	await run('client', 'setResponsible', { employee: byId(4), findBy: 'client', ...parameters }, items);
const ofCall = async (callId: string, entities = 'client') =>
	await run('client', 'setResponsible', { employee: byExtension('104'), findBy: 'call', callId, entities });
const saying = (words: string): string => expect.stringContaining(words) as string;

/** A call of a portal without leads, which makes a contact and a deal. */
async function withDeal(): Promise<string> {
	world.portal.state.settings.leadsEnabled = false;
	const register = {
		employee: byId(2),
		phoneNumber: NOBODY,
		type: 2,
		externalCallId: 'd',
		show: false,
		additionalFields: { crmCreate: true },
	};
	const callId = String((await run('call', 'register', register)).json[0]?.CALL_ID);
	await run('call', 'finish', {
		callId,
		employee: byId(2),
		duration: 5,
		outcomeFrom: 'list',
		outcome: 'ended',
		direction: 'incoming',
	});
	return callId;
}

describe('Set Responsible', () => {
	it.each([
		['CONTACT', 1],
		['COMPANY', 1],
		['LEAD', 815],
	])('changes the %s of an item, also when repeated', async (clientType, id) => {
		for (let times = 0; times < 2; times += 1) {
			const done = await ofClient({ clientType: '={{ $json.CRM_ENTITY_TYPE }}' }, [
				{ CRM_ENTITY_TYPE: clientType, CRM_ENTITY_ID: id },
			]);
			expect(done.json).toEqual([
				{
					USER_ID: 4,
					CRM_ENTITY_TYPE: clientType,
					CRM_ENTITY_ID: id,
					CHANGED: [{ CRM_ENTITY_TYPE: clientType, CRM_ENTITY_ID: id }],
				},
			]);
			expect(responsible(clientType, id)).toBe(4);
		}
	});

	it('finds the client of a finished call', async () => {
		const done = await ofCall(await finished());
		expect(done.json).toMatchObject([{ USER_ID: 4, CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: 1 }]);
		expect(responsible('CONTACT', 1)).toBe(4);
	});

	it('changes the deal of a call as well, when asked to', async () => {
		const callId = await withDeal();
		const [deal] = world.portal.state.deals;
		await ofCall(callId);
		expect(responsible('DEAL', deal?.id ?? 0)).toBe(2);
		const done = await ofCall(callId, 'all');
		expect(done.json).toMatchObject([
			{ CHANGED: [{ CRM_ENTITY_TYPE: 'CONTACT' }, { CRM_ENTITY_TYPE: 'DEAL', CRM_ENTITY_ID: deal?.id }] },
		]);
		expect(responsible('DEAL', deal?.id ?? 0)).toBe(4);
	});

	it('says what is wrong', async () => {
		expect((await ofCall(await registered())).error).toMatchObject({
			message: 'This call is not in the history',
			description: saying('Finish it first'),
		});
		expect((await ofCall(await finished(NOBODY))).error?.message).toBe('This call has no client');
		expect((await ofClient({ clientType: 'CONTACT', clientId: '={{ $json.nothing }}' })).error?.message).toBe(
			'Client ID is empty',
		);
		expect((await ofClient({ clientType: 'CONTACT', clientId: '4711' })).error?.description).toContain(
			'no such client or activity',
		);
		world.portal.state.employees.forEach((employee) => {
			employee.rights.crm = false;
		});
		expect((await ofClient({ clientType: 'CONTACT', clientId: '1' })).error?.description).toContain('no access');
	});
});

describe('Credit', () => {
	const credit = async (callId: string, entities = 'none') =>
		await run('call', 'credit', { callId, employee: byId(3), entities });

	it('gives the activity to the employee, and leaves the client and the history alone', async () => {
		const callId = await finished();
		const done = await credit(callId);
		const [activity] = world.portal.state.callActivities.values();
		expect(done.json).toEqual([
			{ CALL_ID: callId, USER_ID: 3, PORTAL_USER_ID: 2, CRM_ACTIVITY_ID: activity?.id, CHANGED: [] },
		]);
		expect(done.hints).toMatchObject([{ message: expect.stringContaining('history keeps the employee') as string }]);
		expect(activity?.responsibleId).toBe(3);
		expect(world.portal.state.history).toMatchObject([{ userId: 2 }]);
		expect(responsible('CONTACT', 1)).toBe(2);
	});

	it('gives the client and the deal as well, when asked to', async () => {
		const callId = await withDeal();
		const done = await credit(callId, 'all');
		expect(done.json).toMatchObject([{ CHANGED: [{ CRM_ENTITY_TYPE: 'CONTACT' }, { CRM_ENTITY_TYPE: 'DEAL' }] }]);
		expect(world.portal.state.deals[0]?.assignedById).toBe(3);
	});

	it('refuses a running call, and warns of one without activity', async () => {
		expect((await credit(await registered())).error).toMatchObject({
			message: 'This call is not in the history',
			description: saying('choose the employee there'),
		});
		expect((await credit(await finished(NOBODY))).json).toMatchObject([
			{ WARNINGS: ['Nothing was changed: the call has no activity in the CRM'] },
		]);
	});
});
