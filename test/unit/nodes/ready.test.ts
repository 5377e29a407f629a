import { ready } from '../../../nodes/Bitrix24TelephonyTrigger/ready';

const DIGITS = { dialForm: 'digits', countryCode: '', nationalPrefix: '0', internationalPrefix: '00' } as const;
const NAMED = { EMPLOYEE_NAME: 'Ben Carter', EMPLOYEE_EXTENSION: '102', CLIENT_NAME: 'Sarah Bennett' };

it.each([
	[{}, { LINE_NUMBER: '' }],
	[
		{ LINE_NUMBER: null, PORTAL_NUMBER: null },
		{ LINE_NUMBER: '', PORTAL_NUMBER: null },
	],
	[
		{ LINE_NUMBER: '7', ...NAMED },
		{ LINE_NUMBER: '7', ...NAMED },
	],
	[{ PORTAL_NUMBER: 'REST_APP:2' }, { LINE_NUMBER: '', PORTAL_NUMBER: 'REST_APP:2' }],
	[
		{ LINE_NUMBER: null, PORTAL_NUMBER: '+49 1' },
		{ LINE_NUMBER: '+49 1', PORTAL_NUMBER: '+49 1' },
	],
	[
		{ ...NAMED, CLIENT_NAME: null, LINE_NUMBER: '' },
		{ ...NAMED, CLIENT_NAME: '', LINE_NUMBER: '' },
	],
	[
		{ EMPLOYEE_NAME: null, EMPLOYEE_EXTENSION: null, CLIENT_NAME: null },
		{ EMPLOYEE_NAME: '', EMPLOYEE_EXTENSION: '', CLIENT_NAME: '', LINE_NUMBER: '' },
	],
])('of %j it makes %j', (item, expected) => {
	expect(ready(item, DIGITS)).toEqual({ ...expected, DIAL_NUMBER: '' });
});

it.each([
	[
		{ event: 'ONEXTERNALCALLSTART', EMPLOYEE_NAME: 'Ben Carter', EMPLOYEE_EXTENSION: null },
		'Ben Carter has no extension in Bitrix24.',
	],
	[
		{ event: 'ONEXTERNALCALLSTART', EMPLOYEE_NAME: '', EMPLOYEE_EXTENSION: null, NOTE: 'Late.' },
		'Late. The employee has no extension in Bitrix24.',
	],
	[
		{ event: 'ONEXTERNALCALLSTART', EMPLOYEE_NAME: null, EMPLOYEE_EXTENSION: null, NOTE: 'Not connected' },
		'Not connected',
	],
	[{ event: 'ONVOXIMPLANTCALLEND', EMPLOYEE_NAME: 'Ben Carter', EMPLOYEE_EXTENSION: null }, undefined],
])('of %j the note is %j', (item, note) => {
	expect(ready(item, DIGITS).NOTE).toBe(note);
});

it.each([
	[{ PHONE_NUMBER: '040 123456', PHONE_NUMBER_INTERNATIONAL: '+4940123456' }, '4940123456', undefined],
	[{ PHONE_NUMBER: '102', PHONE_NUMBER_INTERNATIONAL: '102' }, '102', undefined],
	[
		{ PHONE_NUMBER: '*21*0170123456#', PHONE_NUMBER_INTERNATIONAL: null, event: 'ONEXTERNALCALLSTART' },
		'',
		'“*21*0170123456#” is a service code, so it is not dialled.',
	],
	[
		{ PHONE_NUMBER: '+4940123456;12', event: 'ONEXTERNALCALLBACKSTART' },
		'4940123456',
		'Only the number itself is dialled, without “;12”.',
	],
	[{ PHONE_NUMBER: 'anonymous', event: 'ONVOXIMPLANTCALLEND' }, '', undefined],
	[{}, '', undefined],
])('of %j it dials %j', (item, number, note) => {
	expect(ready(item, DIGITS)).toMatchObject({ DIAL_NUMBER: number });
	expect(ready(item, DIGITS).NOTE).toBe(note);
});

it('dials as the options say', () => {
	const german = { dialForm: 'national', countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' } as const;
	expect(ready({ PHONE_NUMBER: '+4940123456' }, german).DIAL_NUMBER).toBe('040123456');
});
