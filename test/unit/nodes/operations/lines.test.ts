import { carryOutOn as carryOut } from '../../../support/converse';

describe('lines', () => {
	it('are added', () => {
		const method = 'telephony.externalLine.add';
		const { value, calls } = carryOut('line add', { number: '+1', autoCreate: false }, { [method]: { ID: '4' } });
		expect(calls).toEqual([[method, { NUMBER: '+1', NAME: '', CRM_AUTO_CREATE: 'N' }]]);
		expect(value).toEqual({ json: { ID: 4, NUMBER: '+1', NAME: '', CRM_AUTO_CREATE: false } });
		expect(carryOut('line add', { number: '+1', name: 'B' }, { [method]: { ID: 4 } }).value).toEqual({
			json: { ID: 4, NUMBER: '+1', NAME: 'B', CRM_AUTO_CREATE: true },
		});
		expect(carryOut('line add', { number: 'é'.repeat(25) }, { [method]: { ID: 4 } }).calls).toHaveLength(1);
		expect(() => carryOut('line add', { number: `${'é'.repeat(25)}1` })).toThrow(
			expect.objectContaining({
				message: 'Number is longer than 50 bytes',
				description: expect.stringMatching(/ on this item\. Bitrix24 would cut it\.$/) as string,
			}),
		);
	});

	it('are changed, in what was given only', () => {
		const method = 'telephony.externalLine.update';
		const sent = (updateFields: object) =>
			carryOut('line update', { line: '+1', updateFields }, { [method]: { ID: '4' } });
		expect(sent({ name: 'B' }).calls).toEqual([[method, { NUMBER: '+1', NAME: 'B', CRM_AUTO_CREATE: undefined }]]);
		expect(sent({ autoCreate: false }).calls).toEqual([
			[method, { NUMBER: '+1', NAME: undefined, CRM_AUTO_CREATE: 'N' }],
		]);
		expect(sent({ name: 'B' }).value).toEqual({ json: { NUMBER: '+1', UPDATED: true } });
		expect(() => sent({})).toThrow(
			expect.objectContaining({
				message: 'Nothing is to be changed',
				description: 'Add the field Name or Clicks Create Clients.',
			}),
		);
	});

	it('are deleted and listed', () => {
		const gone = carryOut('line delete', { line: '+1' }, { 'telephony.externalLine.delete': [] });
		expect([gone.value, gone.calls]).toEqual([
			{ json: { NUMBER: '+1', DELETED: true } },
			[['telephony.externalLine.delete', { NUMBER: '+1' }]],
		]);
		expect(
			carryOut(
				'line getMany',
				{},
				{
					'telephony.externalLine.get': [
						{ NUMBER: '+1', CRM_AUTO_CREATE: 'Y' },
						{ NUMBER: '+2', CRM_AUTO_CREATE: 'N' },
					],
				},
			).value,
		).toEqual([{ json: { NUMBER: '+1', CRM_AUTO_CREATE: true } }, { json: { NUMBER: '+2', CRM_AUTO_CREATE: false } }]);
	});
});
