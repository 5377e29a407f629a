import { isIncoming, type Pbx, type PbxCall } from '../../pbx';
import type { Delivery, PortalState } from '../../portal/state/model';

const SHOWN = 60;

/** One event on its way to a handler. */
export type DeliveryView = Pick<
	Delivery,
	'id' | 'event' | 'url' | 'body' | 'queuedAt' | 'sentAt' | 'state' | 'status' | 'answer' | 'took' | 'problem'
>;

/** One hangup report of the PBX. */
export interface ReportView {
	id: number;
	url: string;
	body: string;
	sentAt: number;
	status: number | null;
	answer: string | null;
	took: number | null;
	problem: string | null;
}

/** One line of "What happened": who did what, newest first. */
export interface FeedItem {
	key: string;
	at: number;
	from: 'portal' | 'workflow' | 'pbx';
	text: string;
	detail: string;
	tone: 'good' | 'bad' | 'plain';
}

/** The latest deliveries, newest first. */
export function deliveryViews(state: PortalState): DeliveryView[] {
	return state.deliveries
		.slice(-SHOWN)
		.reverse()
		.map(({ id, event, url, body, queuedAt, sentAt, state: stage, status, answer, took, problem }) => ({
			id,
			event,
			url,
			body,
			queuedAt,
			sentAt,
			state: stage,
			status,
			answer,
			took,
			problem,
		}));
}

/** The latest hangup reports, newest first. */
export function reportViews(pbx: Pbx): ReportView[] {
	return pbx.reports
		.slice(-SHOWN)
		.reverse()
		.map((report) => ({
			id: report.id,
			url: report.url,
			body: report.body,
			sentAt: report.sentAt,
			status: report.status ?? null,
			answer: report.answer ?? null,
			took: report.took ?? null,
			problem: report.error ?? null,
		}));
}

/** Deliveries, REST calls, PBX calls and reports in one list, so that a person sees a call travel. */
export function feed(state: PortalState, pbx: Pbx): FeedItem[] {
	const items = [
		...state.deliveries.slice(-20).map(deliveryItem),
		...state.requests.slice(-20).map((request): FeedItem => ({
			key: `request-${request.id}`,
			at: request.at,
			from: 'workflow',
			text: `called ${request.method}`,
			detail: request.error === null ? String(request.status) : `${request.status} ${request.error}`.trim(),
			tone: request.error === null && request.status < 400 ? 'good' : 'bad',
		})),
		...pbx.calls.slice(-20).map((call): FeedItem => ({
			key: `pbx-${call.channelId}`,
			at: call.startedAt,
			from: 'pbx',
			text: isIncoming(call)
				? `got a call of ${call.number || 'a hidden number'}${rungBy(call)}`
				: `was asked to connect extension ${call.extension} with ${call.number}`,
			detail: '',
			tone: 'plain',
		})),
		...reportViews(pbx)
			.slice(0, 20)
			.map((report): FeedItem => ({
				key: `report-${report.id}`,
				at: report.sentAt,
				from: 'pbx',
				text: told(new URLSearchParams(report.body)),
				detail: outcome(report.status, report.problem, report.took),
				tone: toneOf(report.status, report.problem),
			})),
	];
	return items.sort((left, right) => right.at - left.at).slice(0, 16);
}

function rungBy(call: PbxCall): string {
	return isIncoming(call) && call.rung.length > 0 ? `, rang ${call.rung.join(', ')}` : '';
}

/** What the PBX said, of the fields with which it said it. */
function told(fields: URLSearchParams): string {
	const event = fields.get('EVENT') ?? 'ended';
	if (fields.has('CALLER')) return `asked whom to ring for ${fields.get('CALLER') ?? ''}`;
	if (event !== 'ended') return `reported ${event}, extension ${fields.get('EXTENSION') ?? ''}`;
	const talked = fields.get('ANSWEREDTIME');
	return `reported ${fields.get('DIALSTATUS') || 'the end'}${talked ? `, ${talked} s` : ''}${fields.get('LEG') === 'agent' ? ' (employee’s phone)' : ''}`;
}

function deliveryItem(delivery: Delivery): FeedItem {
	return {
		key: `delivery-${delivery.id}`,
		at: delivery.queuedAt,
		from: 'portal',
		text: `sent ${delivery.event.toUpperCase()}`,
		detail: delivery.state === 'lost' ? 'lost' : outcome(delivery.status, delivery.problem, delivery.took),
		tone: delivery.state === 'lost' ? 'bad' : toneOf(delivery.status, delivery.problem),
	};
}

function outcome(status: number | null, problem: string | null, took: number | null): string {
	if (problem) return problem;
	if (status === null) return 'waiting';
	return took === null ? String(status) : `${status} in ${Math.round(took)} ms`;
}

function toneOf(status: number | null, problem: string | null): FeedItem['tone'] {
	if (problem) return 'bad';
	if (status === null) return 'plain';
	return status < 300 ? 'good' : 'bad';
}
