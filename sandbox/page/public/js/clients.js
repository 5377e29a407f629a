import { h } from './dom.js';
import { moment } from './format.js';
import { icon } from './icons.js';
import { avatar, empty, panel, phoneButton } from './parts.js';
import { historyRow } from './calls.js';

const KINDS = { CONTACT: 'Contacts', COMPANY: 'Companies', LEAD: 'Leads' };
const SENDERS = { portal: 'Portal', workflow: 'Workflow', pbx: 'PBX' };

/** The first view: whom one can call, and what a call sets going. */
export function clientsView(state, ui) {
	const shown = state.clients.filter((client) => client.type === ui.kind && matches(client, ui.search));
	return [
		nobodyListens(state),
		h(
			'section',
			{ class: 'panel', 'data-key': 'clients' },
			h(
				'header',
				{ class: 'panel-head' },
				h('h1', {}, 'Clients'),
				h('p', { class: 'hint' }, 'Press a number to call it, as an employee does in the CRM.'),
			),
			h('div', { class: 'toolbar' }, tabs(state, ui), search(ui)),
			shown.length
				? h('ul', { class: 'clients' }, shown.map(clientRow))
				: empty(ui.search ? 'Nobody here has that name or number.' : 'Nobody here yet.'),
		),
		h(
			'div',
			{ class: 'two', 'data-key': 'more' },
			h('div', { class: 'stack' }, dialPanel(state), incomingPanel(state)),
			feedPanel(state),
		),
		panel(
			'Latest calls',
			null,
			state.history.length
				? h('ul', { class: 'rows' }, state.history.slice(0, 4).map(historyRow))
				: empty('No call yet. It appears here as soon as the workflow has finished it.'),
		),
	];
}

function nobodyListens(state) {
	const chosen = state.outgoing.choices.find((choice) => choice.value === state.outgoing.chosen);
	if (chosen?.listening) return null;
	return h(
		'p',
		{ class: 'banner', role: 'note', 'data-key': 'nobody', 'data-testid': 'nobody-listens' },
		chosen
			? 'Nobody listens for clicks yet: activate a workflow with the Bitrix24 Telephony Trigger. '
			: 'No number for outgoing calls is chosen, so pressing a number fails. ',
		h('a', { href: '#application' }, 'See the application’s settings'),
	);
}

function matches(client, text) {
	const needle = text.trim().toLowerCase();
	if (!needle) return true;
	const digits = needle.replace(/\D/g, '');
	return (
		`${client.name} ${client.title}`.toLowerCase().includes(needle) ||
		(digits !== '' && client.phones.some((phone) => phone.replace(/\D/g, '').includes(digits)))
	);
}

function tabs(state, ui) {
	return h(
		'div',
		{ class: 'tabs', role: 'group', 'aria-label': 'Kind of client' },
		Object.entries(KINDS).map(([kind, label]) =>
			h(
				'button',
				{
					type: 'button',
					'data-action': 'kind',
					'data-kind': kind,
					'data-testid': `kind-${kind.toLowerCase()}`,
					'aria-pressed': String(ui.kind === kind),
				},
				label,
				' ',
				h('span', { class: 'count' }, state.clients.filter((client) => client.type === kind).length),
			),
		),
	);
}

function search(ui) {
	return h(
		'label',
		{ class: 'search' },
		icon('search'),
		h('span', { class: 'visually-hidden' }, 'Search clients'),
		h('input', { type: 'search', placeholder: 'Name or number', 'data-input': 'search', value: ui.search }),
	);
}

function clientRow(client) {
	return h(
		'li',
		{ class: 'client-row', 'data-key': `${client.type}-${client.id}`, 'data-testid': 'client' },
		avatar(client.name),
		h(
			'div',
			{ class: 'client-text' },
			h('strong', {}, client.name),
			h('span', { class: 'quiet' }, client.title),
			h('span', { class: 'quiet responsible' }, `Responsible: ${client.responsible}`),
		),
		h(
			'div',
			{ class: 'phones-of' },
			client.phones.map((number) => phoneButton(number, client)),
		),
	);
}

function dialPanel(state) {
	return h(
		'section',
		{ class: 'panel' },
		h(
			'header',
			{ class: 'panel-head' },
			h('h2', {}, 'Any number'),
			h(
				'p',
				{ class: 'hint' },
				'Numbers with one of these endings act by themselves, all others wait for you at the phones.',
			),
		),
		h(
			'form',
			{ class: 'dial', 'data-submit': 'dial' },
			h('label', { class: 'visually-hidden', for: 'dial-number' }, 'Number to call'),
			h('input', {
				id: 'dial-number',
				name: 'number',
				type: 'tel',
				required: true,
				placeholder: '+49 151 …',
				'data-testid': 'dial-number',
				autocomplete: 'off',
			}),
			h('button', { class: 'button primary', 'data-testid': 'dial' }, icon('phone'), 'Call'),
		),
		h(
			'ul',
			{ class: 'automatic' },
			state.automatic.map((line) =>
				h('li', {}, phoneButton(line.number, null, line.text), h('span', { class: 'quiet' }, line.text)),
			),
		),
	);
}

function incomingPanel(state) {
	const lines = state.applications.flatMap((application) => application.lines);
	return h(
		'section',
		{ class: 'panel' },
		h(
			'header',
			{ class: 'panel-head' },
			h('h2', {}, 'A client calls'),
			h(
				'p',
				{ class: 'hint' },
				'The PBX asks the workflow whom to ring. Without an answer its fixed fallback rings. Take “anonymous” for a hidden number.',
			),
		),
		h(
			'form',
			{ class: 'form', 'data-submit': 'incoming' },
			h(
				'div',
				{ class: 'line' },
				h(
					'label',
					{ class: 'field grow' },
					h('span', {}, 'From'),
					h('input', {
						name: 'number',
						required: true,
						list: 'client-numbers',
						value: state.clients[0]?.phones[0] ?? '',
						autocomplete: 'off',
						'data-testid': 'incoming-number',
					}),
				),
				h(
					'datalist',
					{ id: 'client-numbers' },
					h('option', { value: 'anonymous' }, 'Hidden number'),
					state.clients.flatMap((client) => client.phones.map((number) => h('option', { value: number }, client.name))),
				),
				h(
					'label',
					{ class: 'field grow' },
					h('span', {}, 'To the line'),
					h('input', {
						name: 'line',
						required: true,
						list: 'line-numbers',
						value: lines[0]?.number ?? '+4940669690',
						autocomplete: 'off',
						'data-testid': 'incoming-line',
					}),
				),
				h(
					'datalist',
					{ id: 'line-numbers' },
					lines.map((line) => h('option', { value: line.number }, line.name)),
				),
				h('button', { class: 'button', 'data-testid': 'incoming' }, icon('in'), 'Ring'),
			),
		),
	);
}

function feedPanel(state) {
	return h(
		'section',
		{ class: 'panel' },
		h(
			'header',
			{ class: 'panel-head' },
			h('h2', {}, 'What happened'),
			h('p', { class: 'hint' }, 'Newest first: portal, workflow and PBX.'),
		),
		state.feed.length
			? h('ol', { class: 'feed', 'data-testid': 'feed' }, state.feed.map(feedItem))
			: empty('Nothing yet. Press a number.'),
	);
}

function feedItem(item) {
	return h(
		'li',
		{ 'data-key': item.key, class: item.tone },
		h('time', {}, moment(item.at)),
		h('span', { class: `sender ${item.from}` }, SENDERS[item.from]),
		h('span', { class: 'what' }, item.text, item.detail ? h('small', {}, ` ${item.detail}`) : null),
	);
}
