import { html } from 'htm/preact';
import { moment } from './format.js';
import { badge, empty, facts, panel, subtitle } from './parts.js';
import { requestList } from './timeline.js';

/** @import { Snapshot } from '../../snapshot' */
/** @import { DeliveryView, ReportView } from '../../data/traffic' */
/** @import { Tone } from './format.js' */

/**
 * @typedef {object} Wire What went over the wire, as a row shows it.
 * @property {string} key
 * @property {string} testid
 * @property {string} title
 * @property {number} at
 * @property {[text: string, tone: Tone]} mark
 */

/**
 * Deliveries of the portal and reports of the PBX, each with the bytes that went over the wire, and requests that no
 * call shows.
 * @param {Snapshot} state
 */
export function eventsView({ deliveries, requests, pbx }) {
	return html`
		${panel(
			{
				title: 'Events',
				level: 1,
				hint: 'What the portal sent to the handlers. It sends each event once and never repeats it.',
			},
			deliveries.length > 0
				? html`<ul class="rows">
						${deliveries.map(deliveryRow)}
					</ul>`
				: empty('Nothing sent yet. Press a number while a workflow is published.'),
		)}
		${panel(
			{
				title: 'Reports of the phone system',
				hint: 'What the dialplan of the phone system posted to the workflow. A report is repeated until n8n takes it.',
			},
			pbx.reports.length > 0
				? html`<ul class="rows">
						${pbx.reports.map(reportRow)}
					</ul>`
				: empty('No call has ended yet.'),
		)}
		${panel(
			{
				title: 'Requests besides calls',
				hint: 'What workflows asked the portal for that names no call: connecting, binding events, looking people up. What names a call stands under Calls.',
			},
			requests.length > 0 ? requestList(requests) : empty('Nothing asked for yet.'),
		)}
	`;
}

/** @param {DeliveryView} delivery */
function deliveryRow(delivery) {
	return wireRow(delivery, {
		key: `delivery-${delivery.id}`,
		testid: 'delivery-row',
		title: delivery.event.toUpperCase(),
		at: delivery.queuedAt,
		mark: deliveryMark(delivery),
	});
}

/**
 * @param {DeliveryView} delivery
 * @returns {[string, Tone]}
 */
function deliveryMark({ state, status }) {
	if (state === 'lost') return ['Lost', 'bad'];
	if (state === 'failed') return ['No answer', 'bad'];
	if (state !== 'answered') return [state === 'sent' ? 'Sent' : 'Queued', 'plain'];
	return [String(status), (status ?? 0) < 300 ? 'good' : 'bad'];
}

/** @param {ReportView} report */
function reportRow(report) {
	const fields = new URLSearchParams(report.body);
	return wireRow(report, {
		key: `report-${report.id}`,
		testid: 'report-row',
		title: fields.get('DIALSTATUS') || fields.get('EVENT') || 'Report',
		at: report.sentAt,
		mark: reportMark(report),
	});
}

/**
 * @param {ReportView} report
 * @returns {[string, Tone]}
 */
function reportMark({ problem, status }) {
	if (problem) return ['No answer', 'bad'];
	if (status === null) return ['Sent', 'plain'];
	return [String(status), status < 300 ? 'good' : 'bad'];
}

/**
 * @param {DeliveryView | ReportView} record
 * @param {Wire} wire
 */
function wireRow({ url, body, status, took, problem, answer }, { key, testid, title, at, mark }) {
	return html`<li key=${key} data-testid=${testid} data-status=${status ?? ''}>
		<details class="row wire">
			<summary>
				<span class="row-text">
					<strong>${title}</strong>
					<span class="quiet">${url || 'Offline queue'}</span>
				</span>
				<span class="row-marks">${badge(...mark)}</span>
				<span class="row-when">
					<strong>${took === null ? '–' : `${Math.round(took)} ms`}</strong>
					<span class="quiet">${moment(at)}</span>
				</span>
			</summary>
			<div class="row-body">
				${subtitle('Fields')}
				${facts([...new URLSearchParams(body)].map(([name, value]) => [name, value === '' ? '(empty)' : value]))}
				${subtitle('Raw body')}
				<pre data-testid="raw-body" tabindex="0">${body}</pre>
				${subtitle('Answer')}
				${problem ? html`<p class="problem">${problem}</p>` : html`<pre tabindex="0">${answer || '(empty)'}</pre>`}
			</div>
		</details>
	</li>`;
}
