import { html, render } from 'htm/preact';
import { be } from './actions.js';
import { desksView } from './desk.js';
import { duration, outcome, readable } from './format.js';
import { guideKeyboard } from './keyboard.js';
import { announce, notify } from './notices.js';
import { follow, store } from './store.js';
import { drawWith, remember, show, ui } from './ui.js';
import { currentView, viewContent, viewLinks } from './views.js';

/** @import { Snapshot } from '../../snapshot' */

/** Milliseconds. Buckets leak without anything happening. */
const LEAK_MS = 1000;

function draw() {
	const { state } = store;
	if (state) settleDesks(state);
	render(page(state), document.body);
	guideKeyboard(ui.employee);
	const live = state?.cards.some((card) => ui.desks.includes(card.userId) && !card.over);
	document.title = live ? '● Call · Bitrix24 sandbox' : 'Bitrix24 sandbox';
}

/** @param {Snapshot | null} state null until the first snapshot is there */
function page(state) {
	return html`
		${skip('content', 'Skip to content')} ${skip('desks', 'Skip to the phones')}
		<header class="top">
			<div class="brand">
				<img src="/page/icon.svg" alt="" width="28" height="28" /><span>Bitrix24 <em>sandbox</em></span>
			</div>
			${state && chooser(state)}
			<span class="connection" role="status">${connection(state)}</span>
		</header>
		${viewLinks(state)}
		<div class=${ui.desks.length > 1 ? 'frame several' : 'frame'}>
			<main id="content" tabindex="-1">${state && viewContent(state, ui)}</main>
			<aside id="desks" class="desks" aria-label="Desks" tabindex="-1">${state && desksView(state, ui)}</aside>
		</div>
		<div class="notices" role="status">
			${ui.notices.map(
				({ id, text, tone }) => html`<div class="notice ${tone}" key=${id} data-testid="notice">${text}</div>`,
			)}
		</div>
		<div class="visually-hidden" aria-live="assertive" data-testid="announcer">${ui.announcement}</div>
	`;
}

/**
 * Who cannot be reached, in words.
 * @param {Snapshot | null} state
 */
function connection(state) {
	if (!store.connected) return 'Connection lost, trying again';
	return state?.n8nIsGone ? 'n8n does not answer' : '';
}

/**
 * A link that moves the focus by hand, because the address after # names the view.
 * @param {string} id
 * @param {string} text
 */
function skip(id, text) {
	/** @param {MouseEvent} event */
	const jump = (event) => {
		event.preventDefault();
		document.getElementById(id)?.focus();
	};
	return html`<a class="skip" href=${`#${id}`} onClick=${jump}>${text}</a>`;
}

/** @param {Snapshot} state */
function chooser({ employees }) {
	/** @param {{ currentTarget: HTMLSelectElement }} event */
	const choose = ({ currentTarget }) => be(Number(currentTarget.value));
	return html`<label class="who">
		<span>You are</span>
		<select data-testid="employee" aria-label="You are the employee" value=${ui.employee} onChange=${choose}>
			${employees.map(
				({ id, name, extension }) =>
					html`<option key=${id} value=${id}>${[name, extension].filter(Boolean).join(' · ')}</option>`,
			)}
		</select>
	</label>`;
}

/**
 * Keeps to employees who are still there, and the own desk open.
 * @param {Snapshot} state
 */
function settleDesks(state) {
	const known = new Set(state.employees.map(({ id }) => id));
	if (!known.has(ui.employee)) ui.employee = state.employees[0]?.id ?? 0;
	ui.desks = ui.desks.filter((id) => known.has(id));
	if (!ui.desks.includes(ui.employee)) ui.desks = ui.desks.length > 1 ? [ui.employee, ...ui.desks] : [ui.employee];
	remember();
}

/**
 * Says aloud, for people who do not see the page, what changed on the open desks.
 * @param {Snapshot} state
 * @param {Snapshot} before
 */
function tellChanges(state, before) {
	const known = new Set(before.cards.map(({ callId, userId }) => `${callId}/${userId}`));
	for (const { callId, userId, client, number } of state.cards)
		if (ui.desks.includes(userId) && !known.has(`${callId}/${userId}`))
			announce(`Call card: ${client?.name ?? 'unknown client'}, ${readable(number)}`);
	const logged = new Set(before.history.map(({ id }) => id));
	for (const row of state.history.filter(({ id }) => !logged.has(id)).slice(0, 2)) {
		const talked = row.duration ? `, ${duration(row.duration)}` : '';
		const who = row.client?.name ?? readable(row.number);
		notify(`Call with ${who} logged: ${outcome(row.code).label.toLowerCase()}${talked}`);
	}
}

drawWith(draw);
draw();
const refresh = follow((state, before) => {
	if (before) tellChanges(state, before);
	draw();
}, draw);
addEventListener('hashchange', () => {
	show();
	scrollTo(0, 0);
});
setInterval(() => {
	if (currentView() === 'limits') void refresh();
}, LEAK_MS);
