import { html } from 'htm/preact';
import { callList, latestCalls } from './calls.js';
import { icon } from './icons.js';
import { avatar, empty, panel, phoneButton } from './parts.js';
import { dialPanel, incomingPanel } from './simulate.js';
import { show } from './ui.js';

/** @import { Snapshot } from '../../snapshot' */
/** @import { ClientView } from '../../data/people' */
/** @import { Ui } from './ui.js' */

const KINDS = { CONTACT: 'Contacts', COMPANY: 'Companies', LEAD: 'Leads' };

/**
 * The first view: whom one can call, and what a call sets going.
 * @param {Snapshot} state
 * @param {Ui} ui
 */
export function clientsView(state, ui) {
	const shown = state.clients.filter((client) => client.type === ui.kind && matches(client, ui.search));
	return html`
		${nobodyListens(state)}
		${panel(
			{ title: 'Clients', level: 1, hint: 'Press a number to call it, as an employee does in the CRM.' },
			html`<div class="toolbar">${tabs(state, ui)} ${search(ui)}</div>`,
			shown.length > 0
				? html`<ul class="clients">
						${shown.map(clientRow)}
					</ul>`
				: empty(ui.search ? 'Nobody here has that name or number.' : 'Nobody here yet.'),
		)}
		${panel(
			{ title: 'Latest calls', hint: 'Open a call to see each of its steps.' },
			callList(latestCalls(state).slice(0, 4), ''),
		)}
		<div class="two" key="more">${dialPanel(state)} ${incomingPanel(state)}</div>
	`;
}

/** @param {Snapshot} state */
function nobodyListens({ outgoing }) {
	const chosen = outgoing.choices.find((choice) => choice.value === outgoing.chosen);
	if (chosen?.listening) return null;
	return html`<p class="banner" role="note" key="nobody" data-testid="nobody-listens">
		${
			chosen
				? 'Nobody listens for clicks yet: publish a workflow with the Bitrix24 Telephony Trigger. '
				: 'No number for outgoing calls is chosen, so pressing a number fails. '
		}
		<a href="#application">${chosen ? 'Connect your own n8n' : 'Choose a number'}</a>
	</p>`;
}

/**
 * @param {ClientView} client
 * @param {string} text
 */
function matches(client, text) {
	const needle = text.trim().toLowerCase();
	if (!needle) return true;
	const digits = needle.replace(/\D/g, '');
	return (
		`${client.name} ${client.title}`.toLowerCase().includes(needle) ||
		(digits !== '' && client.phones.some((phone) => phone.replace(/\D/g, '').includes(digits)))
	);
}

/**
 * @param {Snapshot} state
 * @param {Ui} ui
 */
function tabs(state, ui) {
	return html`<div class="tabs" role="group" aria-label="Kind of client">
		${Object.entries(KINDS).map(
			([kind, label]) =>
				html`<button
					type="button"
					key=${kind}
					data-testid=${`kind-${kind.toLowerCase()}`}
					aria-pressed=${String(ui.kind === kind)}
					onClick=${() => show({ kind })}
				>
					${label} <span class="count">${state.clients.filter((client) => client.type === kind).length}</span>
				</button>`,
		)}
	</div>`;
}

/** @param {Ui} ui */
function search(ui) {
	/** @param {{ currentTarget: HTMLInputElement }} event */
	const type = ({ currentTarget }) => show({ search: currentTarget.value });
	return html`<label class="search">
		${icon('search')}<span class="visually-hidden">Search clients</span>
		<input type="search" placeholder="Name or number" value=${ui.search} onInput=${type} />
	</label>`;
}

/** @param {ClientView} client */
function clientRow(client) {
	return html`<li class="client-row" key=${`${client.type}-${client.id}`} data-testid="client">
		${avatar(client.name)}
		<div class="client-text">
			<strong>${client.name}</strong>
			<span class="quiet">${client.title}</span>
			<span class="quiet">Responsible: ${client.responsible}</span>
		</div>
		<div class="phones-of">${client.phones.map((number) => phoneButton(number, client))}</div>
	</li>`;
}
