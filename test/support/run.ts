import { executeItems } from '../../nodes/Bitrix24Telephony/execution';
import { execution, type Setting } from './execution';
import type { Answer, Method } from './fakePortal';

/** The method behind Show Card. */
export const CARD = 'telephony.externalCall.show';
/** Parameters of Show Card. */
export const show = (callId: unknown, more: object = {}) => ({
	resource: 'call',
	operation: 'show',
	callId,
	employees: {},
	...more,
});
/** Parameters of Register. */
export const registering = (phoneNumber: string, more: object = {}) => ({
	resource: 'call',
	operation: 'register',
	employee: 7,
	phoneNumber,
	type: 1,
	externalCallId: '',
	show: false,
	...more,
});
/** The portal says no. */
export const refused = (text = 'No'): Answer => ({ error: '', error_description: text });
/** Refuses some calls, by CALL_ID. */
export const refusing =
	(...calls: string[]): Method =>
	({ CALL_ID }) =>
		calls.includes(String(CALL_ID)) ? refused(`Not ${String(CALL_ID)}`) : { result: true };
/** Parameters of Log Call. @param duration seconds */
export const logging = (duration: number, more: object = {}) => ({
	resource: 'call',
	operation: 'logCall',
	direction: 'incoming',
	phoneNumber: '+49',
	employee: 7,
	start: '2026-03-01T10:00:00Z',
	duration,
	outcomeFrom: 'list',
	outcome: 'ended',
	externalCallId: 'x',
	skipLogged: true,
	recordingFrom: 'none',
	transcript: '[]',
	...more,
});
/** A portal that logs every call, and shows it to who asks in the batch that logs it. */
export const LOG: Record<string, Method> = {
	'voximplant.statistic.get': ({ 'FILTER[EXTERNAL_CALL_ID]': id }) => ({
		result: id === undefined ? [] : [{ CALL_ID: 'c1', EXTERNAL_CALL_ID: id }],
	}),
	'telephony.externalCall.register': () => ({ result: { CALL_ID: 'c1' } }),
	'telephony.externalCall.finish': ({ CALL_ID }) => ({ result: { CALL_ID, ID: 1 } }),
};
/** The option that makes warnings fail. */
export const STRICT = { options: { treatWarningsAsErrors: true } };

/** Runs the node. @returns what came out, or the error that it threw */
export async function run(setting: Setting) {
	const made = execution(setting);
	try {
		return { ...made, items: await executeItems(made.context), error: undefined };
	} catch (error) {
		return { ...made, items: [], error: error as Error & { description: string; context: { itemIndex: number } } };
	}
}

/** Parameters of Show Card, an item a call. */
export const many = (...calls: string[]) => calls.map((call) => show(call));
