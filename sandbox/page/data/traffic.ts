import type { Pbx } from '../../pbx';
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
