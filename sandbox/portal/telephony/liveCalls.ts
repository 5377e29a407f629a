import type { Core } from '../core';
import { stripNumber } from '../state/find';
import type { LiveCall } from '../state/model';

/** [DS] Window in which a repeated registration means the same call. */
const DUPLICATE_WINDOW_MS = 30 * 60 * 1000;
/** [S voximplant/lib/agent/callcleaner.php] */
const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** What tells registrations of the same call from those of another. */
export interface CallKey {
	applicationId: number | null;
	userId: number;
	phoneNumber: string;
	type: number;
	/** Empty = no line. */
	lineNumber: string;
	/** undefined = not sent; then it is no part of the duplicate key. */
	externalCallId: string | undefined;
}

/** Finds an unfinished call. One that is older than 30 days is dropped, without a row in the history. */
export function liveCall(core: Core, callId: string): LiveCall | undefined {
	const call = core.state.calls.get(callId);
	if (!call || core.clock.now() - call.createdAt <= LIFETIME_MS) return call;
	core.state.calls.delete(callId);
	return undefined;
}

/**
 * Finds the unfinished call that a registration repeats. The key is employee, number, type and application; line and
 * external id belong to it only if sent. A call whose start lies more than 30 minutes back never matches. [S helper]
 */
export function findDuplicate(core: Core, wanted: CallKey): LiveCall | undefined {
	const number = stripNumber(wanted.phoneNumber);
	const oldest = core.clock.now() - DUPLICATE_WINDOW_MS;
	for (const call of core.state.calls.values()) {
		if (call.userId !== wanted.userId || call.phoneNumber !== number || call.type !== wanted.type) continue;
		if (call.applicationId !== wanted.applicationId || call.startDate < oldest) continue;
		if (wanted.lineNumber !== '' && call.lineNumber !== wanted.lineNumber) continue;
		if (wanted.externalCallId !== undefined && call.externalCallId !== wanted.externalCallId) continue;
		return liveCall(core, call.callId);
	}
	return undefined;
}
