import { boundTo, entityType, setActivityResponsible, setResponsible } from '../../../../bitrix24/methods/crm';

it('hands over a client', () => {
	const call = setResponsible({ type: 'DEAL', id: 351 }, 6);
	expect(call).toMatchObject({
		method: 'crm.item.update',
		parameters: { entityTypeId: 2, id: 351, fields: { assignedById: 6 } },
		effect: 'repeatable',
	});
	expect(call.decode({ item: { id: 351, assignedById: 6 } })).toMatchObject({ id: 351 });
	expect(() => call.decode({ item: {} })).toThrow('an object without id');
	expect(() => call.decode(true)).toThrow('a boolean in place of an object');
});

it('hands over an activity', () => {
	const call = setActivityResponsible(999, 1);
	expect(call).toMatchObject({
		method: 'crm.activity.update',
		parameters: { id: 999, fields: { RESPONSIBLE_ID: 1 } },
		effect: 'repeatable',
	});
	expect(call.decode(true)).toBe(true);
	expect(() => call.decode(false)).toThrow('in place of yes');
});

it('reads what an activity is bound to, as far as telephony knows it', () => {
	const { decode, effect } = boundTo(999);
	expect(effect).toBe('read');
	const rows = [
		{ entityTypeId: 1, entityId: 123 },
		{ entityTypeId: 2, entityId: '456' },
		{ entityTypeId: 128, entityId: 7 },
		{ entityTypeId: 3, entityId: 789 },
	];
	expect(decode(rows)).toEqual([
		{ type: 'LEAD', id: 123 },
		{ type: 'DEAL', id: 456 },
		{ type: 'CONTACT', id: 789 },
	]);
});

const NAMES: [string | null, string | undefined][] = [
	['LEAD', 'LEAD'],
	['COMPANY', 'COMPANY'],
	['', undefined],
	['toString', undefined],
	[null, undefined],
	['contact', undefined],
];
it.each(NAMES)('knows the type %j', (name, expected) => {
	expect(entityType(name)).toBe(expected);
});
