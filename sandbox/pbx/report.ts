import type { PbxCall } from './call';
import type { Globals } from './dialplan';

/** What a hangup handler told n8n, and how n8n took it. */
export interface ReportRecord {
	id: number;
	channelId: string;
	url: string;
	body: string;
	sentAt: number;
	/** HTTP status of the receiver; absent while waiting and when it could not be reached. */
	status?: number;
	answer?: string;
	error?: string;
	/** Milliseconds until the answer or the failure. */
	took?: number;
}

/**
 * Value of a channel variable. Leading underscores only say how far a variable is inherited; the dialplan reads the
 * name without them.
 * @returns undefined when the originate request did not set it
 */
export function variable(call: PbxCall, name: string): string | undefined {
	for (const prefix of ['', '_', '__']) {
		const value = call.variables[prefix + name];
		if (value !== undefined) return value;
	}
	return undefined;
}

/** Where a call is reported: the originate request's address, else the global one; empty for nowhere. */
export function doneUrl(call: PbxCall, globals: Globals): string {
	return variable(call, 'B24_DONE_URL') || (globals.B24_REPORT_URL ?? '');
}

/** Name of a call's recording. A call that was clicked anew has the same CALL_ID, but another start. */
export function recordingName({ callId, start }: PbxCall): string {
	return `${callId}-${start}`;
}

/**
 * Body of a hangup report, field by field as b24-post of examples/asterisk/extensions.conf writes it. Seen on a real
 * Asterisk: ANSWEREDTIME is empty, not 0, when nobody answered.
 * @param call a call that is over
 */
export function reportBody(call: PbxCall): string {
	const { result, callId, start, talk } = call;
	const talks = result?.answeredSeconds !== undefined;
	return Object.entries({
		CALL_ID: callId,
		UNIQUEID: recordingName(call),
		DIRECTION: 'out',
		LEG: result?.leg === 'agent' ? 'agent' : '',
		DIALSTATUS: result?.dialStatus ?? '',
		HANGUPCAUSE: result?.hangupCause ?? '',
		ANSWEREDTIME: result?.answeredSeconds ?? '',
		RECORDING: talks ? recordingName(call) : '',
		EXTENSION: call.rungFirst,
		TALKED: talk.talked,
		NUMBER: variable(call, 'B24_NUMBER') ?? '',
		LINE: variable(call, 'B24_LINE') ?? '',
		START: start,
	})
		.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
		.join('&');
}

/**
 * Posts one report as Asterisk's dialplan function CURL() does: no redirects.
 * @param record gains status, answer, error and took
 * @param signal stops the request when the PBX stops
 */
export async function postReport(record: ReportRecord, signal: AbortSignal, timeoutMs: number): Promise<void> {
	const started = performance.now();
	try {
		const response = await fetch(record.url, {
			method: 'POST',
			body: record.body,
			redirect: 'manual',
			headers: {
				'content-type': 'application/x-www-form-urlencoded',
				'user-agent': 'asterisk-libcurl-agent/1.0',
				connection: 'close',
			},
			signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
		});
		record.status = response.status;
		record.answer = (await response.text()).slice(0, 2000);
	} catch (error) {
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		record.error = cause instanceof Error ? cause.message : String(cause);
	}
	record.took = Math.round(performance.now() - started);
}
