import { h } from './dom.js';
import { moment } from './format.js';
import { badge, empty, facts, panel } from './parts.js';

/** Deliveries of the portal and reports of the PBX, each with the bytes that went over the wire. */
export function eventsView(state) {
	return [
		h(
			'section',
			{ class: 'panel', 'data-key': 'deliveries' },
			h(
				'header',
				{ class: 'panel-head' },
				h('h1', {}, 'Events'),
				h(
					'p',
					{ class: 'hint' },
					'What the portal sent to the handlers. It sends each event once and never repeats it.',
				),
			),
			state.deliveries.length
				? h('ul', { class: 'rows' }, state.deliveries.map(deliveryRow))
				: empty('Nothing sent yet. Press a number while a workflow is active.'),
		),
		state.pbx
			? panel(
					'Hangup reports of the PBX',
					'What the dialplan posted to the workflow when a call ended. Each is posted once.',
					state.pbx.reports.length
						? h('ul', { class: 'rows' }, state.pbx.reports.map(reportRow))
						: empty('No call has ended yet.'),
				)
			: null,
	];
}

function deliveryRow(delivery) {
	const [text, tone] = deliveryState(delivery);
	return wireRow(
		`delivery-${delivery.id}`,
		'delivery-row',
		delivery.event.toUpperCase(),
		delivery.queuedAt,
		delivery.url,
		text,
		tone,
		delivery,
	);
}

function deliveryState(delivery) {
	if (delivery.state === 'lost') return ['Lost', 'bad'];
	if (delivery.state === 'failed') return ['No answer', 'bad'];
	if (delivery.state !== 'answered') return [delivery.state === 'sent' ? 'Sent' : 'Queued', 'plain'];
	return [String(delivery.status), delivery.status < 300 ? 'good' : 'bad'];
}

function reportRow(report) {
	const tone = report.problem || report.status >= 300 ? 'bad' : 'good';
	const text = report.problem ? 'No answer' : report.status === null ? 'Sent' : String(report.status);
	const title = new URLSearchParams(report.body).get('DIALSTATUS') ?? 'Report';
	return wireRow(
		`report-${report.id}`,
		'report-row',
		title,
		report.sentAt,
		report.url,
		text,
		report.status === null && !report.problem ? 'plain' : tone,
		report,
	);
}

function wireRow(key, testId, title, at, url, text, tone, record) {
	return h(
		'li',
		{ 'data-key': key, 'data-testid': testId, 'data-status': record.status ?? '' },
		h(
			'details',
			{ class: 'row' },
			h(
				'summary',
				{},
				h(
					'span',
					{ class: 'row-text' },
					h('strong', {}, title),
					h('span', { class: 'quiet address' }, url || 'Offline queue'),
				),
				h('span', { class: 'row-marks' }, badge(text, tone)),
				h(
					'span',
					{ class: 'row-when' },
					h('strong', {}, record.took === null ? '\u2013' : `${Math.round(record.took)} ms`),
					h('span', { class: 'quiet' }, moment(at)),
				),
			),
			h(
				'div',
				{ class: 'row-body' },
				h('h3', {}, 'Fields'),
				fields(record.body),
				h('h3', {}, 'Raw body'),
				h('pre', { 'data-testid': 'raw-body', tabindex: 0 }, record.body),
				h('h3', {}, 'Answer'),
				record.problem
					? h('p', { class: 'problem' }, record.problem)
					: h('pre', { tabindex: 0 }, record.answer || '(empty)'),
			),
		),
	);
}

function fields(body) {
	return facts([...new URLSearchParams(body)].map(([name, value]) => [name, value === '' ? '(empty)' : value]));
}
