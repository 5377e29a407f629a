import { asFinished, history, rowsWith, rowWith } from '../../../../bitrix24/methods/history';

const ROW = {
	ID: '3',
	PORTAL_USER_ID: '7',
	CALL_DURATION: '0',
	CALL_VOTE: '',
	COST: '1.5',
	CRM_ACTIVITY_ID: null,
	CRM_ENTITY_ID: 'x',
	RECORD_FILE_ID: '12',
	TRANSCRIPT_ID: '4',
	CALL_ID: 'c',
	CALL_TYPE: '2',
	CALL_FAILED_CODE: '304',
};

it('asks for rows', () => {
	expect(history({ CALL_ID: 'c' }, { start: 50 })).toMatchObject({
		method: 'voximplant.statistic.get',
		parameters: { FILTER: { CALL_ID: 'c' }, start: 50 },
		effect: 'read',
	});
	expect(history({}).parameters).toEqual({ FILTER: {} });
	expect(history({}).decode([{ ID: '1' }])).toEqual([{ ID: '1' }]);
});

it('takes a row by its own id', () => {
	const rows = [{ CALL_ID: 'a', EXTERNAL_CALL_ID: 'x' }, { CALL_ID: 'b', EXTERNAL_CALL_ID: 'x' }, { CALL_ID: null }];
	expect(rowWith('CALL_ID', 'b')(rows)).toBe(rows[1]);
	expect(rowWith('EXTERNAL_CALL_ID', 'x')(rows)).toBe(rows[0]);
	expect(rowWith('CALL_ID', 'null')(rows)).toBeUndefined();
	expect(rowsWith(rows, 'EXTERNAL_CALL_ID', 'x')).toEqual(rows.slice(0, 2));
});

it('says a row in the words of finish', () => {
	expect(asFinished(ROW)).toEqual({
		ID: 3,
		PORTAL_USER_ID: 7,
		CALL_DURATION: 0,
		CALL_VOTE: null,
		COST: 1.5,
		CRM_ACTIVITY_ID: null,
		CRM_ENTITY_ID: null,
		RECORD_FILE_ID: 12,
		TRANSCRIPT_ID: 4,
		CALL_ID: 'c',
		INCOMING: '2',
		CALL_STATUS: 0,
		CALL_FAILED_CODE: '304',
	});
	expect(asFinished({ CALL_ID: 'c', CALL_DURATION: '1' })).toMatchObject({
		CALL_STATUS: 1,
		INCOMING: null,
		CALL_DURATION: 1,
		COST: null,
	});
});
