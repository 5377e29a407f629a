import type { Core } from '../core';
import { unixTime } from '../clock';
import { lineByNumber, stripNumber } from '../state/find';
import { hex, nextId } from '../state/ids';
import type { LiveCall } from '../state/model';
import { openCards } from './cards';
import { connectClient, type CrmWish } from './clients';
import { findDuplicate, type CallKey } from './liveCalls';

/** What is known of a call when it is registered. */
export interface Registration extends CallKey {
	/** Milliseconds since 1970. */
	startDate: number;
	crm: CrmWish;
	show: boolean;
	callListId: number | null;
	addToChat: boolean | null;
	origin: LiveCall['origin'];
	/** How many events deep the request is. */
	hops: number;
	connector: string;
}

/** What a registration led to. */
export interface Registered {
	call: LiveCall;
	isDuplicate: boolean;
	leadCreationError?: string;
}

/**
 * Registers a call, or finds the unfinished one that it repeats: ONVOXIMPLANTCALLINIT, then the CRM, then (new calls
 * only) ONVOXIMPLANTCALLSTART, then the card. For a repeat ONVOXIMPLANTCALLINIT names a CALL_ID that exists nowhere.
 * [S helper::registerExternalCall, L b24-rest-docs issue 175]
 */
export function registerCall(core: Core, wanted: Registration): Registered {
	const callId = `externalCall.${hex(32)}.${unixTime(core.clock)}`;
	core.events.fire({
		event: 'ONVOXIMPLANTCALLINIT',
		userId: wanted.userId,
		hops: wanted.hops,
		connector: wanted.connector,
		data: {
			CALL_ID: callId,
			CALL_TYPE: wanted.type,
			CALLER_ID: stripNumber(wanted.phoneNumber),
			REST_APP_ID: wanted.applicationId,
		},
	});
	const duplicate = findDuplicate(core, wanted);
	if (duplicate) {
		if (wanted.show) openCards(core, duplicate.callId, [duplicate.userId]);
		return { call: duplicate, isDuplicate: true };
	}
	const call = createCall(core, callId, wanted);
	const leadCreationError = connectClient(core, call, wanted.crm);
	core.changes.tell('call', 'registered', { callId, userId: call.userId });
	core.events.fire({
		event: 'ONVOXIMPLANTCALLSTART',
		userId: wanted.userId,
		hops: wanted.hops,
		connector: wanted.connector,
		data: { CALL_ID: callId, USER_ID: call.userId },
	});
	if (wanted.show) openCards(core, callId, [call.userId]);
	return { call, isDuplicate: false, ...(leadCreationError === undefined ? {} : { leadCreationError }) };
}

function createCall(core: Core, callId: string, wanted: Registration): LiveCall {
	const { state } = core;
	ensureLine(core, wanted.applicationId, wanted.lineNumber);
	const call: LiveCall = {
		id: nextId(state, 'call'),
		callId,
		externalCallId: wanted.externalCallId ?? null,
		applicationId: wanted.applicationId,
		userId: wanted.userId,
		phoneNumber: stripNumber(wanted.phoneNumber),
		type: wanted.type,
		startDate: wanted.startDate,
		lineNumber: wanted.lineNumber,
		portalNumber: wanted.lineNumber === '' ? `REST_APP:${wanted.applicationId ?? ''}` : wanted.lineNumber,
		crmEntityType: '',
		crmEntityId: null,
		bindings: [],
		createdEntities: [],
		isInternal: false,
		createdAt: core.clock.now(),
		callListId: wanted.callListId,
		addToChat: wanted.addToChat,
		origin: wanted.origin,
	};
	state.calls.set(callId, call);
	return call;
}

/** An unknown line number is no error: the line is made without a word. [S helper] */
function ensureLine(core: Core, applicationId: number | null, number: string): void {
	if (number === '' || applicationId === null || lineByNumber(core.state, applicationId, number)) return;
	const line = {
		id: nextId(core.state, 'line'),
		applicationId,
		number,
		name: '',
		crmAutoCreate: true,
		createdSilently: true,
	};
	core.state.lines.push(line);
	core.changes.tell('line', 'created', { number });
}
