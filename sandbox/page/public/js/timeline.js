import { html } from 'htm/preact';
import { timeOfDay } from './format.js';
import { icon } from './icons.js';
import { facts, subtitle } from './parts.js';
import { player } from './recording.js';

/** @import { VNode } from 'preact' */
/** @import { Execution, TimelineEntry } from '../../data/timeline' */

/** Who did something, in words. */
const SENDERS = { portal: 'Portal', workflow: 'Workflow', pbx: 'PBX', person: 'Person' };

/**
 * The steps of a call, oldest first. Each opens to what was sent and answered.
 * @param {TimelineEntry[]} entries
 */
export function timelineList(entries) {
	if (entries.length === 0) return html`<p class="quiet">Nothing happened yet.</p>`;
	return html`<ol class="timeline" data-testid="timeline" aria-label="Steps of the call">
		${entries.map(step)}
	</ol>`;
}

/**
 * Requests that belong to no call, newest first.
 * @param {TimelineEntry[]} entries
 */
export function requestList(entries) {
	return html`<ol class="timeline" data-testid="requests" aria-label="Requests besides calls">
		${entries.map(step)}
	</ol>`;
}

/**
 * @param {TimelineEntry} entry
 * @returns {VNode}
 */
function step(entry) {
	const { key, kind, from, tone, execution, recording } = entry;
	const opens = entry.sent.length > 0 || entry.answer !== '' || entry.parts.length > 0;
	return html`<li class="step ${tone}" key=${key} data-testid="step" data-kind=${kind} data-from=${from}>
		<span class="step-mark">${icon(kind)}</span>
		<div class="step-main">
			${
				opens
					? html`<details>
							<summary>${line(entry)}</summary>
							${opened(entry)}
						</details>`
					: html`<div class="step-line">${line(entry)}</div>`
			}
			${recording && player(recording, entry.text)}
		</div>
		${execution && link(execution)}
	</li>`;
}

/** @param {TimelineEntry} entry */
function line({ at, from, text, detail, tone }) {
	return html`
		<time>${timeOfDay(at)}</time>
		<span class="sender">${SENDERS[from]}</span>
		<span class="step-what">
			<span class="step-text">${text}</span> ${detail && html`<span class="badge ${tone}">${detail}</span>`}
		</span>
	`;
}

/** @param {TimelineEntry} entry */
function opened({ sent, answer, parts }) {
	return html`<div class="step-body">
		${sent.length > 0 && subtitle('Sent')}
		${sent.length > 0 && facts(sent.map(({ name, value }) => [name, value === '' ? '(empty)' : value]))}
		${parts.length > 0 && subtitle('Commands of the batch')}
		${
			parts.length > 0 &&
			html`<ol class="timeline parts">
				${parts.map(step)}
			</ol>`
		}
		${answer !== '' && subtitle('Answer')}
		${answer !== '' && html`<pre tabindex="0" data-testid="answer">${answer}</pre>`}
	</div>`;
}

/** @param {Execution} execution */
function link({ id, url, workflow, status }) {
	return html`<a
		class="execution"
		href=${url}
		target="_blank"
		rel="noopener"
		data-testid="execution"
		title=${`${workflow}: ${status}`}
	>
		Execution ${id} in n8n<span class="visually-hidden">, ${workflow}, opens a new tab</span>${icon('out')}
	</a>`;
}
