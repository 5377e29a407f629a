import { DateTime } from 'luxon';
import { readOutcome, type CallOutcome } from '../../bitrix24/outcomes';
import { formOf, jsonOf, parseObject, type Post } from '../post';
import type { Report, ReportEvent } from '../report';
import { get, withBasicAuth, type PhoneSystem } from '../system';

/**
 * FreeSWITCH with the dialplan of examples/freeswitch, which posts with mod_curl, and with mod_json_cdr as the net for
 * posts that were lost. It proves nothing: the address is the key. Login: address, user and password of mod_xml_rpc.
 */
export const freeswitch: PhoneSystem = {
	carriesCallId: true,
	read: (post) => {
		const fields = fieldsOf(post);
		return { reports: fields ? [report(fields)] : [], raw: fields ?? {} };
	},
	sign: withBasicAuth,
	recording: async (uuid, { address }) =>
		await Promise.resolve(get(`${address}/bitrix24/${encodeURIComponent(uuid)}.wav`)),
};

type Fields = Record<string, string>;

/** A form, JSON with the same fields, or a record of mod_json_cdr; undefined for records of calls that are not ours. */
function fieldsOf(post: Post): Fields | undefined {
	const form = formOf(post);
	// Seen on a real one: some settings send the record as JSON under a form's content type, or in a field of a form.
	const json = jsonOf(post) ?? parseObject(form.cdr ?? '');
	if (!json) return form;
	return isObject(json.variables) ? ofRecord(texts(json.variables)) : texts(json);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

/** mod_json_cdr percent-encodes values unless it is told not to. */
function texts(values: Record<string, unknown>): Fields {
	const plain = Object.entries(values).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
	return Object.fromEntries(plain.map(([name, value]) => [name, decoded(String(value))]));
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** A record as the fields of the dialplan's report. */
function ofRecord(variables: Fields): Fields | undefined {
	const { b24_call_id: CALL_ID = '', b24_direction: marked, uuid: UUID = '' } = variables;
	if (!CALL_ID && !marked) return undefined;
	const isIncoming = marked === 'in';
	return {
		CALL_ID,
		UUID,
		DIRECTION: isIncoming ? 'in' : 'out',
		// Without the mark the dialplan never ran: the employee's phone was not taken.
		LEG: marked ? '' : 'agent',
		EXTENSION: (isIncoming ? variables.last_sent_callee_id_number : variables.dialed_user) ?? '',
		NUMBER: variables.b24_from ?? '',
		LINE: variables.b24_line ?? '',
		DISPOSITION: variables.originate_disposition ?? '',
		CAUSE: variables.hangup_cause ?? '',
		BRIDGED: variables.bridge_epoch ?? '',
		STARTED: variables.start_epoch ?? '',
		ENDED: variables.end_epoch ?? '',
		RECORDING: UUID,
	};
}

function report(fields: Fields): Report {
	const event = eventOf(fields);
	const talked = seconds(fields);
	return {
		event,
		callId: fields.CALL_ID || undefined,
		externalCallId: fields.UUID || undefined,
		direction: fields.DIRECTION === 'in' ? 'incoming' : 'outgoing',
		phoneNumber: /\d/.test(fields.NUMBER ?? '') ? (fields.NUMBER ?? '') : '',
		lineNumber: fields.LINE || undefined,
		extension: fields.EXTENSION || undefined,
		start: isoOf(fields.STARTED ?? ''),
		...(event === 'ended'
			? {
					...ending(fields),
					duration: talked ?? 0,
					recording: talked === undefined ? undefined : fields.RECORDING || undefined,
				}
			: {}),
	};
}

function eventOf({ EVENT }: Fields): ReportEvent {
	return EVENT === 'asked' || EVENT === 'answered' ? EVENT : 'ended';
}

/** From the client's answer on; undefined when the two never talked. billsec would count from the employee's answer. */
function seconds({ BRIDGED = '', ENDED = '' }: Fields): number | undefined {
	const from = Number(BRIDGED);
	return from > 0 ? Math.max(0, Math.round(Number(ENDED) - from) || 0) : undefined;
}

function isoOf(epoch: string): string | undefined {
	return /^\d{9,11}$/.test(epoch)
		? (DateTime.fromSeconds(Number(epoch), { zone: 'utc' }).toISO({ suppressMilliseconds: true }) ?? undefined)
		: undefined;
}

/** Causes of an employee's phone that was there and was not answered. */
const NOT_TAKEN = /^(USER_BUSY|CALL_REJECTED|NO_ANSWER|NO_USER_RESPONSE|ORIGINATOR_CANCEL)$/;

/**
 * The disposition is the truth, the cause is not: it is NORMAL_CLEARING when nobody answered (seen on a real one).
 * There is no disposition when the caller was gone before anything rang.
 */
function ending(fields: Fields): Pick<Report, 'outcome' | 'outcomeWord' | 'reason'> {
	const { LEG, DISPOSITION = '', CAUSE = '' } = fields;
	const outcomeWord = DISPOSITION || CAUSE;
	if (LEG === 'agent') {
		return {
			outcome: NOT_TAKEN.test(CAUSE) ? 'cancelled' : 'unavailable',
			outcomeWord,
			reason: `Nobody answered on the employee’s phone (${CAUSE})`,
		};
	}
	const outcome: CallOutcome | undefined = readOutcome('freeswitch', outcomeWord);
	return { outcome: outcome === 'answered' && seconds(fields) === undefined ? 'ended' : outcome, outcomeWord };
}
