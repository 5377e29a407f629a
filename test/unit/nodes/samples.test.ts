import { events } from '../../../nodes/Bitrix24TelephonyTrigger/events';
import { isSample, sampleOf } from '../../../nodes/Bitrix24TelephonyTrigger/samples';

const ALL = { employees: [], lines: [], lookUpNames: true };

describe('a sample', () => {
	it.each(events.map(({ code, fields }) => [code, Object.keys(fields)]))('of %s has every field', (code, fields) => {
		const sample = sampleOf(code, ALL);
		expect(Object.keys(sample)).toEqual(expect.arrayContaining(fields));
		expect(isSample(sample)).toBe(true);
		expect(sample).toMatchObject({ EMPLOYEE_NAME: 'Sample Employee', EMPLOYEE_EXTENSION: '0000' });
	});

	it.each(['USER_ID', 'PORTAL_USER_ID'])('passes the filters (%s)', (name) => {
		const code = name === 'USER_ID' ? 'ONEXTERNALCALLSTART' : 'ONVOXIMPLANTCALLEND';
		const sample = sampleOf(code, { ...ALL, employees: [3, 4], lines: ['+491'] });
		expect([sample[name], sample.LINE_NUMBER ?? sample.PORTAL_NUMBER]).toEqual(['3', '+491']);
	});

	it('has no names where none are looked up', () => {
		expect(sampleOf('ONVOXIMPLANTCALLSTART', { ...ALL, lookUpNames: false })).not.toHaveProperty('EMPLOYEE_NAME');
	});

	it('is told from an event', () => {
		expect(isSample({ CALL_ID: 'externalCall.1' })).toBe(false);
	});
});
