import type { PbxCall } from './call';

/** What a hangup handler told the address in B24_DONE_URL, and how the address took it. */
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

/** `CURLOPT(httptimeout)=5` of the dialplan snippet. */
const TIMEOUT_MS = 5000;

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

/**
 * Body of a hangup report, field by field as the dialplan in examples/asterisk/extensions.conf writes it. Seen on a
 * real Asterisk: ANSWEREDTIME is empty, not 0, when nobody answered; HANGUPCAUSE is 16
 * unless the other side named a cause.
 * @param call a call that is over and has a result
 * @returns form-encoded text, or undefined when no handler was pushed and so nothing is reported
 */
export function reportBody(call: PbxCall): string | undefined {
	const { result } = call;
	if (!result) return undefined;
	const callId = `CALL_ID=${encodeURIComponent(variable(call, 'B24_CALL_ID') ?? '')}`;
	if (result.leg === 'agent') return `${callId}&LEG=agent&DIALSTATUS=${result.dialStatus}&HANGUPCAUSE=${result.hangupCause}`;
	const answered = result.answeredSeconds ?? '';
	return `${callId}&DIALSTATUS=${result.dialStatus}&ANSWEREDTIME=${answered}&HANGUPCAUSE=${result.hangupCause}&RECORDING=${call.channelId}`;
}

/**
 * Posts one report as Asterisk's dialplan function CURL() does: once, no redirects, no second try.
 * @param record gains status, answer, error and took
 * @param signal stops the request when the PBX stops
 */
export async function postReport(record: ReportRecord, signal: AbortSignal): Promise<void> {
	const started = performance.now();
	try {
		const response = await fetch(record.url, {
			method: 'POST',
			body: record.body,
			redirect: 'manual',
			headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'asterisk-libcurl-agent/1.0' },
			signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
		});
		record.status = response.status;
		record.answer = (await response.text()).slice(0, 2000);
	} catch (error) {
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		record.error = cause instanceof Error ? cause.message : String(cause);
	}
	record.took = Math.round(performance.now() - started);
}
