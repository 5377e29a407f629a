import { isIncoming, type Pbx, type PbxCall } from '../../pbx';
import type { HistoryRow, LiveCall, PortalState } from '../../portal/state/model';
import { boundClient, employeeName } from '../data/people';
import type { Timeline } from '../data/timeline';

/** Calls of each kind that are looked at. */
const LOOKED_AT = 40;

/** A call whose timeline is shown. */
export type Subject = Omit<Timeline, 'entries'>;

/** The latest calls, and under which ids they go. */
export interface Subjects {
	/** By key. */
	subjects: Map<string, Subject>;
	/** Key of the timeline by CALL_ID, channel of the PBX, or the id under which a workflow registered the call. */
	keys: Map<string, string>;
	/** The PBX's calls that are shown, with the key of their timeline. */
	phoneCalls: { key: string; call: PbxCall }[];
}

/**
 * The calls that Bitrix24 and the PBX know.
 * @param ahead milliseconds that the portal's time is ahead of this computer's
 */
export function subjectsOf(state: PortalState, pbx: Pbx, ahead: number): Subjects {
	const subjects = new Map<string, Subject>();
	const keys = new Map<string, string>();
	for (const row of state.history.slice(-LOOKED_AT))
		subjects.set(row.callId, knownCall(state, row, row.startDate, true));
	for (const call of [...state.calls.values()].slice(-LOOKED_AT))
		subjects.set(call.callId, knownCall(state, call, call.createdAt, false));
	for (const known of [...state.history.slice(-LOOKED_AT), ...state.calls.values()]) {
		if (!subjects.has(known.callId)) continue;
		keys.set(known.callId, known.callId);
		if (known.externalCallId) keys.set(known.externalCallId, known.callId);
	}
	const phoneCalls = pbx.calls.slice(-LOOKED_AT).map((call) => {
		const key = keys.get(call.callId) ?? keys.get(call.channelId) ?? (call.callId || call.channelId);
		const known = subjects.get(key);
		if (!known) subjects.set(key, unknownCall(state, key, call, ahead));
		else if (call.phase !== 'over') known.over = false;
		for (const id of [call.callId, call.channelId]) if (id !== '') keys.set(id, key);
		return { key, call };
	});
	return { subjects, keys, phoneCalls };
}

function knownCall(state: PortalState, call: LiveCall | HistoryRow, startedAt: number, over: boolean): Subject {
	return {
		key: call.callId,
		callId: call.callId,
		number: call.phoneNumber,
		client: boundClient(state, call.crmEntityType, call.crmEntityId)?.name ?? '',
		employee: employeeName(state, call.userId),
		direction: call.type === 2 || call.type === 3 ? 'in' : 'out',
		startedAt,
		over,
	};
}

/** A call that Bitrix24 does not know, or not yet. */
function unknownCall(state: PortalState, key: string, call: PbxCall, ahead: number): Subject {
	const employee = [...state.employees.values()].find(
		({ active, extension }) => active && extension !== '' && extension === call.extension,
	);
	return {
		key,
		callId: '',
		number: call.number,
		client: '',
		employee: employee ? employeeName(state, employee.id) : '',
		direction: isIncoming(call) ? 'in' : 'out',
		startedAt: call.startedAt + ahead,
		over: call.phase === 'over',
	};
}
