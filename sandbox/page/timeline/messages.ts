import type { Pbx, PbxCall, PbxRequest, ReportRecord } from '../../pbx';
import type { Delivery } from '../../portal/state/model';
import type { TimelineEntry } from '../data/timeline';
import { answerText, answerWords, fieldsOf, formFields } from './fields';
import { idsInText } from './ids';

type Add = (key: string, entry: TimelineEntry) => void;
type Keys = ReadonlyMap<string, string>;

/** Deliveries that are looked at. */
const LOOKED_AT = 500;
/** CALL_ID of a delivery, read once; empty where it names none. */
const callIds = new WeakMap<Delivery, string>();
/** Ids of calls in requests to the PBX, read once. */
const requestIds = new WeakMap<PbxRequest, readonly string[]>();

/** The entries of events, which the portal sends to workflows. */
export function addDeliveries(deliveries: readonly Delivery[], keys: Keys, add: Add): void {
	for (const delivery of deliveries.slice(-LOOKED_AT)) {
		const key = keys.get(callIdOf(delivery));
		if (key === undefined) continue;
		const isLost = delivery.state === 'lost';
		add(key, {
			key: `event-${delivery.id}`,
			at: delivery.sentAt ?? delivery.queuedAt,
			kind: 'event',
			from: 'portal',
			text: delivery.event.toUpperCase(),
			...(isLost ? { detail: 'lost', tone: 'bad' } : outcomeOf(delivery)),
			sent: formFields(delivery.body),
			answer: answerText(delivery.answer ?? ''),
			parts: [],
		});
	}
}

/**
 * The entries of what the PBX tells workflows: its questions, and its reports.
 * @param ahead milliseconds that the portal's time is ahead of this computer's
 */
export function addReports(reports: readonly ReportRecord[], keys: Keys, ahead: number, add: Add): void {
	for (const report of reports) {
		const fields = new URLSearchParams(report.body);
		const key = keys.get(report.channelId) ?? keys.get(fields.get('CALL_ID') ?? '');
		if (key === undefined) continue;
		const { status = null, error: problem = null, took = null, answer = null } = report;
		add(key, {
			key: `report-${report.id}`,
			at: report.sentAt + ahead,
			kind: 'report',
			from: 'pbx',
			text: told(fields),
			...outcomeOf({ status, problem, took, answer }),
			sent: formFields(report.body),
			answer: answerText(report.answer ?? ''),
			parts: [],
		});
	}
}

/** The entries of what workflows asked of the PBX, and of what it and the people at its phones did. */
export function addPhones(
	calls: readonly { key: string; call: PbxCall }[],
	{ journal }: Pick<Pbx, 'journal'>,
	keys: Keys,
	ahead: number,
	add: Add,
): void {
	for (const request of journal) {
		const key = idsOf(request).flatMap((id) => keys.get(id) ?? [])[0];
		if (key !== undefined) add(key, pbxRequestEntry(request, ahead));
	}
	for (const { key, call } of calls)
		call.moments.forEach(({ at, by, text }, index) =>
			add(key, {
				key: `pbx-${call.channelId}-${call.startedAt}-${index}`,
				at: at + ahead,
				kind: 'pbx',
				from: by,
				text,
				detail: '',
				tone: 'plain',
				sent: [],
				answer: '',
				parts: [],
			}),
		);
}

function pbxRequestEntry(request: PbxRequest, ahead: number): TimelineEntry {
	const { method, status } = request;
	const [path = '', query = ''] = request.url.split(/\?(.*)/s);
	return {
		key: `pbx-request-${request.id}`,
		at: request.at + ahead,
		kind: 'pbx',
		from: 'workflow',
		text: `${method} ${decoded(path)}`,
		detail: `${status} in ${Math.round(request.took)} ms`,
		tone: status < 400 ? 'good' : 'bad',
		sent: [...formFields(query), ...bodyFields(request.body)],
		answer: answerText(request.answer),
		parts: [],
	};
}

function idsOf(request: PbxRequest): readonly string[] {
	const known = requestIds.get(request);
	if (known) return known;
	const ids = idsInText(`${decoded(request.url)} ${request.body}${originated(request)}`);
	requestIds.set(request, ids);
	return ids;
}

/** An originate request without an id of its own is answered with that of the channel. */
function originated({ method, answer }: PbxRequest): string {
	return method === 'POST' ? ` ${answer}` : '';
}

function bodyFields(body: string): TimelineEntry['sent'] {
	try {
		return body === '' ? [] : fieldsOf(JSON.parse(body));
	} catch {
		return formFields(body);
	}
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** CALL_ID of a delivery; empty where it names none. */
export function callIdOf(delivery: Delivery): string {
	const known = callIds.get(delivery);
	if (known !== undefined) return known;
	const callId = new URLSearchParams(delivery.body).get('data[CALL_ID]') ?? '';
	callIds.set(delivery, callId);
	return callId;
}

/** What the PBX said, of the fields with which it said it. */
function told(fields: URLSearchParams): string {
	const event = fields.get('EVENT') ?? 'ended';
	if (fields.has('CALLER')) return `asks whom to ring for ${fields.get('CALLER') ?? ''}`;
	if (event !== 'ended') return `reports ${event}, extension ${fields.get('EXTENSION') ?? ''}`;
	const talked = fields.get('ANSWEREDTIME');
	return `reports ${fields.get('DIALSTATUS') || 'the end'}${talked ? `, ${talked} s` : ''}${fields.get('LEG') === 'agent' ? ' (employee’s phone)' : ''}`;
}

/** How a message was taken. Whoever takes it and says something has done less than was asked, or something else. */
function outcomeOf({
	status,
	problem,
	took,
	answer,
}: Pick<Delivery, 'status' | 'problem' | 'took' | 'answer'>): Pick<TimelineEntry, 'detail' | 'tone'> {
	if (problem) return { detail: problem, tone: 'bad' };
	if (status === null) return { detail: 'waiting', tone: 'plain' };
	const words = answerWords(answer);
	const time = took === null ? String(status) : `${status} in ${Math.round(took)} ms`;
	const tone = words === '' ? 'good' : 'plain';
	return { detail: words === '' ? time : `${time}: ${words}`, tone: status < 300 ? tone : 'bad' };
}
