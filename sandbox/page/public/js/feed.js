import { html } from 'htm/preact';
import { moment } from './format.js';
import { empty, panel } from './parts.js';

/** @import { Snapshot } from '../../snapshot' */
/** @import { FeedItem } from '../../data/traffic' */

/** Who did something, in words. */
export const SENDERS = { portal: 'Portal', workflow: 'Workflow', pbx: 'PBX', person: 'Person' };

/**
 * What happened lately, of all calls and besides them.
 * @param {Snapshot} state
 */
export function feedPanel({ feed }) {
	return panel(
		{ title: 'What happened', hint: 'Newest first: portal, workflow and phone system (PBX).' },
		feed.length > 0
			? html`<ol class="feed" data-testid="feed" tabindex="0" aria-label="What happened">
					${feed.map(feedItem)}
				</ol>`
			: empty('Nothing yet. Press a number.'),
	);
}

/** @param {FeedItem} item */
function feedItem({ key, at, from, text, detail, tone }) {
	return html`<li key=${key} class=${tone}>
		<time>${moment(at)}</time>
		<span class="sender">${SENDERS[from]}</span>
		<span class="what">${text} <small>${detail}</small></span>
	</li>`;
}
