import assert from 'node:assert/strict';
import type { HistoryRow } from '../../../../sandbox/portal';
import { assertReply, type Bench, type Chapter } from '../bench';

const STATISTIC = 'voximplant.statistic.get';

/** Three calls that differ in every field that filters look at. */
async function threeCalls(bench: Bench): Promise<void> {
	const call = { SHOW: 0, CALL_START_DATE: '2026-01-01T10:00:00+01:00' };
	await bench.finished(
		{ ...call, PHONE_NUMBER: '+494066969441', TYPE: 1 },
		{ DURATION: 10, STATUS_CODE: '200', COST: 0.5, COST_CURRENCY: 'EUR', VOTE: 3 },
	);
	await bench.finished(
		{ ...call, CALL_START_DATE: '2026-02-01T10:00:00+01:00', PHONE_NUMBER: '+442079460111', TYPE: 2 },
		{ USER_ID: 2, DURATION: 20, STATUS_CODE: '486' },
	);
	await bench.finished(
		{ ...call, CALL_START_DATE: '2026-03-01T10:00:00+01:00', PHONE_NUMBER: '+12025550199', TYPE: 2 },
		{ USER_ID: 3, DURATION: 0, STATUS_CODE: '304' },
	);
}

const ids = async (bench: Bench, parameters: Record<string, unknown>): Promise<string[]> =>
	(await bench.ok<{ ID: string }[]>(STATISTIC, parameters)).map((row) => row.ID);

/** voximplant.statistic.get */
export const statisticChapter: Chapter = {
	valid: async (bench) => {
		await bench.finished();
		return { FILTER: { CALL_TYPE: 2 }, SORT: 'ID', ORDER: 'ASC' };
	},
	stages: {
		1: async (bench) => {
			await bench.exampleStage('finished');
			await bench.ok('telephony.externalCall.attachRecord', {
				CALL_ID: bench.exampleCall,
				FILENAME: 'a.mp3',
				FILE_CONTENT: 'AAAA',
			});
			bench.portal.control.setSwitch('callLogInStatistic', 'present');
			bench.portal.state.history.forEach((row) => {
				row.id = 7;
			});
		},
	},
	triggers: { 'Access denied!': (bench) => bench.call(STATISTIC, {}, { token: bench.tokenOf(5) }) },
	fill: async (bench) => {
		const model = bench.row(await bench.finished());
		for (let id = 2; id <= 120; id += 1) bench.portal.state.history.push({ ...model, id } as HistoryRow);
		return 120;
	},
	proofs: {
		'param:FILTER': async (bench) => {
			await threeCalls(bench);
			const cases: [Record<string, unknown>, string[]][] = [
				[{ CALL_DURATION: 10 }, ['1']],
				[{ '=CALL_FAILED_CODE': '486' }, ['2']],
				[{ '!CALL_FAILED_CODE': '486' }, ['1', '3']],
				[{ '!=CALL_TYPE': 2 }, ['1']],
				[{ '<CALL_DURATION': 20 }, ['1', '3']],
				[{ '<=CALL_DURATION': '20' }, ['1', '2', '3']],
				[{ '>CALL_DURATION': 10 }, ['2']],
				[{ '>=CALL_DURATION': 10 }, ['1', '2']],
				[{ '><CALL_DURATION': [5, 15] }, ['1']],
				[{ '!><CALL_DURATION': [5, 15] }, ['2', '3']],
				[{ '?PHONE_NUMBER': '4420' }, ['2']],
				[{ '%PHONE_NUMBER': '0111' }, ['2']],
				[{ '!%PHONE_NUMBER': '0111' }, ['1', '3']],
				[{ ID: [1, 3] }, ['1', '3']],
				[{ CALL_TYPE: 1 }, ['1']],
				[{ '>=CALL_START_DATE': '2026-02-01T09:00:00Z' }, ['2', '3']],
				[{ '<CALL_START_DATE': '2026-02-01T10:00:00+01:00' }, ['1']],
				[{ '~CALL_DURATION': 10 }, ['1', '2', '3']],
				[{ NO_SUCH_FIELD: 1 }, ['1', '2', '3']],
				[{ PORTAL_USER_ID: '2' }, ['2']],
				[{ CRM_ENTITY_TYPE: 'CONTACT', '>ID': 1 }, ['2']],
			];
			for (const [filter, expected] of cases)
				assert.deepEqual(await ids(bench, { FILTER: filter }), expected, JSON.stringify(filter));
			assert.deepEqual(await ids(bench, { filter: { call_type: 1 } }), ['1']);
		},
		'param:FILTER.CRM_BINDINGS.ENTITY_TYPE / ENTITY_ID': async (bench) => {
			await threeCalls(bench);
			assert.deepEqual(
				await ids(bench, { FILTER: { 'CRM_BINDINGS.ENTITY_TYPE': 'CONTACT', 'CRM_BINDINGS.ENTITY_ID': 3 } }),
				['2'],
			);
			assert.deepEqual(await ids(bench, { FILTER: { CRM_BINDINGS: { ENTITY_TYPE: 'CONTACT' } } }), ['1', '2']);
		},
		result: async (bench) => {
			await threeCalls(bench);
			const [row] = await bench.ok<Record<string, unknown>[]>(STATISTIC, { FILTER: { ID: 1 } });
			assert.deepEqual(
				{ ...row, CALL_ID: '' },
				{
					ID: '1',
					PORTAL_USER_ID: '1',
					PORTAL_NUMBER: 'REST_APP:3',
					PHONE_NUMBER: '+494066969441',
					CALL_ID: '',
					EXTERNAL_CALL_ID: null,
					CALL_CATEGORY: 'external',
					CALL_DURATION: '10',
					CALL_START_DATE: '2026-01-01T10:00:00+01:00',
					CALL_RECORD_URL: null,
					CALL_VOTE: '3',
					COST: '0.5000',
					COST_CURRENCY: 'EUR',
					CALL_FAILED_CODE: '200',
					CALL_FAILED_REASON: '',
					CRM_ENTITY_TYPE: 'CONTACT',
					CRM_ENTITY_ID: '1',
					CRM_ACTIVITY_ID: '7943',
					REST_APP_ID: '3',
					REST_APP_NAME: 'PBX connector',
					TRANSCRIPT_ID: null,
					TRANSCRIPT_PENDING: 'N',
					SESSION_ID: null,
					REDIAL_ATTEMPT: null,
					COMMENT: null,
					RECORD_DURATION: null,
					RECORD_FILE_ID: null,
					CALL_TYPE: '1',
				},
			);
		},
		'param:SORT': async (bench) => {
			await threeCalls(bench);
			assert.deepEqual(await ids(bench, { SORT: 'CALL_DURATION' }), ['3', '1', '2']);
			assert.deepEqual(await ids(bench, { SORT: 'CALL_TYPE', ORDER: 'DESC' }), ['3', '2', '1']);
		},
		'param:ORDER': async (bench) => {
			await threeCalls(bench);
			assert.deepEqual(await ids(bench, { SORT: 'ID', ORDER: 'desc' }), ['3', '2', '1']);
		},
		'enum:ORDER': async (bench) => {
			await threeCalls(bench);
			assert.deepEqual(await ids(bench, { SORT: 'ID', ORDER: 'ASC' }), ['1', '2', '3']);
			assert.deepEqual(await ids(bench, { SORT: 'ID', ORDER: 'DESC' }), ['3', '2', '1']);
		},
		'param:start': async (bench) => {
			await threeCalls(bench);
			assert.deepEqual(await ids(bench, { start: 2 }), ['3']);
			assertReply(await bench.call(STATISTIC, { start: -1 }), 200, {});
		},
		'default:start': async (bench) => {
			await threeCalls(bench);
			const { body } = await bench.call(STATISTIC);
			assert.deepEqual([(body.result as unknown[]).length, body.total, body.next], [3, 3, undefined]);
		},
		permission: async (bench) => {
			await threeCalls(bench);
			assert.equal((await bench.call(STATISTIC, {}, { token: bench.tokenOf(5) })).status, 403);
			const { body } = await bench.call(STATISTIC, {}, { token: bench.tokenOf(2) });
			assert.deepEqual(
				(body.result as { ID: string }[]).map((row) => row.ID),
				['2'],
			);
		},
	},
};
