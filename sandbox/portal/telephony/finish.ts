import type { Core } from '../core';
import { isoDate } from '../php/dates';
import { nextId } from '../state/ids';
import type { HistoryRow, LiveCall } from '../state/model';
import { closeCards } from './cards';

/** What is known of a call when it ends. */
export interface Ending {
	userId: number;
	/** Seconds. */
	duration: number;
	cost: number;
	costCurrency: string;
	statusCode: string;
	failedReason: string;
	vote: number | null;
	addToChat: boolean;
	hops: number;
	connector: string;
}

/**
 * Ends a call: writes its row of the history, adds a CRM activity if it has a client, makes the employee responsible
 * for what this call created, keeps the missed-call marks, closes that one employee's card, deletes the live call and
 * sends ONVOXIMPLANTCALLEND. [S helper::finishExternalCall]
 */
export function finishCall(core: Core, call: LiveCall, ending: Ending): HistoryRow {
	const { state } = core;
	const row = historyRow(core, call, ending);
	state.calls.delete(call.callId);
	state.history.push(row);
	state.historyByCall.set(row.callId, row);
	if (call.bindings.length > 0) row.crmActivityId = addActivity(core, call, ending.userId);
	handOver(core, call, ending.userId);
	markMissed(core, row);
	if (ending.addToChat)
		state.chatMessages.push({ callId: call.callId, text: `Call with ${call.phoneNumber}, ${ending.duration} s` });
	closeCards(core, call.callId, [ending.userId]);
	core.changes.tell('history', 'added', { callId: row.callId, id: row.id });
	core.changes.tell('call', 'finished', { callId: row.callId, userId: row.userId });
	core.events.fire({
		event: 'ONVOXIMPLANTCALLEND',
		userId: ending.userId,
		hops: ending.hops,
		connector: ending.connector,
		data: endEvent(core, row),
	});
	return row;
}

/** @returns its id */
function addActivity({ state }: Core, { callId, bindings }: LiveCall, responsibleId: number): number {
	const id = nextId(state, 'activity');
	state.callActivities.set(id, { id, callId, responsibleId, bindings: [...bindings] });
	return id;
}

function historyRow(core: Core, call: LiveCall, ending: Ending): HistoryRow {
	const application = call.applicationId === null ? undefined : core.state.applications.get(call.applicationId);
	return {
		id: nextId(core.state, 'history'),
		callId: call.callId,
		externalCallId: call.externalCallId,
		userId: ending.userId,
		portalNumber: call.portalNumber,
		phoneNumber: call.phoneNumber,
		type: call.type,
		duration: ending.duration,
		startDate: call.startDate,
		vote: ending.vote,
		cost: ending.cost,
		costCurrency: ending.costCurrency,
		failedCode: ending.statusCode,
		failedReason: ending.failedReason,
		crmEntityType: call.crmEntityType === '' ? null : call.crmEntityType,
		crmEntityId: call.crmEntityId,
		bindings: call.bindings,
		crmActivityId: null,
		applicationId: call.applicationId,
		applicationName: application?.name ?? null,
		transcriptId: null,
		recordFileId: null,
		recordUrl: null,
		callListId: call.callListId,
		addedToChat: ending.addToChat,
		comment: null,
	};
}

/** Only what this call created changes hands; clients that existed before keep their employee. [DS] */
function handOver(core: Core, call: LiveCall, userId: number): void {
	for (const owned of [...core.state.clients, ...core.state.deals]) {
		if (owned.createdByCall !== call.callId) continue;
		owned.assignedById = userId;
		core.changes.tell('client', 'updated', { id: owned.id });
	}
}

/** 304 on an incoming call is a missed one; 200 on an outgoing call settles those of the same number. [S] */
function markMissed(core: Core, row: HistoryRow): void {
	if (row.failedCode === '304' && (row.type === 2 || row.type === 3)) {
		core.state.missedCalls.push({
			callId: row.callId,
			phoneNumber: row.phoneNumber,
			userId: row.userId,
			calledBack: false,
		});
		core.changes.tell('missedCall', 'added', { callId: row.callId, userId: row.userId });
	}
	if (row.failedCode !== '200' || row.type !== 1) return;
	for (const missed of core.state.missedCalls) {
		if (missed.phoneNumber !== row.phoneNumber || missed.calledBack) continue;
		missed.calledBack = true;
		core.changes.tell('missedCall', 'calledBack', { callId: missed.callId, userId: missed.userId });
	}
}

/** [DS ONVOXIMPLANTCALLEND] */
function endEvent(core: Core, row: HistoryRow): Record<string, unknown> {
	return {
		CALL_ID: row.callId,
		CALL_TYPE: row.type,
		PHONE_NUMBER: row.phoneNumber,
		PORTAL_NUMBER: row.portalNumber,
		PORTAL_USER_ID: row.userId,
		CALL_DURATION: row.duration,
		CALL_START_DATE: isoDate(row.startDate, core.state.settings.timeZone),
		COST: row.cost,
		COST_CURRENCY: row.costCurrency,
		CALL_FAILED_CODE: row.failedCode,
		CALL_FAILED_REASON: row.failedReason,
		CRM_ACTIVITY_ID: row.crmActivityId,
	};
}
