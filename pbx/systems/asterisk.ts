import { DateTime } from 'luxon';
import { readOutcome, type CallOutcome } from '../../bitrix24/outcomes';
import { formOf, rowOf } from '../post';
import type { Report, Talk } from '../report';
import { get, withBasicAuth, type PhoneSystem } from '../system';

/**
 * Asterisk with the dialplan of examples/asterisk, which posts forms with CURL(). It proves nothing: the address is the
 * key. Login: address of ARI's HTTP server, user and password of `ari.conf`.
 */
export const asterisk: PhoneSystem = {
	carriesCallId: true,
	read: (post) => {
		const fields = formOf(post);
		return { reports: [report(fields)], raw: fields };
	},
	sign: withBasicAuth,
	recording: async (name, { address }) => await Promise.resolve(get(`${stored(address, name)}/file`)),
	deletion: (name, { address }) => ({ ...get(stored(address, name)), method: 'DELETE' }),
};

type Fields = Record<string, string>;

function stored(address: string, name: string): string {
	return `${address}/ari/recordings/stored/${encodeURIComponent(name)}`;
}

function report(fields: Fields): Report {
	const { CALL_ID = '', SUPERSEDED = '', START = '' } = fields;
	const isSuperseded = SUPERSEDED === '1';
	return {
		event: EVENTS.find((event) => event === fields.EVENT) ?? 'ended',
		callId: isSuperseded ? undefined : CALL_ID || undefined,
		externalCallId: isSuperseded ? `${CALL_ID}-${START}` : fields.UNIQUEID || undefined,
		direction: fields.DIRECTION === 'in' ? 'incoming' : 'outgoing',
		phoneNumber: /\d/.test(fields.NUMBER ?? '') ? (fields.NUMBER ?? '') : '',
		lineNumber: fields.LINE || undefined,
		extension: fields.EXTENSION || undefined,
		rung: fields.RUNG ? fields.RUNG.split('&') : undefined,
		talked: talks(fields.TALKED ?? ''),
		...ending(fields),
		duration: seconds(fields.ANSWEREDTIME),
		start: isoOf(START),
		recording: fields.RECORDING || undefined,
		isSuperseded,
	};
}

/** What the dialplan may say of a call that goes on. */
const EVENTS = ['answered', 'ringing'] as const;

/** `101:12,102:30`: each who talked, with the seconds. */
function talks(text: string): Talk[] {
	return text.split(',').flatMap((part) => {
		const [, extension, length] = /^([^:]+):(\d+)$/.exec(part.trim()) ?? [];
		return extension ? [{ extension, seconds: Number(length) }] : [];
	});
}

/** Empty, not 0, when nobody answered (seen on a real Asterisk). */
function seconds(text = ''): number {
	return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text)) : 0;
}

function isoOf(epoch: string): string | undefined {
	return /^\d{9,11}$/.test(epoch)
		? (DateTime.fromSeconds(Number(epoch), { zone: 'utc' }).toISO({ suppressMilliseconds: true }) ?? undefined)
		: undefined;
}

/**
 * Seen on a real Asterisk with SIP phones: DIALSTATUS tells whether it was answered; else HANGUPCAUSE tells what
 * happened.
 */
const CAUSES: Record<string, CallOutcome> = {
	'1': 'noSuchNumber',
	'3': 'unavailable',
	'18': 'unavailable',
	'19': 'unavailable',
	'20': 'unavailable',
	'21': 'declined',
	'28': 'incompleteNumber',
	'34': 'noRoute',
	'38': 'noRoute',
};

/** Why the employee's phone did not take the call, by DIALSTATUS and HANGUPCAUSE of its leg. */
const EMPLOYEE: Record<string, string> = {
	BUSY: 'The employee’s phone was busy',
	'CHANUNAVAIL 21': 'The employee declined',
	CHANUNAVAIL: 'The employee’s phone is not registered',
	CONGESTION: 'The employee’s phone could not be reached',
	NOANSWER: 'The employee did not answer',
	CANCEL: 'The employee’s phone was no longer rung',
};

type Ending = Pick<Report, 'outcome' | 'outcomeWord' | 'reason'>;

function ending(fields: Fields): Ending {
	if (EVENTS.some((event) => event === fields.EVENT)) return {};
	// A caller who is gone before Dial has left no status.
	const { DIALSTATUS: status = '', HANGUPCAUSE: cause = '' } = fields;
	if (fields.DIRECTION === 'in' && status !== 'ANSWER') return missedEnding(status || 'CANCEL');
	return fields.LEG === 'agent' ? employeeEnding(status, cause) : clientEnding(status || 'CANCEL', cause);
}

/** The client was never called, so it is no client's outcome: the call was given up, or the phone was not there. */
function employeeEnding(status: string, cause: string): Ending {
	const isAway = status === 'CHANUNAVAIL' && cause !== '21';
	const reason =
		rowOf(EMPLOYEE, `${status} ${cause}`) ?? rowOf(EMPLOYEE, status) ?? 'The employee’s phone did not take the call';
	return { outcome: isAway ? 'unavailable' : 'cancelled', outcomeWord: status, reason };
}

/** Why nobody took a client's call, by DIALSTATUS. */
const MISSED: Record<string, string> = {
	BUSY: 'All phones were busy',
	CANCEL: 'The caller gave up',
	CHANUNAVAIL: 'No phone was registered',
	NOANSWER: 'Nobody answered',
};

/** A client whom nobody answered has been missed, whatever the phones were doing. */
function missedEnding(status: string): Ending {
	return {
		outcome: status === 'CANCEL' ? 'cancelled' : 'unanswered',
		outcomeWord: status,
		reason: rowOf(MISSED, status) ?? 'No phone could be reached',
	};
}

function clientEnding(status: string, cause: string): Ending {
	const byCause =
		status === 'CHANUNAVAIL' || (status === 'NOANSWER' && cause === '19') ? rowOf(CAUSES, cause) : undefined;
	const outcomeWord = cause && status !== 'ANSWER' ? `${status} ${cause}` : status;
	return { outcome: byCause ?? readOutcome('asterisk', status), outcomeWord };
}
