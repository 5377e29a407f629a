import { RestError, TelephonyError, wordedError } from '../../errors';
import { DATE_OBJECT, type Wire } from '../../php/json';
import { toInt } from '../../php/values';
import type { HistoryRow } from '../../state/model';
import { finishCall } from '../../telephony/finish';
import { liveCall } from '../../telephony/liveCalls';
import { fetchRecording } from '../../telephony/recordings';
import { cast, method } from '../method';
import { namedEmployee, requireActive } from './employee';

/** telephony.externalCall.finish [DS telephony-external-call-finish.md; S vi_rest.php, helper.php] */
export const finish = method({
	name: 'telephony.externalCall.finish',
	scopes: ['telephony'],
	context: 'docsApplication',
	keys: 'exact',
	params: {
		CALL_ID: cast.raw,
		USER_ID: cast.int,
		USER_PHONE_INNER: cast.text,
		DURATION: cast.int,
		COST: cast.float,
		COST_CURRENCY: cast.text,
		STATUS_CODE: cast.text,
		FAILED_REASON: cast.text,
		RECORD_URL: cast.text,
		VOTE: cast.raw,
		ADD_TO_CHAT: cast.raw,
	},
	run({ core, caller, params, connector }) {
		const userId = namedEmployee(core, params);
		if (typeof params.CALL_ID !== 'string') throw new RestError(400, 'INVALID_ARGUMENT', 'CALL_ID must be a string');
		const call = liveCall(core, params.CALL_ID);
		if (!call) throw wordedError('finishNotFound', core.switches);
		requireActive(core, userId);
		if (core.state.settings.historyBroken) throw new TelephonyError('Unexpected database error');

		const chatDefault = call.addToChat ?? core.switches.finishAddToChatDefault === 'on';
		const row = finishCall(core, call, {
			userId,
			duration: params.DURATION,
			cost: params.COST,
			costCurrency: params.COST_CURRENCY,
			statusCode: params.STATUS_CODE !== '' ? params.STATUS_CODE : params.DURATION > 0 ? '200' : '304',
			failedReason: params.FAILED_REASON,
			vote: params.VOTE === undefined ? null : toInt(params.VOTE),
			addToChat:
				params.ADD_TO_CHAT === undefined || params.ADD_TO_CHAT === null ? chatDefault : cast.bool(params.ADD_TO_CHAT),
			hops: caller.token?.hops ?? 0,
			connector,
		});
		if (params.RECORD_URL !== '')
			attachInBackground(params.RECORD_URL, row, (url) => core.background(fetchRecording(core, row, url, '')));
		return finishAnswer(row);
	},
});

/**
 * The call is already saved when a bad address is noticed. Bytes that are no UTF-8 were read as U+FFFD. [S vi_rest.php]
 */
function attachInBackground(url: string, row: HistoryRow, start: (url: string) => void): void {
	if (url.includes('\uFFFD')) throw new TelephonyError('RECORD_URL contains invalid symbols for UTF-8 encoding');
	row.recordUrl = url;
	start(url);
}

function finishAnswer(row: HistoryRow): Wire {
	return {
		CALL_ID: row.callId,
		EXTERNAL_CALL_ID: row.externalCallId,
		PORTAL_USER_ID: row.userId,
		PHONE_NUMBER: row.phoneNumber,
		PORTAL_NUMBER: row.portalNumber,
		INCOMING: String(row.type),
		CALL_DURATION: row.duration,
		CALL_START_DATE: DATE_OBJECT,
		CALL_STATUS: row.duration > 0 ? 1 : 0,
		CALL_VOTE: row.vote,
		COST: row.cost,
		COST_CURRENCY: row.costCurrency,
		CALL_FAILED_CODE: row.failedCode,
		CALL_FAILED_REASON: row.failedReason,
		REST_APP_ID: row.applicationId === null ? null : String(row.applicationId),
		REST_APP_NAME: row.applicationName,
		CRM_ACTIVITY_ID: row.crmActivityId,
		COMMENT: row.comment,
		CRM_ENTITY_TYPE: row.crmEntityType ?? undefined,
		CRM_ENTITY_ID: row.crmEntityType === null ? undefined : row.crmEntityId,
		ERRORS: row.crmActivityId === null ? { ACTIVITY_CREATION: 'The call has no CRM bindings' } : undefined,
		ID: row.id,
	};
}
