import { h } from './dom.js';
import { CALL_TYPES, duration, moment, outcome, readable } from './format.js';
import { icon } from './icons.js';
import { avatar, badge, empty, facts } from './parts.js';

/** The call history. */
export function callsView(state) {
	return [
		h(
			'section',
			{ class: 'panel', 'data-key': 'history' },
			h(
				'header',
				{ class: 'panel-head' },
				h('h1', {}, 'Calls'),
				h(
					'p',
					{ class: 'hint' },
					'What the workflow logged with finish, newest first. Open a call for recording and transcript.',
				),
			),
			state.history.length
				? h('ul', { class: 'rows' }, state.history.map(historyRow))
				: empty('No call yet. It appears here as soon as the workflow has finished it.'),
		),
	];
}

/** One finished call; opens to show everything the portal keeps. */
export function historyRow(row) {
	const kind = CALL_TYPES[row.type] ?? CALL_TYPES[1];
	const { label, tone } = outcome(row.code);
	const name = row.client?.name ?? 'Unknown client';
	return h(
		'li',
		{ 'data-key': `call-${row.id}`, 'data-testid': 'history-row', 'data-call-id': row.callId, 'data-code': row.code },
		h(
			'details',
			{ class: 'row' },
			h(
				'summary',
				{},
				h(
					'span',
					{ class: `direction ${tone}` },
					icon(kind.arrow),
					h('span', { class: 'visually-hidden' }, kind.label),
				),
				avatar(name),
				h(
					'span',
					{ class: 'row-text' },
					h('strong', {}, name),
					h('span', { class: 'quiet' }, `${readable(row.number)} · ${row.employee}`),
				),
				h(
					'span',
					{ class: 'row-marks' },
					row.missed ? badge('Missed', 'bad') : null,
					row.recording ? badge('Recording', 'plain') : null,
					row.transcript ? badge('Transcript', 'plain') : null,
					badge(label, tone),
				),
				h(
					'span',
					{ class: 'row-when' },
					h('strong', {}, duration(row.duration)),
					h('span', { class: 'quiet' }, moment(row.startedAt)),
				),
			),
			h(
				'div',
				{ class: 'row-body' },
				row.recording
					? h('audio', {
							controls: true,
							preload: 'none',
							src: row.recording.url,
							'data-testid': 'recording',
							'aria-label': `Recording ${row.recording.name}`,
						})
					: null,
				row.transcript ? transcript(row.transcript) : null,
				facts([
					['Direction', kind.label],
					['Status code', row.code],
					['Reason', row.reason],
					['Line', row.line],
					['Cost', row.cost],
					['Vote', row.vote],
					['Logged by', row.application],
					['Recording', row.recording?.name],
					['CALL_ID', row.callId],
				]),
			),
		),
	);
}

function transcript(lines) {
	return h(
		'ol',
		{ class: 'transcript', 'data-testid': 'transcript' },
		lines.map((line) =>
			h(
				'li',
				{ class: line.side.toLowerCase() },
				h('span', { class: 'quiet' }, `${line.side === 'User' ? 'Employee' : 'Client'} ${duration(line.startTime)}`),
				h('p', {}, line.message),
			),
		),
	);
}
