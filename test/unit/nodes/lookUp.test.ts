import type { IDataObject } from 'n8n-workflow';
import type { Answer } from '../../../bitrix24/failure';
import type { Call } from '../../../bitrix24/plan';
import { KnownEmployees } from '../../../nodes/Bitrix24TelephonyTrigger/knownEmployees';
import { CLIENT_SECONDS, withNames as lookUp, type Caller } from '../../../nodes/Bitrix24TelephonyTrigger/lookUp';
import { clock } from '../../../nodes/common/clock';

const NEVER = new Promise(() => undefined);
const withNames = async (
	connecting: () => Promise<Caller>,
	item: IDataObject,
	deadline: Promise<unknown>,
	known = new KnownEmployees(),
) => await lookUp(item, { connecting, known, wait: async () => await deadline });
const CLICK = {
	USER_ID: 7,
	PHONE_NUMBER: '0123',
	PHONE_NUMBER_INTERNATIONAL: '+49123',
	CRM_ENTITY_TYPE: 'CONTACT',
	CRM_ENTITY_ID: 2,
};

/** A portal with given answers. */
function portal(employees: unknown, clients: unknown): { connecting: () => Promise<Caller>; asked: unknown[] } {
	const asked: unknown[] = [];
	const ask = <Result>({ method, parameters, decode }: Call<Result>): Promise<Answer<Result>> => {
		asked.push([method, parameters]);
		return Promise.resolve({ ok: true, value: decode(method === 'user.get' ? employees : clients) });
	};
	return { connecting: () => Promise.resolve({ ask }), asked };
}

it('asks for the employee and for the number in international form', async () => {
	const { connecting, asked } = portal([], []);
	expect(await withNames(connecting, CLICK, NEVER)).toEqual({
		...CLICK,
		EMPLOYEE_NAME: null,
		EMPLOYEE_EXTENSION: null,
		CLIENT_NAME: null,
	});
	expect(asked).toEqual([
		['user.get', { FILTER: { ID: 7 } }],
		['telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: '+49123' }],
	]);
});

it.each([
	[{ PORTAL_USER_ID: 3 }, [['user.get', { FILTER: { ID: 3 } }]]],
	[
		{ PHONE_NUMBER: '12', PHONE_NUMBER_INTERNATIONAL: '' },
		[['telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: '12' }]],
	],
	[
		{ PHONE_NUMBER: '102', PHONE_NUMBER_INTERNATIONAL: '102' },
		[['telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: '102' }]],
	],
	[
		{ PHONE_NUMBER: '0301', PHONE_NUMBER_INTERNATIONAL: '0' },
		[['telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: '0301' }]],
	],
	[{ USER_ID: -3, PORTAL_USER_ID: 3 }, [['user.get', { FILTER: { ID: 3 } }]]],
	[{ PHONE_NUMBER: 'anonymous' }, []],
	[{ PHONE_NUMBER: '0', PHONE_NUMBER_INTERNATIONAL: '+0' }, []],
	[{ USER_ID: -3 }, []],
	[{ USER_ID: 2.5 }, []],
	[{ USER_ID: 0, PORTAL_USER_ID: null }, []],
	[{ USER_ID: null, PHONE_NUMBER: null }, []],
	[{}, []],
])('of %j it asks %j', async (item, expected) => {
	const { connecting, asked } = portal([], []);
	await withNames(connecting, item, NEVER);
	expect(asked).toEqual(expected);
});

it.each([
	[
		[
			{ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: '3', NAME: 'First' },
			{ CRM_ENTITY_TYPE: 'LEAD', CRM_ENTITY_ID: '9', NAME: 'Second' },
		],
		'First',
	],
	[[], null],
])('takes a type without an id for no client: of %j it takes %j', async (clients, name) => {
	const item = { ...CLICK, CRM_ENTITY_TYPE: 'LEAD', CRM_ENTITY_ID: null };
	expect(await withNames(portal([], clients).connecting, item, NEVER)).toMatchObject({ CLIENT_NAME: name });
});

it('opens no connection when there is nothing to ask', async () => {
	const connecting = jest.fn();
	expect(await withNames(connecting, {}, NEVER)).toEqual({
		EMPLOYEE_NAME: null,
		EMPLOYEE_EXTENSION: null,
		CLIENT_NAME: null,
	});
	expect(connecting).not.toHaveBeenCalled();
});

it.each([
	[
		[
			{ CRM_ENTITY_TYPE: 'LEAD', CRM_ENTITY_ID: '2', NAME: 'Lead' },
			{ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: '2', NAME: 'Contact' },
		],
		'Contact',
	],
	[
		[
			{ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: '3', NAME: 'First' },
			{ CRM_ENTITY_TYPE: 'LEAD', CRM_ENTITY_ID: '9', NAME: 'Second' },
		],
		'First',
	],
	[[{ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: '2' }], null],
	[[], null],
])('of the clients %j it takes %j', async (clients, name) => {
	expect(await withNames(portal([], clients).connecting, CLICK, NEVER)).toMatchObject({
		CLIENT_NAME: name,
		EMPLOYEE_NAME: null,
	});
});

it.each([
	[{ NAME: 'Ben', LAST_NAME: 'Carter', UF_PHONE_INNER: '102' }, 'Ben Carter', '102'],
	[{ NAME: '', LAST_NAME: 'Carter', UF_PHONE_INNER: '' }, 'Carter', null],
	[{ NAME: 'Ben' }, 'Ben', null],
])('of the employee %j it takes %j', async (employee, name, extension) => {
	expect(await withNames(portal([employee], []).connecting, CLICK, NEVER)).toMatchObject({
		EMPLOYEE_NAME: name,
		EMPLOYEE_EXTENSION: extension,
	});
});

it('does not wait longer than it may', async () => {
	const silent: Caller = { ask: () => new Promise<never>(() => undefined) };
	const item = await withNames(() => Promise.resolve(silent), CLICK, Promise.resolve());
	expect(item).toEqual({
		...CLICK,
		EMPLOYEE_NAME: null,
		EMPLOYEE_EXTENSION: null,
		CLIENT_NAME: null,
		NOTE: 'Names could not be looked up: Bitrix24 took more than 10 seconds.',
	});
});

it('goes out when there is no connection', async () => {
	const item = await withNames(() => Promise.reject(new Error('Not connected')), CLICK, NEVER);
	expect(item).toMatchObject({ USER_ID: 7, CLIENT_NAME: null, NOTE: 'Names could not be looked up: Not connected.' });
});

const BEN = { ID: '7', NAME: 'Ben', LAST_NAME: 'Carter', UF_PHONE_INNER: '102' };
const MINUTES = 60_000;

/** Runs at another time. */
async function later<Result>(milliseconds: number, run: () => Promise<Result>): Promise<Result> {
	const { now } = clock;
	clock.now = () => now() + milliseconds;
	try {
		return await run();
	} finally {
		clock.now = now;
	}
}

it('waits for the name of the client no longer than a phone may wait for it', async () => {
	const { ask } = await portal([BEN], []).connecting();
	const slow: Caller = {
		ask: async (call) => (call.method === 'user.get' ? await ask(call) : await new Promise<never>(() => undefined)),
	};
	const wait = async (seconds: number) => await (seconds === CLIENT_SECONDS ? Promise.resolve() : NEVER);
	const item = await lookUp(CLICK, {
		connecting: async () => await Promise.resolve(slow),
		known: new KnownEmployees(),
		wait,
	});
	expect(item).toMatchObject({
		EMPLOYEE_EXTENSION: '102',
		CLIENT_NAME: null,
		NOTE: 'Names could not be looked up: Bitrix24 took more than 3 seconds.',
	});
});

it('asks once for three hundred agents who click all the time, and anew after five minutes', async () => {
	const { connecting, asked } = portal([BEN], []);
	const known = new KnownEmployees();
	const clickAll = async () => {
		for (let id = 1; id <= 300; id += 1) await withNames(connecting, { USER_ID: id }, NEVER, known);
	};
	await clickAll();
	for (let round = 0; round < 10; round += 1) await clickAll();
	expect(asked).toHaveLength(300);
	await later(5 * MINUTES, clickAll);
	expect(asked).toHaveLength(600);
});

it('opens no connection for somebody who is known', async () => {
	const known = new KnownEmployees();
	await withNames(portal([BEN], []).connecting, { USER_ID: 7 }, NEVER, known);
	expect(await withNames(() => Promise.reject(new Error('Not connected')), { USER_ID: 7 }, NEVER, known)).toEqual({
		USER_ID: 7,
		EMPLOYEE_NAME: 'Ben Carter',
		EMPLOYEE_EXTENSION: '102',
		CLIENT_NAME: null,
	});
});

it.each([
	['is of another portal', { USER_ID: 7, portal: { member_id: 'b' } }, BEN],
	['has no extension, and may have been given one just now', { USER_ID: 7 }, { ...BEN, UF_PHONE_INNER: '' }],
	['is not there any more', { USER_ID: 7 }, undefined],
])('asks again for somebody who %s', async (_who, item, employee) => {
	const known = new KnownEmployees();
	await withNames(portal(employee ? [employee] : [], []).connecting, { USER_ID: 7 }, NEVER, known);
	const { connecting, asked } = portal([BEN], []);
	expect(await withNames(connecting, item, NEVER, known)).toMatchObject({ EMPLOYEE_EXTENSION: '102' });
	expect(asked).toHaveLength(1);
});

it.each([
	['fails', () => Promise.reject(new Error('Not connected')), NEVER, 'Not connected.'],
	[
		'takes too long',
		() => new Promise<never>(() => undefined),
		Promise.resolve(),
		'Bitrix24 took more than 10 seconds.',
	],
])('gives the employee as last known when the portal %s', async (_what, connecting, deadline, reason) => {
	const known = new KnownEmployees();
	await withNames(portal([BEN], []).connecting, { USER_ID: 7 }, NEVER, known);
	const item = await later(60 * MINUTES, async () => await withNames(connecting, { USER_ID: 7 }, deadline, known));
	expect(item).toMatchObject({
		EMPLOYEE_EXTENSION: '102',
		NOTE: `Names could not be looked up: ${reason} The employee is as this n8n last knew them.`,
	});
});

it('keeps so many employees and no more, those who were asked for last', () => {
	const known = new KnownEmployees();
	const employee = { EMPLOYEE_NAME: 'Ben', EMPLOYEE_EXTENSION: '102' };
	for (let id = 1; id <= 20_001; id += 1) known.keep('a', id, employee, 0);
	expect([1, 2, 20_001].map((id) => known.last('a', id))).toEqual([undefined, employee, employee]);
});
