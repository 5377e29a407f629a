import type { IncomingCall, IncomingEnd } from './call';

/*
 * What the dialplan of examples/asterisk/incoming.conf posts, field by field; a test compares the two.
 */

/** The question before anybody rings. */
export function askBody({ channelId, number, line }: IncomingCall): string {
	return form([
		['UNIQUEID', channelId],
		['CALLER', number],
		['LINE', line],
	]);
}

/** Phones ring. */
export function ringingBody(call: IncomingCall): string {
	return form([...which('ringing', call), ['EXTENSION', call.rungFirst], ['RUNG', call.rung.join('&')]]);
}

/** Somebody answered. */
export function answeredBody(call: IncomingCall): string {
	return form([...which('answered', call), ['EXTENSION', call.by], ['RUNG', call.rung.join('&')]]);
}

/** It is over. ANSWEREDTIME, TALKED and RECORDING are empty when nobody answered. */
export function endedBody(call: IncomingCall, { dialStatus, hangupCause, answeredSeconds = 0 }: IncomingEnd): string {
	const answered: [string, string][] = call.by
		? [
				['ANSWEREDTIME', String(answeredSeconds)],
				['HANGUPCAUSE', String(hangupCause)],
				['TALKED', call.talk.talked],
				['RECORDING', call.channelId],
			]
		: [
				['ANSWEREDTIME', ''],
				['HANGUPCAUSE', String(hangupCause)],
				['TALKED', ''],
				['RECORDING', ''],
			];
	return form([
		...which('ended', call),
		['EXTENSION', call.rungFirst],
		['RUNG', call.rung.join('&')],
		['DIALSTATUS', dialStatus],
		...answered,
	]);
}

function which(event: string, { callId, channelId, number, line, start }: IncomingCall): [string, string][] {
	return [
		['EVENT', event],
		['CALL_ID', callId],
		['DIRECTION', 'in'],
		['UNIQUEID', channelId],
		['NUMBER', number],
		['LINE', line],
		['START', String(start)],
	];
}

function form(fields: [string, string][]): string {
	return fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}
