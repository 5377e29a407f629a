import type { Pbx, PbxCall } from '../pbx';
import type { Portal } from '../portal';
import { callRest } from './rest';
import { WishError } from './wishes';

/** Status codes of finish for an incoming call. 304 makes it a missed one. [DS finish] */
const CODES: Readonly<Record<string, string>> = { ANSWER: '200', BUSY: '486', NOANSWER: '304', CANCEL: '304', CHANUNAVAIL: '480' };

/**
 * Simulates a client who calls an employee. Here the sandbox plays the workflow's part as well: it registers the call
 * (TYPE 2, which opens the card) when the phone rings, and finishes it when the PBX says that it is over.
 * @throws WishError when the employee has no phone, or with the words of the portal when it refuses the registration
 */
export async function simulateIncoming(portal: Portal, pbx: Pbx, number: string, userId: number): Promise<{ callId: string }> {
	const extension = portal.state.employees.get(userId)?.extension ?? '';
	if (!pbx.isRegistered(extension)) throw new WishError('This employee has no extension, so no phone can ring');
	const registered = await callRest(portal, 'telephony.externalcall.register', { USER_ID: userId, PHONE_NUMBER: number, TYPE: 2, CRM_CREATE: 1, SHOW: 1 }, userId);
	const callId = readCallId(registered);
	const { ended } = pbx.callIn({ number, extension, variables: { B24_CALL_ID: callId } });
	// Nobody waits for the end of the call; a portal that is stopped or misbehaves by then shows it in its own log.
	ended.then((call) => finish(portal, call, callId, userId)).catch(() => undefined);
	return { callId };
}

function readCallId(registered: unknown): string {
	const callId = typeof registered === 'object' && registered !== null ? (registered as { CALL_ID?: unknown }).CALL_ID : undefined;
	if (typeof callId !== 'string') throw new WishError('The portal registered the call without a CALL_ID');
	return callId;
}

async function finish(portal: Portal, call: PbxCall, callId: string, userId: number): Promise<void> {
	await callRest(portal, 'telephony.externalcall.finish', {
		CALL_ID: callId,
		USER_ID: userId,
		DURATION: call.result?.answeredSeconds ?? 0,
		STATUS_CODE: CODES[call.result?.dialStatus ?? ''] ?? '304',
		ADD_TO_CHAT: 0,
	}, userId);
}
