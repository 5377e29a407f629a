import { DateTime } from 'luxon';
import { readOutcome } from '../../bitrix24/outcomes';
import { fieldsOf, formOf, parseObject, type Post } from '../post';
import { hexDigest, isSameSecret } from '../proof';
import type { Report } from '../report';
import type { PhoneSystem } from '../system';
import { mangoRecording, recordingOfCall, recordingOfId } from './mangoRecording';

/**
 * Mango Office by its manual and clients of its API. Not verified against the live service.
 * Login: the address ends in `/vpbx`; user is the key of the API, password its salt. Both sign the webhooks as well.
 *
 * The end of a call, `/events/summary`, does not carry the `command_id` of a click; what is told of its phones does. So
 * a click's call is found by employee and number when it ends, and by `command_id` while it rings.
 */
export const mango: PhoneSystem = {
	isGenuine: (post, { user, password }) => {
		const { vpbx_api_key: key, sign, json = '' } = formOf(post);
		if (password === '') return false;
		const isKey = isSameSecret(key, user);
		return isSameSecret(sign?.toLowerCase(), hexDigest('sha256', user + json + password)) && isKey;
	},
	read: (post) => {
		const fields = parseObject(formOf(post).json ?? '') ?? {};
		const report = reportOf(post, fields);
		return { reports: report ? [report] : [], raw: fields };
	},
	sign: (request, { user, password }) => {
		// Recordings are fetched from links, which need no login.
		if (request.method === 'GET') return request;
		const { json = {} } = request.body ?? {};
		const text = typeof json === 'string' ? json : JSON.stringify(json);
		return {
			...request,
			isForm: true,
			body: { vpbx_api_key: user, sign: hexDigest('sha256', user + text + password), json: text },
		};
	},
	recording: mangoRecording,
};

type Fields = Record<string, unknown>;

/** One side of a call: an employee has an extension, a client none. */
interface Party {
	extension?: string;
	/** Empty for a phone that has none: SIP addresses are no numbers. */
	number: string;
	line?: string;
	/** The leg before, of the same employee. */
	taken?: string;
}

function reportOf({ path }: Post, fields: Fields): Report | undefined {
	switch (path) {
		case 'events/call':
			return legReport(fields);
		case 'events/summary':
			return summaryReport(fields);
		case 'events/recording':
			return recordingReport(fields);
		case 'result/callback':
			return refusalReport(fields);
		default:
			return undefined;
	}
}

/** Texts and numbers come as either. */
function text(value: unknown): string | undefined {
	return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

function seconds(value: unknown): number {
	const given = text(value) ?? '';
	return /^\d{1,11}$/.test(given) ? Number(given) : 0;
}

function party(value: unknown): Party {
	const { extension, number, line_number: line, taken_from_call_id: taken } = fieldsOf(value);
	const digits = text(number) ?? '';
	return {
		extension: text(extension),
		number: /^\+?\d{2,}$/.test(digits) ? digits : '',
		line: text(line),
		taken: text(taken),
	};
}

/**
 * What the examples give a command as its id: CALL_ID of the click, and the employee's USER_ID after a slash. Others'
 * commands have other ids.
 */
function clickOf(command: unknown): Pick<Report, 'callId' | 'userId'> {
	const [, callId, userId] = /^(externalCall\.[\w.]+)(?:\/(\d{1,9}))?$/.exec(text(command) ?? '') ?? [];
	return callId === undefined ? {} : { callId, ...(userId === undefined ? {} : { userId: Number(userId) }) };
}

/** A phone rings, or was taken. Of a click the client's phone counts, not that the employee took the own one. */
function legReport(fields: Fields): Report | undefined {
	const { call_state: state, location, entry_id: entry, command_id: command } = fields;
	const event = state === 'Appeared' ? 'ringing' : state === 'Connected' ? 'answered' : undefined;
	const [from, to] = [party(fields.from), party(fields.to)];
	const employee = from.extension === undefined ? to : from;
	const client = employee === from ? to : from;
	const isOutgoing = from.extension !== undefined || command !== undefined;
	if (!event || location !== 'abonent' || employee.extension === undefined) return undefined;
	if (event === 'answered' && isOutgoing && from.extension === undefined) return undefined;
	return {
		event,
		...clickOf(command),
		externalCallId: text(entry),
		direction: client.extension !== undefined ? 'internal' : isOutgoing ? 'outgoing' : 'incoming',
		phoneNumber: client.number,
		lineNumber: to.line ?? from.line,
		extension: employee.extension,
		employeePhone: employee.number || undefined,
	};
}

const DIRECTIONS = ['internal', 'incoming', 'outgoing'] as const;

function summaryReport(fields: Fields): Report | undefined {
	const {
		entry_id: entry,
		call_direction: direction,
		line_number: line,
		create_time: created,
		talk_time: talk,
		end_time: end,
	} = fields;
	const way = DIRECTIONS[seconds(direction)];
	if (way === undefined || text(direction) === undefined) return undefined;
	const [from, to] = [party(fields.from), party(fields.to)];
	const isFromEmployee = from.extension !== undefined && way !== 'incoming';
	const [employee, client] = isFromEmployee ? [from, to] : [to, from];
	const duration = seconds(talk) > 0 ? Math.max(0, seconds(end) - seconds(talk)) : 0;
	return {
		event: 'ended',
		externalCallId: text(entry),
		direction: way,
		phoneNumber: client.number,
		lineNumber: text(line),
		extension: employee.extension,
		employeePhone: employee.number === text(line) ? undefined : employee.number || undefined,
		...ending(text(fields.disconnect_reason), seconds(talk) > 0, way === 'incoming'),
		duration,
		start: isoOf(seconds(created)),
		recording: duration > 0 ? recordingOfCall(text(entry) ?? '', seconds(created), seconds(end)) : undefined,
	};
}

/** Whether anybody talked is told by times; the reason tells why nobody did. Who hung up is no reason of that. */
function ending(
	reason: string | undefined,
	isTalk: boolean,
	isIncoming: boolean,
): Pick<Report, 'outcome' | 'outcomeWord'> {
	if (isTalk) return { outcome: 'answered', outcomeWord: reason };
	const outcome = readOutcome('mango', reason ?? '');
	const isGivenUp = outcome === 'ended' || outcome === 'answered';
	return { outcome: isGivenUp ? (isIncoming ? 'unanswered' : 'cancelled') : outcome, outcomeWord: reason };
}

/** It comes before the call's end or after, and says nothing of the client. */
function recordingReport(fields: Fields): Report | undefined {
	const id = text(fields.recording_id);
	if (fields.recording_state !== 'Completed' || text(fields.completion_code ?? 1000) !== '1000' || id === undefined)
		return undefined;
	const [externalCallId, extension] = [text(fields.entry_id), text(fields.extension)];
	return {
		event: 'recorded',
		externalCallId,
		direction: 'incoming',
		phoneNumber: '',
		extension,
		recording: recordingOfId(id),
	};
}

/**
 * What became of a click's command. Parameters (3xxx) and funds (2xxx) are refused before any phone rings, so no end of
 * a call follows; the other codes are those of a call, whose summary tells more.
 */
function refusalReport({ command_id: command, result }: Fields): Report | undefined {
	const code = text(result) ?? '';
	const click = clickOf(command);
	if (click.callId === undefined || !/^[23]\d{3}$/.test(code)) return undefined;
	const reason = `Mango Office refused to ring the employee (code ${code})`;
	const outcome = readOutcome('mango', code) ?? 'unavailable';
	return {
		event: 'ended',
		...click,
		direction: 'outgoing',
		phoneNumber: '',
		outcome,
		outcomeWord: code,
		reason,
		duration: 0,
	};
}

function isoOf(epoch: number): string | undefined {
	return epoch > 0
		? (DateTime.fromSeconds(epoch, { zone: 'utc' }).toISO({ suppressMilliseconds: true }) ?? undefined)
		: undefined;
}
