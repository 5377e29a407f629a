import { addEmployee } from '../../sandbox/portal/state/company';
import { byExtension, useWorld } from './world';

const world = useWorld();
const { run } = world;
const JULIA = '+494066969441';
const CALL = { callId: 'externalCall.a.1', phoneNumber: JULIA, due: '2026-03-11T15:00:00+01:00', title: 'Call back' };
const create = async (changes: object = {}) => await run('client', 'createFollowUp', { ...CALL, ...changes });
const open = () => world.portal.state.activities.filter(({ completed }) => !completed);

it('gives the responsible employee a to-do, once for each call', async () => {
	const first = await create();
	expect(first.json).toMatchObject([
		{
			CALL_ID: CALL.callId,
			CREATED: true,
			USER_ID: 2,
			DUE: '2026-03-11T15:00:00+01:00',
			FOUND: true,
			CLIENT_NAME: 'Julia Sommer',
			CRM_ENTITY_ID: 1,
		},
	]);
	expect(world.portal.state.activities).toMatchObject([
		{
			ownerTypeId: 3,
			ownerId: 1,
			title: 'Call back',
			description: `CALL_ID: ${CALL.callId}`,
			responsibleId: 2,
			deadline: Date.parse('2026-03-11T15:00:00+01:00'),
			completed: false,
		},
	]);
	const id = first.json[0]?.ACTIVITY_ID;
	expect((await create({ title: 'Again' })).json).toMatchObject([
		{ CREATED: false, ACTIVITY_ID: id, USER_ID: 2, DUE: '2026-03-11T15:00:00+01:00' },
	]);
	await create({ callId: 'externalCall.a.11' });
	expect(world.portal.state.activities.map(({ description }) => description)).toEqual([
		'CALL_ID: externalCall.a.1',
		'CALL_ID: externalCall.a.11',
	]);
});

it('gives one to-do to executions that run at once', async () => {
	const done = await Promise.all([create(), create(), create()]);
	expect(done.map(({ json }) => json[0]?.CREATED).sort()).toEqual([false, false, true]);
	expect(world.portal.state.activities).toHaveLength(1);
});

it('gives it to somebody else, and says what else there is to know', async () => {
	await create({ additionalFields: { responsible: byExtension('104'), description: 'Wanted a quote' } });
	expect(world.portal.state.activities).toMatchObject([
		{ responsibleId: 4, description: `Wanted a quote\nCALL_ID: ${CALL.callId}` },
	]);
	expect((await create({ callId: 'b', additionalFields: { responsible: byExtension('999') } })).error?.message).toBe(
		'No active employee has the extension 999',
	);
});

it('makes nothing for a number that nobody has', async () => {
	const { json, hints } = await create({ phoneNumber: '+4900112233' });
	expect(json).toMatchObject([{ CREATED: false, ACTIVITY_ID: null, FOUND: false, CLIENT_NAME: null }]);
	expect(hints).toMatchObject([
		{ message: expect.stringContaining('Nobody in the CRM has the number +4900112233') as string },
	]);
});

it('makes one to-do when the answer is lost', async () => {
	world.portal.control.addFault({ kind: 'resetAfterWork', target: 'crm.activity.todo.add' });
	expect((await create()).json).toMatchObject([{ CREATED: true, ACTIVITY_ID: world.portal.state.activities[0]?.id }]);
	expect(world.portal.state.activities).toHaveLength(1);
});

it('closes what it made for a client, and nothing else', async () => {
	await create();
	await create({ callId: 'externalCall.a.2' });
	await create({ callId: 'externalCall.b.1', phoneNumber: '+442079460111' });
	const { state } = world.portal;
	const [first] = state.activities;
	if (first) state.activities.push({ ...first, id: 99_999, description: 'Send the quote' });
	const mine = state.activities
		.slice(0, 2)
		.map(({ id }) => id)
		.sort();
	const closed = await run('client', 'closeFollowUps', { phoneNumber: JULIA });
	expect(closed.json).toMatchObject([{ PHONE_NUMBER: JULIA, CLOSED: 2 }]);
	expect([...(closed.json[0]?.ACTIVITY_IDS as number[])].sort()).toEqual(mine);
	expect(open().map(({ description }) => description)).toEqual(['CALL_ID: externalCall.b.1', 'Send the quote']);
	expect((await run('client', 'closeFollowUps', { phoneNumber: JULIA })).json).toMatchObject([
		{ CLOSED: 0, ACTIVITY_IDS: [] },
	]);
	expect((await run('client', 'closeFollowUps', { phoneNumber: '+4900112233' })).json).toMatchObject([{ CLOSED: 0 }]);
});

it('makes no second one for a call whose to-do is done', async () => {
	await create();
	await run('client', 'closeFollowUps', { phoneNumber: JULIA });
	expect((await create()).json).toMatchObject([{ CREATED: false }]);
	expect(open()).toEqual([]);
});

it('says what to do when the employee of the credential may not', async () => {
	const employee = addEmployee(world.portal.state, {});
	employee.rights.crm = false;
	for (const one of world.portal.state.employees.values()) one.rights.crm = false;
	expect((await create()).error?.message).toContain('Access denied');
});
