import { asBoolean, asObject, asObjectWith, asObjectWithNumber, asRows, type JsonObject } from '../decode';
import { isCrash, type Failure } from '../failure';
import type { Parameters, ParameterValue, Sent } from '../parameters';
import type { FileSource, Call, Evidence, Upload } from '../plan';
import { asFinished, history, rowWith } from './history';

/** What register answers. */
export type Registration = JsonObject & { CALL_ID: string };

/** What finish answers. */
export type Finished = JsonObject & { CALL_ID: string };

/**
 * For so long after its start the portal takes a repeated registration for the same call, milliseconds
 * (voximplant/lib/rest/helper.php).
 */
export const SAME_CALL_WINDOW = 30 * 60_000;

/**
 * `telephony.externalCall.register`.
 *
 * @param isRepeatable whether a repeat finds the call again or leaves only a silent, never finished one behind, which
 *   the portal drops after 30 days without a trace (voximplant/lib/agent/callcleaner.php).
 */
export function register(parameters: Parameters, isRepeatable: boolean): Call<Registration> {
	return {
		method: 'telephony.externalCall.register',
		parameters,
		decode: asObjectWith('CALL_ID'),
		effect: isRepeatable ? 'repeatable' : 'once',
		begins: 'CALL_ID',
	};
}

/**
 * `telephony.externalCall.finish`. It works once for each call: a repeat is refused and changes nothing. Its trace is
 * the row in the history.
 *
 * @param acceptsFinished whether a call that is finished already counts as success.
 */
export function finish(parameters: Parameters & { CALL_ID: ParameterValue }, acceptsFinished = true): Call<Finished> {
	return {
		method: 'telephony.externalCall.finish',
		parameters,
		decode: asObjectWith('CALL_ID'),
		effect: 'repeatable',
		evidence: finishedRow(acceptsFinished),
		ends: parameters.CALL_ID,
	};
}

function finishedRow(acceptsFinished: boolean): Evidence<Finished> {
	return {
		ask: ({ CALL_ID }) => history({ CALL_ID }),
		read: (rows, { CALL_ID }, isOurs) => {
			const row = rowWith('CALL_ID', String(CALL_ID))(asRows(rows));
			if (!row || (!isOurs && !acceptsFinished)) return undefined;
			return isOurs ? asFinished(row) : { ...asFinished(row), ALREADY_FINISHED: true };
		},
		refusal: (failure) => isNotFound(failure) || isCrash(failure),
	};
}

/** True when finish says that it knows no such running call: it was never registered, or it is finished. */
export function isNotFound({ kind, text }: Failure): boolean {
	return kind === 'refused' && text.startsWith('Call is not found');
}

/** `telephony.externalCall.show`: true when a card was opened, false for an unknown or finished call. */
export function show(callId: string, userIds: number | number[] | undefined): Call<boolean> {
	return card('telephony.externalCall.show', callId, userIds);
}

/** `telephony.externalCall.hide`: true when a card was closed, false for an unknown or finished call. */
export function hide(callId: string, userIds: number | number[] | undefined): Call<boolean> {
	return card('telephony.externalCall.hide', callId, userIds);
}

function card(method: string, CALL_ID: string, USER_ID: number | number[] | undefined): Call<boolean> {
	return { method, parameters: { CALL_ID, USER_ID }, decode: asBoolean, effect: 'repeatable' };
}

/** `telephony.externalCall.searchCrmEntities`: contacts, then leads, then companies with this number. */
export function searchClients(PHONE_NUMBER: string): Call<JsonObject[]> {
	return {
		method: 'telephony.externalCall.searchCrmEntities',
		parameters: { PHONE_NUMBER },
		decode: asRows,
		effect: 'read',
	};
}

const ATTACH_RECORD = 'telephony.externalCall.attachRecord';

/**
 * `telephony.externalCall.attachRecord` with an address that the portal fetches. A second recording replaces the first.
 * Nobody has shown what it answers then.
 */
export function attachRecordFrom(CALL_ID: string, RECORD_URL: string): Call<JsonObject> {
	return { method: ATTACH_RECORD, parameters: { CALL_ID, RECORD_URL }, decode: asObject, effect: 'repeatable' };
}

/**
 * `telephony.externalCall.attachRecord` with a file. The stored file is named after the call, for names should be
 * unique.
 */
export function attachRecordFile(CALL_ID: string, file: FileSource): Upload<JsonObject> {
	const name = `${CALL_ID.replace(/^externalCall\./, '').replace(/[^\w.-]/g, '')}-${file.name}`;
	return {
		method: ATTACH_RECORD,
		parameters: { CALL_ID },
		decode: asObjectWithNumber('FILE_ID'),
		effect: 'repeatable',
		file: { ...file, name },
	};
}

/** One utterance. Times are seconds from the start of the call. */
export interface Utterance extends Sent {
	SIDE: 'User' | 'Client';
	START_TIME: number;
	STOP_TIME: number;
	MESSAGE: string;
}

/** `telephony.call.attachTranscription`. A second transcript takes the place of the first, so a repeat does no harm. */
export function attachTranscript(CALL_ID: ParameterValue, MESSAGES: Utterance[], cost: Sent = {}): Call<JsonObject> {
	return {
		method: 'telephony.call.attachTranscription',
		parameters: { CALL_ID, MESSAGES, ...cost },
		decode: asObjectWithNumber('TRANSCRIPT_ID'),
		effect: 'repeatable',
	};
}

/** Evidence that a registration led to a logged call: the row with its external id. */
export function loggedUnder(externalCallId: string): Evidence<Registration> {
	return {
		ask: () => history({ EXTERNAL_CALL_ID: externalCallId }),
		read: (rows) => {
			const row = rowWith('EXTERNAL_CALL_ID', externalCallId)(asRows(rows));
			return row && typeof row.CALL_ID === 'string' ? { CALL_ID: row.CALL_ID } : undefined;
		},
		refusal: isCrash,
	};
}
