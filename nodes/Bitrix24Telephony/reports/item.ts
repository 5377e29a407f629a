import type { IDataObject } from 'n8n-workflow';
import { toId } from '../../../bitrix24/decode';
import { isOutcome, type CallOutcome } from '../../../bitrix24/outcomes';
import { isPlainObject, toNumber, toText } from '../../common/values';

/** What the item of a phone system's report says, as the Phone System Trigger puts it out. */
export interface ReportedCall {
	system: string;
	event: string;
	callId?: string;
	externalCallId?: string;
	direction: string;
	phoneNumber: string;
	lineNumber?: string;
	userId?: number;
	extension?: string;
	employeePhone?: string;
	/** Extensions of all whose phones rang. */
	rung: string[];
	talked: { extension: string; seconds: number }[];
	outcome: CallOutcome;
	outcomeWord?: string;
	reason?: string;
	/** Whole seconds of conversation. */
	duration: number;
	/** ISO 8601. */
	start?: string;
	recording?: string;
	isSuperseded: boolean;
}

/** What came into the operation. */
export type Incoming =
	| { kind: 'report'; call: ReportedCall }
	/** The request that should have rung the employee failed. */
	| { kind: 'notRung'; callId: string; userId?: number; extension?: string; reason: string }
	/** Nothing ended. */
	| { kind: 'goesOn'; callId?: string; reason: string }
	| { kind: 'unknown' };

/**
 * Reads an item.
 *
 * @param callId CALL_ID that the user gave, for items that do not carry it.
 */
export function readIncoming(item: IDataObject, callId: string | undefined): Incoming {
	if (typeof item.SYSTEM === 'string' && typeof item.EVENT === 'string')
		return reported({ ...item, CALL_ID: item.CALL_ID ?? callId });
	const answer = ringAnswer(item);
	if (answer === undefined || callId === undefined) return { kind: 'unknown' };
	if (answer.isRinging) return { kind: 'goesOn', callId, reason: answer.text };
	return {
		kind: 'notRung',
		callId,
		userId: toId(item.USER_ID),
		extension: toText(item.EMPLOYEE_EXTENSION) || undefined,
		reason: answer.text,
	};
}

function reported(item: IDataObject): Incoming {
	const call = readCall(item);
	if (call.direction === 'internal')
		return {
			kind: 'goesOn',
			callId: call.callId,
			reason: 'Employees talked among themselves, so there is nothing to log',
		};
	if (call.event === 'ended' || call.event === 'recorded') return { kind: 'report', call };
	return {
		kind: 'goesOn',
		callId: call.callId,
		reason: `The report says ${call.event}, not ended, so the call goes on`,
	};
}

function readCall(item: IDataObject): ReportedCall {
	const text = (name: string): string | undefined => toText(item[name]) || undefined;
	const outcome = text('OUTCOME');
	return {
		system: text('SYSTEM') ?? '',
		event: text('EVENT') ?? '',
		callId: text('CALL_ID'),
		externalCallId: text('EXTERNAL_CALL_ID'),
		direction: text('DIRECTION') ?? 'outgoing',
		phoneNumber: text('PHONE_NUMBER') ?? '',
		lineNumber: text('LINE_NUMBER'),
		userId: toId(item.USER_ID),
		extension: text('EXTENSION'),
		employeePhone: text('EMPLOYEE_PHONE'),
		rung: [item.RUNG].flat().flatMap((one) => toText(one) || []),
		talked: [item.TALKED]
			.flat()
			.filter(isPlainObject)
			.map(({ EXTENSION, SECONDS }) => ({ extension: toText(EXTENSION) ?? '', seconds: toNumber(SECONDS) ?? 0 })),
		outcome: isOutcome(outcome) ? outcome : 'other',
		outcomeWord: text('OUTCOME_WORD'),
		reason: text('REASON'),
		duration: Math.max(0, Math.round(toNumber(item.DURATION) ?? 0)),
		start: text('START'),
		recording: text('RECORDING'),
		isSuperseded: item.SUPERSEDED === true,
	};
}

/** Words by which a phone system says that a call with this id rings or runs already, so nothing is to be finished. */
const RINGS = /DESTINATION_OUT_OF_ORDER|already exists/i;

/** What a proxy says when the phone system behind it has not answered. */
const GATEWAY_TIMEOUT = 504;

/**
 * Nobody can tell then whether the phone system took the request: it may ring by now, and a finished call has no other
 * end.
 */
const LOST = /timeout|timed out|ETIMEDOUT|ECONNRESET|ECONNABORTED|EPIPE|socket hang up|aborted/i;

/**
 * What became of the request that rings the employee: the error of an HTTP Request node, the text that FreeSWITCH
 * answers with status 200, or the errcode that Yeastar does.
 *
 * @returns undefined for an item that is neither.
 */
function ringAnswer({ error, data, errcode, errmsg }: IDataObject): { isRinging: boolean; text: string } | undefined {
	if (typeof data === 'string' && /^[+-](OK|ERR|USAGE)\b/.test(data))
		return { isRinging: data.startsWith('+OK') || RINGS.test(data), text: data.trim() };
	if (typeof errcode === 'number') return { isRinging: errcode === 0, text: `${toText(errmsg) ?? ''} (${errcode})` };
	if (error === undefined || error === null) return undefined;
	const thrown: Record<string, unknown> = isPlainObject(error) ? error : { message: error };
	const { message, description, status, httpCode, code } = thrown;
	const text = [message, description].filter((part) => typeof part === 'string' && part !== '').join(' ');
	const answered = Number(status ?? httpCode);
	const isLost = answered > 0 ? answered === GATEWAY_TIMEOUT : LOST.test(`${text} ${String(code ?? httpCode ?? '')}`);
	if (isLost)
		return { isRinging: true, text: `Nobody knows whether the phone rings, so its report is waited for: ${text}` };
	return {
		isRinging: answered === 409 || RINGS.test(text),
		text: text || 'The phone system did not take the call',
	};
}
