import { html } from 'htm/preact';
import { duration } from './format.js';

/** @import { HistoryView } from '../../data/calls' */

/**
 * Plays a recording. It goes on playing whatever happens to the page around it.
 * @param {string} url
 * @param {string} name
 */
export function player(url, name) {
	return html`<audio
		key=${url}
		controls
		preload="none"
		src=${url}
		data-testid="recording"
		aria-label=${`Recording ${name}`}
	></audio>`;
}

/**
 * What was said, line by line.
 * @param {NonNullable<HistoryView['transcript']>} lines
 */
export function transcript(lines) {
	return html`<ol class="transcript" data-testid="transcript">
		${lines.map(
			({ side, startTime, message }) =>
				html`<li class=${side.toLowerCase()}>
					<span class="quiet">${side === 'User' ? 'Employee' : 'Client'} ${duration(startTime)}</span>
					<p>${message}</p>
				</li>`,
		)}
	</ol>`;
}
