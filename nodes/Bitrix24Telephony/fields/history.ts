import type { IDataObject } from 'n8n-workflow';
import type { HistoryRow } from '../../../bitrix24/methods/history';
import type { OutputFields } from '../../common/outputSchema';
import type { Field } from './field';
import { flag } from './kinds';

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
function detailed(row: HistoryRow): IDataObject {
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

/** Types of a row in nodes of before. */
export const DETAILED_ROW: OutputFields = {
	...Object.fromEntries(TEXTS.map((name) => [name, 'string?' as const])),
	...Object.fromEntries(NUMBERS.map((name) => [name, 'number?' as const])),
	DIRECTION: 'string',
};

/** What is read most of a row, the best first: ten columns at most, as n8n wants them of *Simplify* (UX guidelines). */
export const SIMPLE_ROW: OutputFields = {
	CALL_START_DATE: 'string?',
	DIRECTION: 'string',
	PHONE_NUMBER: 'string?',
	PORTAL_USER_ID: 'number?',
	CALL_DURATION: 'number?',
	CALL_FAILED_CODE: 'string?',
	CALL_ID: 'string?',
	CRM_ENTITY_TYPE: 'string?',
	CRM_ENTITY_ID: 'number?',
	RECORD_FILE_ID: 'number?',
};

function simplified(row: HistoryRow): IDataObject {
	const all = detailed(row);
	return Object.fromEntries(Object.keys(SIMPLE_ROW).map((name) => [name, all[name]]));
}

/** How rows of the history are shown: as the portal writes them, simplified, or as nodes of before simplify them. */
export type RowShape = 'raw' | 'simple' | 'detailed';

const SHAPES: Record<RowShape, (row: HistoryRow) => IDataObject> = { raw: (row) => row, simple: simplified, detailed };

/** A row as the user wants it. */
export function shownRow(row: HistoryRow, shape: RowShape): IDataObject {
	return SHAPES[shape](row);
}

const simplify = flag({
	displayName: 'Simplify',
	name: 'simplify',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

/** The switch *Simplify*. */
export const rowShape: Field<'shape', RowShape> = {
	name: 'shape',
	properties: [simplify.property],
	read: (reader) => (simplify.read(reader) ? (reader.isOfBefore ? 'detailed' : 'simple') : 'raw'),
};
