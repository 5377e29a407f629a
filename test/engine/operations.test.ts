import type { IDataObject } from 'n8n-workflow';
import { addClient } from '../../sandbox/portal/state/company';
import { connectedCredential } from '../support/connect';
import { byExtension, byId, many, useWorld } from './world';

const world = useWorld();
const { run, registered, finished, cards } = world;

describe('Register keeps calls apart', () => {
	const REGISTER = { employee: byId(2), phoneNumber: '+494066969441', type: 2, externalCallId: '', show: false };

	it('refuses the data of a click', async () => {
		const done = await run('call', 'register', REGISTER, [
			{ event: 'ONEXTERNALCALLSTART', CALL_ID: 'externalCall.x.1' },
		]);
		expect(done.error?.message).toBe('This call is registered already');
		expect(world.portal.state.calls.size).toBe(0);
	});

	it('refuses a line that the application does not have, unless it shall be created', async () => {
		const additionalFields = { lineNumber: { __rl: true, mode: 'id', value: '+4900' } };
		const refused = await run('call', 'register', { ...REGISTER, additionalFields });
		expect(refused.error?.message).toBe('The application has no line +4900');
		expect(refused.error?.description).toContain('+4940669690, +442079460500');
		expect(world.portal.state.calls.size).toBe(0);
		const created = await run('call', 'register', {
			...REGISTER,
			additionalFields: { ...additionalFields, createLine: true },
		});
		expect(created.error).toBeUndefined();
		expect(world.portal.state.lines.map(({ number }) => number)).toContain('+4900');
	});

	it('knows a line in another spelling', async () => {
		const done = await run('call', 'register', {
			...REGISTER,
			additionalFields: { lineNumber: { __rl: true, mode: 'id', value: '4940669690' } },
		});
		expect(done.error).toBeUndefined();
		expect([...world.portal.state.calls.values()]).toMatchObject([{ lineNumber: '+4940669690' }]);
		expect(world.portal.state.lines).toHaveLength(2);
	});

	it('hints at a missing external id on incoming calls', async () => {
		expect((await run('call', 'register', REGISTER)).hints).toMatchObject([
			{ message: expect.stringContaining('external call ID') as string },
		]);
		expect((await run('call', 'register', { ...REGISTER, type: 1 })).hints).toEqual([]);
	});
});

describe('cards', () => {
	it('are hidden', async () => {
		const callId = await registered();
		expect((await run('call', 'hide', { callId, employees: {} })).json).toEqual([
			{ CALL_ID: callId, USER_ID: [], HIDDEN: true },
		]);
		expect(cards()).toEqual([]);
	});

	it('stay with the one who answered', async () => {
		const callId = await registered();
		await run('call', 'show', { callId, employees: many(byId('2,3,4')) });
		const done = await run('call', 'answeredBy', {
			callId,
			employee: byExtension('103'),
			employees: many(byId('2,3,4')),
		});
		expect(done.json).toEqual([{ CALL_ID: callId, ANSWERED_BY: 3, HIDDEN_FROM: [2, 4], SHOWN: true }]);
		expect(cards()).toEqual([3]);
	});

	it('stay with the only one who was rung', async () => {
		const callId = await registered();
		await run('call', 'answeredBy', { callId, employee: byId(2), employees: many(byId(2)) });
		expect(cards()).toEqual([2]);
	});

	it('move with a transfer', async () => {
		const callId = await registered();
		const done = await run('call', 'transfer', { callId, fromEmployee: byId(2), toEmployee: byExtension('104') });
		expect(done.json).toEqual([{ CALL_ID: callId, FROM_USER_ID: 2, TO_USER_ID: 4, SHOWN: true }]);
		expect(cards()).toEqual([4]);
	});
});

describe('the history', () => {
	it('gives one call, simplified or raw', async () => {
		const callId = await finished();
		expect((await run('call', 'get', { callId, simplify: true })).json).toMatchObject([
			{ CALL_ID: callId, CALL_DURATION: 12, PORTAL_USER_ID: 2, DIRECTION: 'incoming', CRM_ENTITY_ID: 1 },
		]);
		expect((await run('call', 'get', { callId, simplify: false })).json).toMatchObject([
			{ CALL_ID: callId, CALL_DURATION: '12' },
		]);
		expect((await run('call', 'get', { callId: await registered(), simplify: true })).error?.message).toBe(
			'This call is not in the history',
		);
	});

	it('lists calls of all pages, filtered and sorted', async () => {
		const start = '2026-03-01T10:00:00+01:00';
		const rows = Array.from({ length: 120 }, (_, index) => ({
			number: `+4930${1000 + index}`,
			id: `p${index}`,
			seconds: index % 3 === 0 ? 0 : index,
			start: new Date(Date.parse(start) + index * 60_000).toISOString(),
		}));
		const logged = await run(
			'call',
			'logCall',
			{
				direction: '={{ $json.seconds % 2 ? "incoming" : "outgoing" }}',
				phoneNumber: '={{ $json.number }}',
				employee: byId(3),
				start: '={{ $json.start }}',
				duration: '={{ $json.seconds }}',
				outcomeFrom: 'list',
				outcome: 'ended',
				externalCallId: '={{ $json.id }}',
				skipLogged: true,
				recordingFrom: 'none',
				transcript: '[]',
			},
			rows,
		);
		expect(logged.error).toBeUndefined();
		const all = await run('call', 'getMany', { returnAll: true, sort: 'CALL_START_DATE ASC', simplify: true });
		expect(all.json.map(({ EXTERNAL_CALL_ID }) => EXTERNAL_CALL_ID)).toEqual(rows.map(({ id }) => id));
		expect(all.items().every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(true);
		const some = await run('call', 'getMany', {
			returnAll: false,
			limit: 7,
			sort: 'CALL_DURATION DESC',
			simplify: true,
		});
		expect(some.json.map(({ CALL_DURATION }) => CALL_DURATION)).toEqual([119, 118, 116, 115, 113, 112, 110]);
		const filters = {
			from: '2026-03-01T10:30:00+01:00',
			until: '2026-03-01T11:00:00+01:00',
			answered: false,
			employee: byId(3),
			type: [1],
		};
		const filtered = await run('call', 'getMany', {
			returnAll: true,
			sort: 'CALL_START_DATE ASC',
			simplify: true,
			filters,
		});
		expect(filtered.json.map(({ EXTERNAL_CALL_ID }) => EXTERNAL_CALL_ID)).toEqual([
			'p30',
			'p33',
			'p36',
			'p39',
			'p42',
			'p45',
			'p48',
			'p51',
			'p54',
			'p57',
		]);
	});
});

describe('clients', () => {
	it('are found by number', async () => {
		expect((await run('client', 'find', { phoneNumber: '+494066969441' })).json).toMatchObject([
			{
				FOUND: true,
				CRM_ENTITY_TYPE: 'CONTACT',
				CRM_ENTITY_ID: 1,
				CLIENT_NAME: 'Julia Sommer',
				MANAGER_ID: 2,
				MANAGER_EXTENSION: '102',
				MANAGER_STATUS: 'OPENED',
			},
		]);
		expect((await run('client', 'find', { phoneNumber: '+4900' })).json).toMatchObject([
			{ FOUND: false, CRM_ENTITY_ID: null, CLIENTS: [] },
		]);
	});

	it('are found under any usual spelling, with one more request, unless that is switched off', async () => {
		addClient(world.portal.state, 'CONTACT', { name: 'Spelled at home', phones: ['040 / 555 123-4'], assignedById: 2 });
		const asked = () => world.portal.state.requests.splice(0).map(({ method }) => method);
		asked();
		expect((await run('client', 'find', { phoneNumber: '+49405551234', allSpellings: true })).json).toMatchObject([
			{ PHONE_NUMBER: '+49405551234', FOUND: true, CLIENT_NAME: 'Spelled at home' },
		]);
		expect(asked().filter((method) => !method.includes('.'))).toEqual(['batch']);
		expect(
			(
				await run('client', 'route', {
					phoneNumber: '+49405551234',
					employees: {},
					ringUnknown: true,
					allSpellings: true,
				})
			).json,
		).toMatchObject([{ EXTENSION: '102', REASON: 'responsible' }]);
		expect((await run('client', 'find', { phoneNumber: '+49405551234', allSpellings: false })).json).toMatchObject([
			{ FOUND: false },
		]);
	});

	it.each<[string, string, IDataObject]>([
		[
			'to the responsible employee at work',
			'+494066969441',
			{ RING: true, EXTENSION: '102', USER_ID: 2, REASON: 'responsible', AT_WORK: true },
		],
		[
			'past one who pauses to the first fallback',
			'+442079460111',
			{ RING: true, EXTENSION: '104', USER_ID: 4, REASON: 'fallback', AT_WORK: false, MANAGER_ID: 3 },
		],
		[
			'of a stranger to the first fallback',
			'+4900',
			{ RING: true, EXTENSION: '104', USER_ID: 4, REASON: 'fallback', FOUND: false },
		],
	])('are routed %s', async (_name, phoneNumber, expected) => {
		expect(
			(await run('client', 'route', { phoneNumber, employees: many(byId(7), byId(4)), ringUnknown: true })).json,
		).toMatchObject([expected]);
	});

	it('ring the responsible employee, then the rest of a group together', async () => {
		const routed = await run('client', 'route', {
			phoneNumber: '+494066969441',
			employees: many(byExtension('101,102,103')),
			ringAll: true,
			ringUnknown: true,
		});
		expect(routed.json).toMatchObject([{ EXTENSION: '102', RING_ORDER: '102/101&103' }]);
	});

	it('reach nobody when there is nobody', async () => {
		expect(
			(await run('client', 'route', { phoneNumber: '+4900', employees: {}, ringUnknown: true })).json,
		).toMatchObject([{ RING: false, EXTENSION: null, REASON: 'nobody' }]);
	});
});

describe('employees', () => {
	it('are found by id and by extension', async () => {
		const ben = {
			USER_ID: 2,
			NAME: 'Ben Carter',
			EXTENSION: '102',
			ACTIVE: true,
			EMAIL: 'ben.carter@harbour-pine.example',
			WORK_PHONE: '+494066969102',
			PERSONAL_MOBILE: '+491523990102',
			PERSONAL_PHONE: null,
			WORK_POSITION: 'Sales',
		};
		expect((await run('employee', 'find', { employee: byId('2') })).json).toEqual([ben]);
		expect((await run('employee', 'find', { employee: byExtension('102') })).json).toEqual([ben]);
		expect((await run('employee', 'find', { employee: byId(6) })).json).toMatchObject([{ ACTIVE: false }]);
		expect((await run('employee', 'find', { employee: byExtension('106') })).error?.message).toContain(
			'No active employee has the extension 106',
		);
	});

	it('are listed over all pages', async () => {
		world.portal.control.addEmployees(130);
		const all = await run('employee', 'getMany', { returnAll: true });
		expect(all.json).toHaveLength(137);
		expect(new Set(all.json.map(({ USER_ID }) => USER_ID)).size).toBe(137);
		const twice = await run('employee', 'getMany', { returnAll: true }, [{}, {}]);
		expect(
			[0, 1].map(
				(item) => twice.items().filter(({ pairedItem }) => (pairedItem as { item: number }).item === item).length,
			),
		).toEqual([137, 137]);
		const some = await run('employee', 'getMany', {
			returnAll: false,
			limit: 2,
			filters: { activeOnly: true, withExtension: true, search: 'Sales' },
		});
		expect(some.json.map(({ NAME }) => NAME)).toEqual(['Ben Carter', 'Chiara Rossi']);
	});
});

describe('lines', () => {
	it('are added, changed, listed and deleted', async () => {
		expect((await run('line', 'add', { number: '+4911', name: 'Bonn', autoCreate: false })).json).toMatchObject([
			{ NUMBER: '+4911', CRM_AUTO_CREATE: false },
		]);
		const line = { __rl: true, mode: 'id', value: '+4911' } as IDataObject;
		expect(
			(await run('line', 'update', { line, updateFields: { name: 'Bonn office', autoCreate: true } })).json,
		).toEqual([{ NUMBER: '+4911', UPDATED: true }]);
		expect((await run('line', 'getMany')).json).toContainEqual({
			NUMBER: '+4911',
			NAME: 'Bonn office',
			CRM_AUTO_CREATE: true,
		});
		expect((await run('line', 'delete', { line })).json).toEqual([{ NUMBER: '+4911', DELETED: true }]);
		expect((await run('line', 'delete', { line })).error?.message).toContain('Could not find line');
		expect((await run('line', 'add', { number: '1'.repeat(51), name: '', autoCreate: true })).error?.message).toBe(
			'Number is longer than 50 bytes',
		);
		expect((await run('line', 'update', { line, updateFields: {} })).error?.message).toBe('Nothing is to be changed');
	});
});

describe('automatic calls', () => {
	it('are started on the built-in telephony', async () => {
		const fromLine = { __rl: true, mode: 'id', value: 'reg150907' } as IDataObject;
		const voice = { __rl: true, mode: 'id', value: 'ukenglishfemale' } as IDataObject;
		const speech = { fromLine, phoneNumber: '+494066969441', text: 'Hello', voice };
		expect((await run('autoCall', 'callback', speech)).json).toMatchObject([
			{ STARTED: true, CALL_ID: expect.stringMatching(/^callback\./) as string },
		]);
		expect((await run('autoCall', 'textCall', speech)).json).toMatchObject([
			{ STARTED: true, CALL_ID: expect.stringMatching(/^infocall\./) as string },
		]);
		expect(
			(
				await run('autoCall', 'soundCall', {
					fromLine,
					phoneNumber: '+494066969441',
					soundUrl: 'https://example.com/a.mp3',
				})
			).json,
		).toMatchObject([{ STARTED: true }]);
		expect((await run('autoCall', 'getVoices')).json).toContainEqual({
			VOICE: 'ukenglishfemale',
			NAME: 'English (Female) (Amazon)',
		});
		expect(world.portal.state.orderedCalls).toHaveLength(3);
	});

	it('name the permission that is missing', async () => {
		world.portal.control.setApplication({ scopes: ['telephony', 'user', 'crm'] });
		world.credential = await connectedCredential(world.portal);
		const done = await run('autoCall', 'textCall', {
			fromLine: { __rl: true, mode: 'id', value: 'reg150907' } as IDataObject,
			phoneNumber: '+494066969441',
			text: 'Hello',
			voice: { __rl: true, mode: 'list', value: '' } as IDataObject,
		});
		expect(done.error?.message).toContain('[insufficient_scope]');
		expect(done.error?.description).toContain('lacks the permission Calls (call).');
	});
});
