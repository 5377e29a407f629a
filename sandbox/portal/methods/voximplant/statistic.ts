import type { Core } from '../../core';
import { accessDenied } from '../../errors';
import { isoDate } from '../../php/dates';
import type { Wire } from '../../php/json';
import { entries, isMap, toInt, toText, type PhpValue } from '../../php/values';
import { parseDate } from '../../php/dates';
import type { HistoryRow } from '../../state/model';
import { filterRows, sortRows, type FieldValue } from '../filter';
import { cast, method } from '../method';
import { page } from '../paging';

/**
 * voximplant.statistic.get: the history of calls; all values are text. [DS voximplant-statistic-get.md; S vi_rest.php]
 */
export const statisticGet = method({
	name: 'voximplant.statistic.get',
	scopes: ['telephony'],
	context: 'any',
	keys: 'upper',
	params: { FILTER: cast.raw, SORT: cast.text, ORDER: cast.text },
	run({ core, caller, params, start }) {
		const { callDetail } = caller.employee.rights;
		if (callDetail === 'none') throw accessDenied();
		const seen = core.state.history.filter((row) => callDetail === 'all' || row.userId === caller.employee.id);
		const bound = byBinding(seen, params.FILTER);
		const rows = filterRows(bound, withTimes(core, params.FILTER), field);
		const sort = params.SORT === '' || params.SORT.toUpperCase() === 'CALL_TYPE' ? 'ID' : params.SORT;
		return page(sortRows(rows, sort, params.ORDER, field), start, (row) => show(core, row));
	},
});

/** Filter by any bound client: CRM_BINDINGS.ENTITY_TYPE and .ENTITY_ID. [S] */
function byBinding(rows: readonly HistoryRow[], filter: PhpValue | undefined): HistoryRow[] {
	const wished = new Map<string, PhpValue>();
	for (const [key, value] of entries(filter)) {
		const name = /CRM_BINDINGS\.(ENTITY_TYPE|ENTITY_ID)$/i.exec(key)?.[1];
		if (name !== undefined) wished.set(name.toUpperCase(), value);
		if (key.toUpperCase() === 'CRM_BINDINGS' && isMap(value))
			for (const [inner, wanted] of entries(value)) wished.set(inner.toUpperCase(), wanted);
	}
	if (wished.size === 0) return [...rows];
	const [type, id] = [wished.get('ENTITY_TYPE'), wished.get('ENTITY_ID')];
	return rows.filter((row) =>
		row.bindings.some(
			(binding) =>
				(type === undefined || binding.ENTITY_TYPE === toText(type)) &&
				(id === undefined || binding.ENTITY_ID === toInt(id)),
		),
	);
}

/** Dates of the filter are compared as times, whatever their offset. */
function withTimes(core: Core, filter: PhpValue | undefined): PhpValue | undefined {
	if (!isMap(filter)) return undefined;
	const asTime = (value: PhpValue): PhpValue =>
		typeof value === 'object' && value !== null
			? entries(value).map(([, one]) => asTime(one))
			: (parseDate(toText(value), core.state.settings.timeZone, core.clock.now()) ?? value);
	return Object.fromEntries(
		entries(filter).map(([key, value]) => [key, /CALL_START_DATE$/i.test(key) ? asTime(value) : value]),
	);
}

/** CALL_TYPE stands for the stored INCOMING. */
function field(row: HistoryRow, name: string): FieldValue | undefined {
	const fields: Record<string, FieldValue> = {
		ID: row.id,
		PORTAL_USER_ID: row.userId,
		PORTAL_NUMBER: row.portalNumber,
		PHONE_NUMBER: row.phoneNumber,
		CALL_ID: row.callId,
		EXTERNAL_CALL_ID: row.externalCallId,
		CALL_CATEGORY: 'external',
		CALL_DURATION: row.duration,
		CALL_START_DATE: Math.floor(row.startDate / 1000) * 1000,
		CALL_VOTE: row.vote,
		COST: row.cost,
		COST_CURRENCY: row.costCurrency,
		CALL_FAILED_CODE: row.failedCode,
		CALL_FAILED_REASON: row.failedReason,
		CRM_ENTITY_TYPE: row.crmEntityType,
		CRM_ENTITY_ID: row.crmEntityId,
		CRM_ACTIVITY_ID: row.crmActivityId,
		REST_APP_ID: row.applicationId,
		REST_APP_NAME: row.applicationName,
		TRANSCRIPT_ID: row.transcriptId,
		TRANSCRIPT_PENDING: 'N',
		SESSION_ID: null,
		REDIAL_ATTEMPT: null,
		COMMENT: row.comment,
		RECORD_DURATION: null,
		CALL_TYPE: row.type,
		INCOMING: row.type,
		CALL_RECORD_URL: row.recordUrl,
		RECORD_FILE_ID: row.recordFileId,
	};
	return fields[name];
}

const text = (value: string | number | null): string | null => (value === null ? null : String(value));

function show(core: Core, row: HistoryRow): Wire {
	return {
		ID: text(row.id),
		PORTAL_USER_ID: text(row.userId),
		PORTAL_NUMBER: row.portalNumber,
		PHONE_NUMBER: row.phoneNumber,
		CALL_ID: row.callId,
		EXTERNAL_CALL_ID: row.externalCallId,
		CALL_CATEGORY: 'external',
		CALL_LOG: core.switches.callLogInStatistic === 'present' ? null : undefined,
		CALL_DURATION: text(row.duration),
		CALL_START_DATE: isoDate(row.startDate, core.state.settings.timeZone),
		CALL_RECORD_URL: row.recordUrl,
		CALL_VOTE: text(row.vote),
		COST: row.cost.toFixed(4),
		COST_CURRENCY: row.costCurrency,
		CALL_FAILED_CODE: row.failedCode,
		CALL_FAILED_REASON: row.failedReason,
		CRM_ENTITY_TYPE: row.crmEntityType,
		CRM_ENTITY_ID: text(row.crmEntityId),
		CRM_ACTIVITY_ID: text(row.crmActivityId),
		REST_APP_ID: text(row.applicationId),
		REST_APP_NAME: row.applicationName,
		TRANSCRIPT_ID: text(row.transcriptId),
		TRANSCRIPT_PENDING: 'N',
		SESSION_ID: null,
		REDIAL_ATTEMPT: null,
		COMMENT: row.comment,
		RECORD_DURATION: null,
		RECORD_FILE_ID: row.recordFileId,
		CALL_TYPE: text(row.type),
	};
}
