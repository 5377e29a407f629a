import { html } from 'htm/preact';
import { callKind, duration, moment, outcome, readable } from './format.js';
import { icon } from './icons.js';
import { avatar, badge, empty, facts, panel } from './parts.js';
import { player, transcript } from './recording.js';
import { timelineList } from './timeline.js';
import { place } from './ui.js';

/** @import { Snapshot } from '../../snapshot' */
/** @import { HistoryView } from '../../data/calls' */
/** @import { Timeline } from '../../data/timeline' */
/** @import { Tone } from './format.js' */

/**
 * @typedef {object} Call A call with what is known of it: its steps, its row of the history, or both.
 * @property {string} key
 * @property {Timeline | undefined} timeline
 * @property {HistoryView | undefined} row
 */

/**
 * All calls: the running ones, and those that the workflow logged.
 * @param {Snapshot} state
 */
export function callsView(state) {
	return panel(
		{
			title: 'Calls',
			level: 1,
			hint: 'Newest first. Open a call to see each of its steps: what the portal sent, what the workflow asked for, and what the phone system did.',
		},
		callList(latestCalls(state), place().part),
	);
}

/**
 * The calls, newest first.
 * @param {Snapshot} state
 * @returns {Call[]}
 */
export function latestCalls({ timelines, history }) {
	const rows = new Map(history.map((row) => [row.callId, row]));
	const told = new Set(timelines.map(({ callId }) => callId));
	return [
		...timelines.map((timeline) => ({ key: timeline.key, timeline, row: rows.get(timeline.callId) })),
		...history.filter(({ callId }) => !told.has(callId)).map((row) => ({ key: row.callId, timeline: undefined, row })),
	];
}

/**
 * Calls below each other, each to be opened.
 * @param {Call[]} calls
 * @param {string} opened key of the call that is open from the start; empty for none
 */
export function callList(calls, opened) {
	if (calls.length === 0) return empty('No call yet. Press a client’s number, and it appears here.');
	return html`<ul class="rows">
		${calls.map((call) => callRow(call, call.key === opened))}
	</ul>`;
}

/**
 * @param {Call} call
 * @param {boolean} opened
 */
function callRow({ key, timeline, row }, opened) {
	const { name, number, employee, direction, kind, startedAt } = headOf(timeline, row);
	const { label, tone } = markOf(timeline, row);
	return html`<li key=${key} data-testid=${row ? 'history-row' : 'call-row'} data-call-id=${key} data-code=${row?.code}>
		<details class="row" open=${opened || undefined}>
			<summary>
				<span class="direction ${tone}">${icon(direction)}<span class="visually-hidden">${kind}</span></span>
				${avatar(name)}
				<span class="row-text">
					<strong>${name}</strong>
					<span class="quiet">${[readable(number), employee].filter(Boolean).join(' · ')}</span>
				</span>
				<span class="row-marks">
					${row?.missed && badge('Missed', 'bad')} ${row?.recording && badge('Recording')}
					${row?.transcript && badge('Transcript')} ${badge(label, tone)}
				</span>
				<span class="row-when">
					<strong>${row ? duration(row.duration) : '–'}</strong>
					<span class="quiet">${moment(startedAt)}</span>
				</span>
			</summary>
			<div class="row-body">
				${row && logged(row, kind, timeline)}
				${timeline ? timelineList(timeline.entries) : html`<p class="quiet">The steps of older calls are not kept.</p>`}
			</div>
		</details>
	</li>`;
}

/**
 * How the call stands or ended, in a word.
 * @param {Timeline | undefined} timeline
 * @param {HistoryView | undefined} row
 * @returns {{ label: string, tone: Tone | 'live' }}
 */
function markOf(timeline, row) {
	if (row) return outcome(row.code);
	return timeline?.over ? { label: 'Over', tone: 'plain' } : { label: 'Live', tone: 'live' };
}

/**
 * What the closed row says; the history knows it best.
 * @param {Timeline | undefined} timeline
 * @param {HistoryView | undefined} row
 */
function headOf(timeline, row) {
	const { label, arrow } = callKind(row?.type ?? (timeline?.direction === 'in' ? 2 : 1));
	return {
		name: row?.client?.name || timeline?.client || 'Unknown client',
		number: row?.number || timeline?.number || 'Hidden number',
		employee: row?.employee || timeline?.employee || '',
		direction: arrow,
		kind: label,
		startedAt: row?.startedAt ?? timeline?.startedAt ?? 0,
	};
}

/**
 * What the portal keeps of a finished call. The recording is played where its step is, or here for want of it.
 * @param {HistoryView} row
 * @param {string} kind
 * @param {Timeline | undefined} timeline
 */
function logged(row, kind, timeline) {
	const inTimeline = timeline?.entries.some(({ recording }) => recording === row.recording?.url) ?? false;
	return html`
		${row.recording && !inTimeline && player(row.recording.url, row.recording.name)}
		${row.transcript && transcript(row.transcript)}
		${facts([
			['Direction', kind],
			['Status code', row.code],
			['Reason', row.reason],
			['Line', row.line],
			['Cost', row.cost],
			['Vote', row.vote],
			['Logged by', row.application],
			['Recording', row.recording?.name],
			['CALL_ID', row.callId],
		])}
	`;
}
