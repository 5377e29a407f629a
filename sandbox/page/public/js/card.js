import { html } from 'htm/preact';
import { wish } from './actions.js';
import { callKind, readable } from './format.js';
import { icon } from './icons.js';
import { avatar, badge, timer } from './parts.js';

/** @import { Snapshot } from '../../snapshot' */
/** @import { CardView, PbxCallView } from '../../data/calls' */

/**
 * The card of a call, as the portal opens it over whatever the employee sees.
 * @param {Snapshot} state
 * @param {CardView} card
 */
export function callCard(state, card) {
	const call = state.pbx.calls.find((one) => one.callId === card.callId);
	const { label, arrow } = callKind(card.type);
	const name = card.client?.name ?? 'Unknown client';
	const phase = call?.phase ?? 'waiting';
	return html`<article
		class="card ${card.over ? 'over' : phase}"
		key=${card.callId}
		data-testid="card"
		data-call-id=${card.callId}
		aria-label=${`Call card: ${name}`}
	>
		<div class="card-top">
			${badge(label)}
			${card.over ? dismissal(card, name) : timer(call?.phase === 'talking' ? call.since : card.openedAt)}
		</div>
		<div class="card-who">
			${avatar(name, 'large')}
			<div>
				<strong class="card-name">${name}</strong>
				<span class="card-number">${readable(card.number)}</span>
			</div>
		</div>
		<div class="card-foot">
			<p class="card-status" role="status" data-testid="card-status">
				<span class="dot" aria-hidden="true"></span>${statusOf(card, call, arrow)}
			</p>
			<a href=${`#calls/${encodeURIComponent(card.callId)}`}
				>Every step<span class="visually-hidden"> of this call</span></a
			>
		</div>
		${(card.over || !call) && html`<p class="card-waits quiet" data-testid="card-waits">Waits for ${card.waitsFor}</p>`}
		${!call && card.trouble && html`<p class="card-trouble" data-testid="card-trouble">${card.trouble}</p>`}
	</article>`;
}

/**
 * @param {CardView} card
 * @param {string} name of the client
 */
function dismissal({ callId, userId }, name) {
	/** @param {MouseEvent} event */
	const dismiss = (event) => {
		// The pressed button goes with the card; the keyboard stays at the desks.
		if (event.detail === 0) document.getElementById('desks')?.focus();
		void wish('dismiss-card', { callId, userId });
	};
	return html`<button
		type="button"
		class="icon-button"
		data-testid="dismiss-card"
		aria-label=${`Dismiss the card of ${name}`}
		onClick=${dismiss}
	>
		${icon('close')}
	</button>`;
}

/**
 * @param {CardView} card
 * @param {PbxCallView | undefined} call
 * @param {'in' | 'out'} direction
 */
function statusOf(card, call, direction) {
	if (card.over) return 'Call over, card still open';
	if (!call) return direction === 'in' ? 'Incoming call' : 'Waiting';
	if (call.phase === 'talking') return call.held ? 'On hold' : 'Talking';
	if (call.phase === 'transfer') return 'Transferred: another phone rings';
	return call.phase === 'employee' ? 'Your phone rings' : 'The client’s phone rings';
}
