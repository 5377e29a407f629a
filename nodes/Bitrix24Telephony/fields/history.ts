import type { IDataObject } from 'n8n-workflow';
import type { HistoryRow } from '../../../bitrix24/methods/history';
import type { OutputFields } from '../../common/outputSchema';

const NUMBERS = [
	'ID',
	'PORTAL_USER_ID',
	'CALL_DURATION',
	'CALL_VOTE',
	'COST',
	'CRM_ENTITY_ID',
	'CRM_ACTIVITY_ID',
	'TRANSCRIPT_ID',
	'RECORD_FILE_ID',
	'RECORD_DURATION',
	'CALL_TYPE',
];
const TEXTS = [
	'CALL_ID',
	'EXTERNAL_CALL_ID',
	'PHONE_NUMBER',
	'PORTAL_NUMBER',
	'CALL_START_DATE',
	'CALL_FAILED_CODE',
	'CALL_FAILED_REASON',
	'COST_CURRENCY',
	'CRM_ENTITY_TYPE',
	'CALL_RECORD_URL',
	'COMMENT',
];

/**
 * Turns a row of `voximplant.statistic.get`, where everything is text, into an item with numbers as numbers.
 *
 * @returns the fields that matter, absent and empty ones as null, and DIRECTION in words.
 */
export function simplified(row: HistoryRow): IDataObject {
	const incoming = ['2', '3'].includes(String(row.CALL_TYPE));
	return {
		...Object.fromEntries(TEXTS.map((name) => [name, row[name] || null])),
		...Object.fromEntries(
			NUMBERS.map((name) => [
				name,
				row[name] === undefined || row[name] === null || row[name] === '' ? null : Number(row[name]),
			]),
		),
		DIRECTION: incoming ? 'incoming' : 'outgoing',
	};
}

/** Types of {@link simplified}. */
export const HISTORY_ROW: OutputFields = {
	...Object.fromEntries(TEXTS.map((name) => [name, 'string?' as const])),
	...Object.fromEntries(NUMBERS.map((name) => [name, 'number?' as const])),
	DIRECTION: 'string',
};
