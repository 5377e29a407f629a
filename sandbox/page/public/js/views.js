import { html } from 'htm/preact';
import { applicationView } from './application.js';
import { callsView, latestCalls } from './calls.js';
import { clientsView } from './clients.js';
import { eventsView } from './events.js';
import { faultsView } from './faults.js';
import { limitsView } from './limits.js';
import { place } from './ui.js';

/** @import { Snapshot } from '../../snapshot' */
/** @import { VNode } from 'preact' */
/** @import { Ui } from './ui.js' */

/**
 * @typedef {object} View
 * @property {string} label
 * @property {(state: Snapshot, ui: Ui) => VNode} draw
 * @property {(state: Snapshot) => number} [count] of what there is to see
 */

/** @type {Readonly<Record<string, View>>} */
const VIEWS = {
	clients: { label: 'Clients', draw: clientsView },
	calls: { label: 'Calls', draw: callsView, count: (state) => latestCalls(state).length },
	events: { label: 'Events', draw: eventsView, count: (state) => state.deliveries.length },
	application: { label: 'Setup', draw: applicationView },
	limits: { label: 'Limits', draw: limitsView },
	faults: { label: 'Faults', draw: faultsView, count: (state) => state.faults.waiting.length },
};

/** The name of the view that the address names, or of the first one. */
export function currentView() {
	const { view } = place();
	return Object.hasOwn(VIEWS, view) ? view : 'clients';
}

/**
 * The view that is shown. Another view is another element, so nothing of the one before is left.
 * @param {Snapshot} state
 * @param {Ui} ui
 */
export function viewContent(state, ui) {
	const name = currentView();
	return html`<div class="view" key=${name} data-view=${name}>${VIEWS[name]?.draw(state, ui)}</div>`;
}

/**
 * The links to the views.
 * @param {Snapshot | null} state
 */
export function viewLinks(state) {
	return html`<nav class="views" aria-label="Views">
		${Object.entries(VIEWS).map(([name, { label, count }]) => {
			const number = state ? count?.(state) : 0;
			return html`<a
				key=${name}
				href=${`#${name}`}
				data-testid=${`view-${name}`}
				aria-current=${name === currentView() ? 'page' : undefined}
			>
				${label}${number ? html` <span class="count">${number}</span>` : null}
			</a>`;
		})}
	</nav>`;
}
