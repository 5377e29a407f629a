import { applicationView } from './application.js';
import { actions, changes, submits } from './actions.js';
import { callsView } from './calls.js';
import { clientsView } from './clients.js';
import { desksView, tick } from './desk.js';
import { h, morph } from './dom.js';
import { eventsView } from './events.js';
import { faultsView } from './faults.js';
import { duration, outcome, readable } from './format.js';
import { guideKeyboard, noteKeyboard, stopGuiding } from './keyboard.js';
import { limitsView } from './limits.js';
import { announce, notify } from './notices.js';
import { follow, store } from './store.js';
import { remember, ui } from './ui.js';

const VIEWS = {
	clients: ['Clients', clientsView],
	calls: ['Calls', callsView, (state) => state.history.length],
	events: ['Events', eventsView, (state) => state.deliveries.length],
	application: ['Application', applicationView],
	limits: ['Limits', limitsView],
	faults: ['Faults', faultsView, (state) => state.faults.waiting.length],
};

const place = (id) => document.getElementById(id);

function render() {
	const { state } = store;
	if (!state) return;
	settleDesks(state);
	const view = Object.hasOwn(VIEWS, location.hash.slice(1)) ? location.hash.slice(1) : 'clients';
	morph(
		place('views'),
		Object.entries(VIEWS).map(([name, [label, , count]]) =>
			h(
				'a',
				{
					href: `#${name}`,
					'data-key': name,
					'data-testid': `view-${name}`,
					'aria-current': name === view ? 'page' : null,
				},
				label,
				count?.(state) ? h('span', { class: 'count' }, count(state)) : null,
			),
		),
	);
	morph(
		place('employee'),
		state.employees.map((employee) =>
			h(
				'option',
				{ value: employee.id, selected: employee.id === ui.employee },
				`${employee.name}${employee.extension ? ` · ${employee.extension}` : ''}`,
			),
		),
	);
	const content = place('content');
	if (content.dataset.view !== view) content.replaceChildren();
	content.dataset.view = view;
	morph(content, VIEWS[view][1](state, ui));
	document.querySelector('.frame').classList.toggle('several', ui.desks.length > 1);
	morph(place('desks'), desksView(state, ui));
	tick(offset());
	guideKeyboard(ui);
	document.title = state.cards.some((card) => ui.desks.includes(card.userId) && !card.over)
		? '● Call · Bitrix24 sandbox'
		: 'Bitrix24 sandbox';
}

const offset = () => store.state.now - store.receivedAt;

function settleDesks(state) {
	const known = new Set(state.employees.map((employee) => employee.id));
	if (!known.has(ui.employee)) ui.employee = state.employees[0]?.id ?? 0;
	ui.desks = ui.desks.filter((id) => known.has(id));
	if (!ui.desks.includes(ui.employee)) ui.desks = ui.desks.length > 1 ? [ui.employee, ...ui.desks] : [ui.employee];
	remember();
}

/** Says aloud, for people who do not see the page, what changed on the open desks. */
function tellChanges(state, before) {
	if (!before) return;
	const watched = (card) => ui.desks.includes(card.userId);
	const known = new Set(before.cards.map((card) => `${card.callId}/${card.userId}`));
	for (const card of state.cards.filter(watched)) {
		if (!known.has(`${card.callId}/${card.userId}`))
			announce(`Call card: ${card.client?.name ?? 'unknown client'}, ${readable(card.number)}`);
	}
	const logged = new Set(before.history.map((row) => row.id));
	for (const row of state.history.filter((one) => !logged.has(one.id)).slice(0, 2)) {
		const who = row.client?.name ?? readable(row.number);
		notify(
			`Call with ${who} logged: ${outcome(row.code).label.toLowerCase()}${row.duration ? `, ${duration(row.duration)}` : ''}`,
		);
	}
}

async function run(handler, ...parameters) {
	try {
		await handler?.(...parameters);
	} catch (error) {
		stopGuiding();
		notify(error.message, 'bad');
	}
	render();
}

document.addEventListener('click', (event) => {
	const target = event.target.closest('[data-action]');
	const jump = event.target.closest('[data-jump]');
	if (jump) {
		// The address after # names the view, so these links move the focus by hand.
		event.preventDefault();
		place(jump.dataset.jump).focus();
	}
	if (target) noteKeyboard(target, event.detail === 0);
	if (target) void run(actions[target.dataset.action], target.dataset);
});
document.addEventListener('change', (event) => {
	const { target } = event;
	if (target.id === 'employee') void run(actions.be, { id: target.value });
	else if (target.dataset.change) void run(changes[target.dataset.change], target);
});
document.addEventListener('input', (event) => {
	if (event.target.dataset.input !== 'search') return;
	ui.search = event.target.value;
	render();
});
document.addEventListener('submit', (event) => {
	event.preventDefault();
	void run(submits[event.target.dataset.submit], event.target);
});
window.addEventListener('hashchange', () => {
	render();
	window.scrollTo(0, 0);
});
setInterval(() => store.state && tick(offset()), 250);
// Buckets leak without anything happening.
setInterval(() => location.hash === '#limits' && void refresh(), 1000);

const refresh = follow(
	(state, before) => {
		store.receivedAt = Date.now();
		tellChanges(state, before);
		render();
	},
	(connected) => {
		place('connection').hidden = connected;
	},
);
