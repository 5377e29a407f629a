import { ready } from '../../../nodes/Bitrix24TelephonyTrigger/ready';

const NAMED = { EMPLOYEE_NAME: 'Ben Carter', EMPLOYEE_EXTENSION: '102', CLIENT_NAME: 'Sarah Bennett' };

it.each([
	[{}, { LINE_NUMBER: '' }],
	[{ LINE_NUMBER: null, PORTAL_NUMBER: null }, { LINE_NUMBER: '', PORTAL_NUMBER: null }],
	[{ LINE_NUMBER: '7', ...NAMED }, { LINE_NUMBER: '7', ...NAMED }],
	[{ LINE_NUMBER: null, PORTAL_NUMBER: '+49 1' }, { LINE_NUMBER: '+49 1', PORTAL_NUMBER: '+49 1' }],
	[{ ...NAMED, CLIENT_NAME: null, LINE_NUMBER: '' }, { ...NAMED, CLIENT_NAME: '', LINE_NUMBER: '' }],
	[{ EMPLOYEE_NAME: null, EMPLOYEE_EXTENSION: null, CLIENT_NAME: null }, { EMPLOYEE_NAME: '', EMPLOYEE_EXTENSION: '', CLIENT_NAME: '', LINE_NUMBER: '' }],
])('of %j it makes %j', (item, expected) => {
	expect(ready(item)).toEqual(expected);
});

it.each([
	[{ event: 'ONEXTERNALCALLSTART', EMPLOYEE_NAME: 'Ben Carter', EMPLOYEE_EXTENSION: null }, 'Ben Carter has no extension in Bitrix24.'],
	[{ event: 'ONEXTERNALCALLSTART', EMPLOYEE_NAME: '', EMPLOYEE_EXTENSION: null, NOTE: 'Late.' }, 'Late. The employee has no extension in Bitrix24.'],
	[{ event: 'ONEXTERNALCALLSTART', EMPLOYEE_NAME: null, EMPLOYEE_EXTENSION: null, NOTE: 'Not connected' }, 'Not connected'],
	[{ event: 'ONVOXIMPLANTCALLEND', EMPLOYEE_NAME: 'Ben Carter', EMPLOYEE_EXTENSION: null }, undefined],
])('of %j the note is %j', (item, note) => {
	expect(ready(item).NOTE).toBe(note);
});
