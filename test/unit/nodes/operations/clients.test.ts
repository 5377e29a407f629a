import { carryOutOn as carryOut } from '../../../support/converse';
import { person } from './people';

describe('clients', () => {
	const CLIENT = {
		CRM_ENTITY_TYPE: 'CONTACT',
		CRM_ENTITY_ID: 1,
		NAME: 'Julia',
		ASSIGNED_BY_ID: 2,
		ASSIGNED_BY: { ID: '2', USER_PHONE_INNER: '102', TIMEMAN_STATUS: 'OPENED' },
	};
	const SHOWN = {
		CRM_ENTITY_TYPE: 'CONTACT',
		CRM_ENTITY_ID: 1,
		CLIENT_NAME: 'Julia',
		MANAGER_ID: 2,
		MANAGER_EXTENSION: '102',
		MANAGER_STATUS: 'OPENED',
	};
	const NOBODY = {
		CRM_ENTITY_TYPE: null,
		CRM_ENTITY_ID: null,
		CLIENT_NAME: null,
		MANAGER_ID: null,
		MANAGER_EXTENSION: null,
		MANAGER_STATUS: null,
	};
	const method = 'telephony.externalCall.searchCrmEntities';

	it('are found by number', () => {
		const { value, calls } = carryOut('client find', { phoneNumber: '+49' }, { [method]: [CLIENT, { NAME: 'x' }] });
		expect(calls).toEqual([[method, { PHONE_NUMBER: '+49' }]]);
		expect(value).toEqual({ json: { PHONE_NUMBER: '+49', FOUND: true, ...SHOWN, CLIENTS: [CLIENT, { NAME: 'x' }] } });
		expect(carryOut('client find', { phoneNumber: '+49' }, { [method]: [] }).value).toEqual({
			json: { PHONE_NUMBER: '+49', FOUND: false, ...NOBODY, CLIENTS: [] },
		});
	});

	const client = (manager: object) => [{ ...CLIENT, ASSIGNED_BY: { ...CLIENT.ASSIGNED_BY, ...manager } }];
	const responsible = { RING: true, EXTENSION: '102', USER_ID: 2, REASON: 'responsible', FOUND: true, AT_WORK: true };
	const fallback = { RING: true, EXTENSION: '103', USER_ID: 3, REASON: 'fallback' };
	const nobody = { RING: false, EXTENSION: null, USER_ID: null, REASON: 'nobody' };
	const third = [person('3', '103')];
	it.each<[string, unknown, unknown, boolean, object]>([
		['at work', client({}), third, false, responsible],
		['whose working time is not known', client({ TIMEMAN_STATUS: 'UNAVAILABLE' }), third, true, responsible],
		['without working time', client({ TIMEMAN_STATUS: 'NOT_INSTALLED' }), third, true, responsible],
		[
			'without working time, not to be rung',
			client({ TIMEMAN_STATUS: 'NOT_INSTALLED' }),
			third,
			false,
			{ ...fallback, AT_WORK: false },
		],
		['who pauses', client({ TIMEMAN_STATUS: 'PAUSED' }), third, true, { ...fallback, FOUND: true, AT_WORK: false }],
		['without a word on work', client({ TIMEMAN_STATUS: undefined }), third, true, { ...fallback, AT_WORK: false }],
		['without an extension', client({ USER_PHONE_INNER: undefined }), third, true, { ...fallback, AT_WORK: true }],
		['who is nobody', [{ ...CLIENT, ASSIGNED_BY: null }], third, true, { ...fallback, AT_WORK: false }],
		['of a stranger', [], third, true, { ...fallback, FOUND: false, ...NOBODY }],
		['of a stranger, to one without extension', [], [person('3')], true, nobody],
		['of a stranger, to one who was dismissed', [], [person('3', '103', { ACTIVE: false })], true, nobody],
		['of a stranger, to one that there is not', [], [], true, nobody],
		['of a stranger, to one that cannot be looked up', [], undefined, true, nobody],
	])('ring an employee %s', (_name, clients, employees, ringUnknown, expected) => {
		const { value, steps } = carryOut(
			'client route',
			{ phoneNumber: '+49', employees: { chosen: [{ employee: 3 }] }, ringUnknown },
			{ [method]: clients, ...(employees === undefined ? {} : { 'user.get': employees }) },
		);
		expect(value).toMatchObject({ json: { PHONE_NUMBER: '+49', ...expected } });
		const asked = { method: 'user.get', optional: 'warn', parameters: { FILTER: { ID: 3 } } };
		// Who can be rung at once does not wait for the look-up of others.
		expect(steps).toMatchObject(expected === responsible ? [{ method }] : [{ method }, asked]);
	});

	const people = {
		2: person('2', '102'),
		3: person('3', '103'),
		4: person('4', '10-4'),
		5: person('5', '105'),
		6: person('6'),
	};
	const route = (clients: unknown, ringAll: boolean) =>
		carryOut(
			'client route',
			{ phoneNumber: '+49', employees: { chosen: [{ employee: '2,3,3,4,5,6,9' }] }, ringAll },
			{
				[method]: clients,
				'user.get': ({ FILTER: { ID } }: { FILTER: { ID: number } }) =>
					Object.entries(people)
						.filter(([id]) => id === String(ID))
						.map(([, one]) => one),
			},
		).value;
	it.each<[string, object[], boolean, object]>([
		['one after the other', client({}), true, { EXTENSION: '102', RING_ORDER: '102/103&105' }],
		['one alone', client({}), false, { EXTENSION: '102', RING_ORDER: '102' }],
		['all of the group', [], true, { EXTENSION: '102', USER_ID: 2, REASON: 'fallback', RING_ORDER: '102&103&105' }],
		['the first of the group', [], false, { EXTENSION: '102', RING_ORDER: '102' }],
		[
			'the group, for one whom the order cannot name',
			client({ USER_PHONE_INNER: 'anna' }),
			true,
			{ EXTENSION: 'anna', RING_ORDER: '103&105' },
		],
	])('ring %s', (_name, clients, ringAll, expected) => {
		expect(route(clients, ringAll)).toMatchObject({ json: expected });
	});

	it('ring nobody', () => {
		expect(
			carryOut('client route', { phoneNumber: '+49', employees: {}, ringAll: true }, { [method]: [] }).value,
		).toMatchObject({ json: { ...nobody, RING_ORDER: null } });
	});
});
