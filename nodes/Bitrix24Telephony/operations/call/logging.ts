import type { IDataObject } from 'n8n-workflow';
import { toId, type JsonObject } from '../../../../bitrix24/decode';
import {
	attachTranscript,
	finish,
	isNotFound,
	loggedUnder,
	register,
	type Finished,
	type Registration,
	type Utterance,
} from '../../../../bitrix24/methods/calls';
import { history, rowsWith, rowWith, type HistoryRow } from '../../../../bitrix24/methods/history';
import { resultOf, type ParameterValue } from '../../../../bitrix24/parameters';
import { ask, askAll, optional, tried, type Call, type Conversation } from '../../../../bitrix24/plan';
import { finishedCall } from '../../fields/call';
import { employeeParameters, type KnownEmployee } from '../../fields/employee';
import { attachment, type Recording } from '../../fields/recording';
import type { Shown, ShownItem } from '../../shown';

/** A call that is over, as one item tells it. */
export interface PastCall {
	employee: KnownEmployee;
	phoneNumber: string;
	incoming: boolean;
	/** ISO 8601 with offset. */
	start: string;
	/** Seconds of conversation. */
	duration: number;
	statusCode: string;
	/** Undefined when the PBX has none and the call shall be logged in any case. */
	externalCallId?: string;
	skipLogged: boolean;
	recording: Recording;
	messages: Utterance[];
	line?: string;
	crmCreate: boolean;
	crmSource?: string;
	addToChat: boolean;
}

/** What a call got besides its row. */
interface Attached {
	FILE_ID: number | null;
	TRANSCRIPT_ID: number | null;
	warnings: string[];
}

/**
 * Logs a call without looking whether it is there. What an earlier attempt registered and did not finish is finished.
 */
export function* logAnyway(call: PastCall): Conversation<Shown> {
	const key = call.externalCallId ?? JSON.stringify([call.employee, call.phoneNumber, call.incoming, call.start]);
	const claimed = yield* ask({ claim: key });
	const taken = claimed.isMine ? yield* takeUp(call, claimed.left) : undefined;
	const [registration, finished] = taken
		? ([{ CALL_ID: taken.CALL_ID }, taken] as const)
		: // A repeat after a lost answer might log it twice, so it is not repeated.
			yield* askAll(registering(call, false), finishing(call, resultOf(0, 'CALL_ID')));
	yield* ask({ settle: key, done: finished });
	if (finished.ALREADY_FINISHED)
		return yield* complete(call, String(finished.EXTERNAL_CALL_ID ?? ''), finished, byWhom(taken));
	return logged(registration, finished, yield* attach(call, finished.CALL_ID, {}));
}

/**
 * @param left CALL_ID of an earlier attempt that registered the call and did not finish it; the portal may have dropped
 *   it meanwhile
 */
function* takeUp(call: PastCall, left: unknown): Conversation<Finished | undefined> {
	if (typeof left !== 'string') return undefined;
	const taking: Call<Finished | undefined> = { ...finishing(call, left), optional: isNotFound };
	return yield* ask(taking);
}

/**
 * Logs a call unless it is in the history. Of several items, runs and processes with the same external id one logs it;
 * what the row lacks of recording and transcript is added.
 */
export function* logOnce(call: PastCall, externalCallId: string): Conversation<Shown> {
	const claimed = yield* ask({ claim: externalCallId });
	if (!claimed.isMine)
		return yield* complete(
			call,
			externalCallId,
			claimed.done as HistoryRow,
			'Another item has logged this call just now',
		);
	const lookUp: Call<HistoryRow[]> = { ...history({ EXTERNAL_CALL_ID: externalCallId }), ahead: AHEAD };
	const row = rowWith('EXTERNAL_CALL_ID', externalCallId)(yield* ask(lookUp));
	if (row) {
		yield* ask({ settle: externalCallId, done: row });
		return yield* complete(call, externalCallId, row, 'It is in the history already');
	}
	return yield* logNew(call, externalCallId, claimed.left);
}

const AHEAD = ['telephony.externalCall.register', 'telephony.externalCall.finish', 'voximplant.statistic.get'];

/** @param left see {@link takeUp} */
function* logNew(call: PastCall, externalCallId: string, left: unknown): Conversation<Shown> {
	const taken = yield* takeUp(call, left);
	const [registration, finished, rows] = taken
		? ([{ CALL_ID: taken.CALL_ID }, taken, undefined] as const)
		: yield* askAll(
				{ ...registering(call, false), evidence: loggedUnder(externalCallId) },
				finishing(call, resultOf(0, 'CALL_ID')),
				tried(history({ EXTERNAL_CALL_ID: externalCallId })),
			);
	yield* ask({ settle: externalCallId, done: finished });
	if (finished.ALREADY_FINISHED) return yield* complete(call, externalCallId, finished, byWhom(taken));
	const attached = yield* attach(call, finished.CALL_ID, {});
	const { FILE_ID: RECORD_FILE_ID, TRANSCRIPT_ID } = attached;
	yield* ask({ settle: externalCallId, done: { ...finished, RECORD_FILE_ID, TRANSCRIPT_ID } });
	return logged(registration, finished, attached, rows && rowsWith(rows, 'EXTERNAL_CALL_ID', externalCallId));
}

/** Two programs that register a call at the same moment are given the same one, and only one of them finishes it. */
function byWhom(taken: Finished | undefined): string {
	return taken ? 'It is in the history already' : 'Another program logged it at the same moment';
}

function registering(call: PastCall, isRepeatable: boolean): Call<Registration> {
	const parameters = {
		...employeeParameters(call.employee),
		PHONE_NUMBER: call.phoneNumber,
		TYPE: call.incoming ? 2 : 1,
		CALL_START_DATE: call.start,
		EXTERNAL_CALL_ID: call.externalCallId,
		LINE_NUMBER: call.line,
		CRM_CREATE: call.crmCreate ? 1 : 0,
		CRM_SOURCE: call.crmSource,
		SHOW: 0,
	};
	return register(parameters, isRepeatable);
}

function finishing(call: PastCall, CALL_ID: ParameterValue): Call<Finished> {
	return finish({
		CALL_ID,
		...employeeParameters(call.employee),
		DURATION: call.duration,
		STATUS_CODE: call.statusCode,
		ADD_TO_CHAT: call.addToChat ? 1 : 0,
	});
}

/** @param copies what the history shows of the call; undefined when nobody looked */
function logged(
	registration: Registration,
	finished: Finished,
	{ warnings, ...attached }: Attached,
	copies?: HistoryRow[],
): ShownItem {
	const { json, errors } = finishedCall(finished);
	const { LEAD_CREATION_ERROR: refused } = registration;
	return {
		json: { ...json, LOGGED: true, ...attached },
		warnings: [
			...(refused ? [`No client was created: ${String(refused)}`] : []),
			...errors,
			...(copies && copies.length > 1
				? [`The history has this call ${copies.length} times: another program logged it at the same moment`]
				: []),
			...(copies?.some(({ CALL_ID }) => CALL_ID === finished.CALL_ID) === false ? [NOT_SHOWN] : []),
			...warnings,
		],
	};
}

const NOT_SHOWN =
	'The history does not show this call: it appears late, or the employee who connected the credential may not see it. Until it does, a repeat logs the call again';

/** A call that is logged already: adds what its row lacks. */
function* complete(call: PastCall, externalCallId: string, row: HistoryRow, reason: string): Conversation<ShownItem> {
	const { warnings, ...attached } = yield* attach(call, String(row.CALL_ID), row);
	const json: IDataObject = {
		CALL_ID: row.CALL_ID ?? null,
		ID: toId(row.ID) ?? null,
		EXTERNAL_CALL_ID: externalCallId,
		LOGGED: false,
		REASON: reason,
		...attached,
	};
	const { CALL_DURATION, CALL_FAILED_CODE = '200' } = row;
	const isMissed =
		call.statusCode === '200' &&
		(String(CALL_FAILED_CODE) !== '200' || (call.duration > 0 && Number(CALL_DURATION) === 0));
	return {
		json,
		warnings,
		hints: isMissed ? ['The history has this call as not answered, and a logged call cannot be changed'] : [],
	};
}

/**
 * The call is logged by now, so a recording or transcript that fails is a warning. @param there what the row has
 * already
 */
export function* attach(
	call: Pick<PastCall, 'recording' | 'messages'>,
	callId: string,
	there: JsonObject,
): Conversation<Attached> {
	const attached: Attached = {
		FILE_ID: toId(there.RECORD_FILE_ID) ?? null,
		TRANSCRIPT_ID: toId(there.TRANSCRIPT_ID) ?? null,
		warnings: [],
	};
	if (call.messages.length > 0 && attached.TRANSCRIPT_ID === null) {
		attached.TRANSCRIPT_ID =
			toId((yield* ask(optional(attachTranscript(callId, call.messages))))?.TRANSCRIPT_ID) ?? null;
	}
	if (call.recording !== 'none' && attached.FILE_ID === null && !there.CALL_RECORD_URL) {
		const found = yield* attachment(callId, call.recording, true);
		if ('call' in found) attached.FILE_ID = toId((yield* ask(optional(found.call)))?.FILE_ID) ?? null;
		else attached.warnings.push('silent' in found ? found.silent : found.wrong);
	}
	return attached;
}
