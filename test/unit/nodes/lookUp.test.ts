import type { Outcome } from '../../../bitrix24/failure';
import type { Call } from '../../../bitrix24/plan';
import { withNames, type Caller } from '../../../nodes/Bitrix24TelephonyTrigger/lookUp';

const NEVER = new Promise(() => undefined);
const CLICK = { USER_ID: 7, PHONE_NUMBER: '0123', PHONE_NUMBER_INTERNATIONAL: '+49123', CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: 2 };

/** A portal with given answers. */
function portal(employees: unknown, clients: unknown): { connecting: () => Promise<Caller>; asked: unknown[] } {
	const asked: unknown[] = [];
	const ask = <Result>({ method, parameters, decode }: Call<Result>): Promise<Outcome<Result>> => {
		asked.push([method, parameters]);
		return Promise.resolve({ ok: true, value: decode(method === 'user.get' ? employees : clients) });
	};
	return { connecting: () => Promise.resolve({ ask }), asked };
}

it('asks for the employee and for the number in international form', async () => {
	const { connecting, asked } = portal([], []);
	expect(await withNames(connecting, CLICK, NEVER)).toEqual({ ...CLICK, EMPLOYEE_NAME: null, EMPLOYEE_EXTENSION: null, CLIENT_NAME: null });
	expect(asked).toEqual([
		['user.get', { FILTER: { ID: 7 } }],
		['telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: '+49123' }],
	]);
});

it.each([
	[{ PORTAL_USER_ID: 3 }, [['user.get', { FILTER: { ID: 3 } }]]],
	[{ PHONE_NUMBER: '12', PHONE_NUMBER_INTERNATIONAL: '' }, [['telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: '12' }]]],
	[{ PHONE_NUMBER: '102', PHONE_NUMBER_INTERNATIONAL: '102' }, [['telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: '102' }]]],
	[{ PHONE_NUMBER: '0301', PHONE_NUMBER_INTERNATIONAL: '0' }, [['telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: '0301' }]]],
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
	[[{ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: '3', NAME: 'First' }, { CRM_ENTITY_TYPE: 'LEAD', CRM_ENTITY_ID: '9', NAME: 'Second' }], 'First'],
	[[], null],
])('takes a type without an id for no client: of %j it takes %j', async (clients, name) => {
	const item = { ...CLICK, CRM_ENTITY_TYPE: 'LEAD', CRM_ENTITY_ID: null };
	expect(await withNames(portal([], clients).connecting, item, NEVER)).toMatchObject({ CLIENT_NAME: name });
});

it('opens no connection when there is nothing to ask', async () => {
	const connecting = jest.fn();
	expect(await withNames(connecting, {}, NEVER)).toEqual({ EMPLOYEE_NAME: null, EMPLOYEE_EXTENSION: null, CLIENT_NAME: null });
	expect(connecting).not.toHaveBeenCalled();
});

it.each([
	[[{ CRM_ENTITY_TYPE: 'LEAD', CRM_ENTITY_ID: '2', NAME: 'Lead' }, { CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: '2', NAME: 'Contact' }], 'Contact'],
	[[{ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: '3', NAME: 'First' }, { CRM_ENTITY_TYPE: 'LEAD', CRM_ENTITY_ID: '9', NAME: 'Second' }], 'First'],
	[[{ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: '2' }], null],
	[[], null],
])('of the clients %j it takes %j', async (clients, name) => {
	expect(await withNames(portal([], clients).connecting, CLICK, NEVER)).toMatchObject({ CLIENT_NAME: name, EMPLOYEE_NAME: null });
});

it.each([
	[{ NAME: 'Ben', LAST_NAME: 'Carter', UF_PHONE_INNER: '102' }, 'Ben Carter', '102'],
	[{ NAME: '', LAST_NAME: 'Carter', UF_PHONE_INNER: '' }, 'Carter', null],
	[{ NAME: 'Ben' }, 'Ben', null],
])('of the employee %j it takes %j', async (employee, name, extension) => {
	expect(await withNames(portal([employee], []).connecting, CLICK, NEVER)).toMatchObject({ EMPLOYEE_NAME: name, EMPLOYEE_EXTENSION: extension });
});

it('does not wait longer than it may', async () => {
	const silent: Caller = { ask: () => new Promise<never>(() => undefined) };
	const item = await withNames(() => Promise.resolve(silent), CLICK, Promise.resolve());
	expect(item).toEqual({ ...CLICK, EMPLOYEE_NAME: null, EMPLOYEE_EXTENSION: null, CLIENT_NAME: null, NOTE: 'Names could not be looked up. Bitrix24 took more than 10 seconds.' });
});

it('goes out when there is no connection', async () => {
	const item = await withNames(() => Promise.reject(new Error('Not connected')), CLICK, NEVER);
	expect(item).toMatchObject({ USER_ID: 7, CLIENT_NAME: null, NOTE: 'Names could not be looked up. Not connected' });
});
