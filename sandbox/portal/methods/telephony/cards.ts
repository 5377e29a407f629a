import type { Core } from '../../core';
import { elements, toInt, type PhpValue } from '../../php/values';
import { closeCards, openCards } from '../../telephony/cards';
import { liveCall } from '../../telephony/liveCalls';
import { cast, method, type Method } from '../method';

/** telephony.externalCall.show: false, not an error, for an unknown or finished call. [DS] */
export const show = cardMethod('telephony.externalCall.show', openCards);

/** telephony.externalCall.hide: false, not an error, for an unknown or finished call. [DS] */
export const hide = cardMethod('telephony.externalCall.hide', closeCards);

function cardMethod(name: string, act: (core: Core, callId: string, userIds: readonly number[]) => void): Method {
	return method({
		name,
		scopes: ['telephony'],
		context: 'any',
		keys: 'exact',
		params: { CALL_ID: cast.text, USER_ID: cast.raw },
		run({ core, params }) {
			const call = liveCall(core, params.CALL_ID);
			if (!call) return false;
			act(core, call.callId, userIds(params.USER_ID, call.userId));
			return true;
		},
	});
}

function userIds(sent: PhpValue | undefined, registered: number): number[] {
	if (typeof sent === 'object' && sent !== null) return elements(sent).map((id) => toInt(id));
	const id = toInt(sent);
	return [id === 0 ? registered : id];
}
