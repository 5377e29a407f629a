import { carryOutOn as carryOut } from '../../../support/converse';
import { BEN, EXTENSION } from './people';

describe('the history', () => {
	const ROW = {
		ID: '9',
		CALL_ID: 'a',
		EXTERNAL_CALL_ID: 'x',
		CALL_TYPE: '2',
		CALL_DURATION: '12',
		COST: '',
		CALL_VOTE: null,
		PHONE_NUMBER: '+49',
		COMMENT: '',
		CRM_ENTITY_ID: '0',
	};
	const method = 'voximplant.statistic.get';

	it('gives numbers as numbers, and null for nothing', () => {
		const { value, calls } = carryOut('call get', { callId: 'a' }, { [method]: [ROW] });
		expect(calls).toEqual([[method, { FILTER: { CALL_ID: 'a' } }]]);
		expect(value).toEqual({
			json: {
				CALL_ID: 'a',
				EXTERNAL_CALL_ID: 'x',
				PHONE_NUMBER: '+49',
				PORTAL_NUMBER: null,
				CALL_START_DATE: null,
				CALL_FAILED_CODE: null,
				CALL_FAILED_REASON: null,
				COST_CURRENCY: null,
				CRM_ENTITY_TYPE: null,
				CALL_RECORD_URL: null,
				COMMENT: null,
				ID: 9,
				PORTAL_USER_ID: null,
				CALL_DURATION: 12,
				CALL_VOTE: null,
				COST: null,
				CRM_ENTITY_ID: 0,
				CRM_ACTIVITY_ID: null,
				TRANSCRIPT_ID: null,
				RECORD_FILE_ID: null,
				RECORD_DURATION: null,
				CALL_TYPE: 2,
				DIRECTION: 'incoming',
			},
		});
	});

	it.each([
		['1', 'outgoing'],
		['2', 'incoming'],
		['3', 'incoming'],
		['4', 'outgoing'],
		[3, 'incoming'],
	])('a call of type %j is %s', (CALL_TYPE, DIRECTION) => {
		expect(carryOut('call get', { callId: 'a' }, { [method]: [{ ...ROW, CALL_TYPE }] }).value).toMatchObject({
			json: { DIRECTION },
		});
	});

	it('finds by the external id, raw where that is wanted', () => {
		const { value, calls } = carryOut(
			'call get',
			{ findBy: 'EXTERNAL_CALL_ID', externalCallId: 'x', simplify: false },
			{ [method]: [{ ...ROW, EXTERNAL_CALL_ID: 'y' }, ROW] },
		);
		expect(value).toEqual({ json: ROW });
		expect(calls).toEqual([[method, { FILTER: { EXTERNAL_CALL_ID: 'x' } }]]);
		expect(() => carryOut('call get', { findBy: 'EXTERNAL_CALL_ID' })).toThrow();
	});

	it('takes no other call for it', () => {
		expect(carryOut('call get', { callId: 'a' }, { [method]: [{ ...ROW, CALL_ID: 'b' }] }).value).toEqual({
			refused: 'This call is not in the history',
			hint: 'A call comes into the history when it is finished. The employee who connected the credential sees only the calls that the telephony rights allow.',
		});
	});

	it('is filtered and sorted as asked', () => {
		const filters = {
			from: '2026-03-01',
			until: '2026-03-02',
			line: '+1',
			statusCode: '304',
			externalCallId: 'x',
			phoneNumber: '+49 30',
			type: [2, 3],
			answered: true,
			employee: EXTENSION,
		};
		const { value, calls } = carryOut(
			'call getMany',
			{ returnAll: false, limit: 5, filters, sort: 'CALL_START_DATE ASC', simplify: false },
			{ 'user.get': [BEN], [method]: [ROW] },
		);
		expect(value).toEqual([{ json: ROW }]);
		expect(calls).toEqual([
			['user.get', expect.anything()],
			[
				method,
				{
					FILTER: {
						'>=CALL_START_DATE': '2026-03-01T00:00:00+01:00',
						'<CALL_START_DATE': '2026-03-02T00:00:00+01:00',
						PORTAL_NUMBER: '+1',
						CALL_FAILED_CODE: '304',
						EXTERNAL_CALL_ID: 'x',
						'%PHONE_NUMBER': '4930',
						CALL_TYPE: [2, 3],
						'>CALL_DURATION': 0,
						PORTAL_USER_ID: 2,
					},
					SORT: 'CALL_START_DATE',
					ORDER: 'ASC',
				},
			],
		]);
	});

	it.each<[object, object]>([
		[{ answered: false }, { CALL_DURATION: 0 }],
		[{}, {}],
		[{ employee: 3 }, { PORTAL_USER_ID: 3 }],
	])('is asked with %j', (filters, expected) => {
		const { value, calls } = carryOut('call getMany', { filters }, { [method]: [ROW] });
		expect(calls).toEqual([[method, { FILTER: expect.anything() as object, SORT: 'CALL_START_DATE', ORDER: 'DESC' }]]);
		const filter = Object.entries(calls[0]?.[1].FILTER ?? {}).filter(([, one]) => one !== undefined);
		expect(Object.fromEntries(filter)).toEqual(expected);
		expect(value).toMatchObject([{ json: { CALL_DURATION: 12 } }]);
	});

	it('of an employee that there is not is not asked for', () => {
		expect(carryOut('call getMany', { filters: { employee: EXTENSION } }, { 'user.get': [] })).toMatchObject({
			value: { refused: 'No active employee has the extension 102' },
			calls: [['user.get', {}]],
		});
	});
});
