import type { Call } from '../../../../bitrix24/plan';
import { rowOfCall } from '../../../../nodes/Bitrix24Telephony/reports/running';

const CALL = { userId: 2, phoneNumber: '+4930111', start: '2026-03-11T10:00:00.000Z', duration: 42 };
const ROW = { CALL_DURATION: '42', PHONE_NUMBER: '4930111', CALL_START_DATE: '2026-03-11T11:00:10+01:00' };

/** What of the history is taken for the call. */
function found(...rows: object[]): unknown {
	const conversation = rowOfCall(CALL);
	conversation.next();
	return conversation.next([rows]).value;
}

it('asks for the calls of the employee from a minute before on, the earliest first', () => {
	const [call] = (rowOfCall(CALL).next().value ?? []) as Call[];
	expect([call?.method, call?.parameters]).toEqual([
		'voximplant.statistic.get',
		expect.objectContaining({
			FILTER: { PORTAL_USER_ID: 2, '>=CALL_START_DATE': '2026-03-11T09:59:00.000Z' },
			SORT: 'CALL_START_DATE',
			ORDER: 'ASC',
		}),
	]);
});

it('takes the first with its number, duration and start', () => {
	const first = { ...ROW, ID: 1 };
	expect(found({ ...ROW, CALL_DURATION: '41' }, first, { ...ROW, ID: 2 })).toBe(first);
	expect(found({ ...ROW, CALL_START_DATE: '2026-03-11T10:01:00Z' })).toBeDefined();
	expect(found({ ...ROW, PHONE_NUMBER: '+49 30 111' })).toBeDefined();
});

it.each([
	['duration', { CALL_DURATION: '43' }],
	['duration', { CALL_DURATION: undefined }],
	['number', { PHONE_NUMBER: '+4930112' }],
	['number', { PHONE_NUMBER: null }],
	['start', { CALL_START_DATE: '2026-03-11T10:01:01Z' }],
	['start', { CALL_START_DATE: undefined }],
])('takes none with another %s (%j)', (_what, other) => {
	expect(found({ ...ROW, ...other })).toBeUndefined();
	expect(found()).toBeUndefined();
});
