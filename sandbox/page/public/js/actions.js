import { notify } from './notices.js';
import { send, store } from './store.js';
import { ui } from './ui.js';

const act = (name, body) => send(`/page/do/${name}`, body);

/** What buttons do; each gets the button's data attributes. */
export const actions = {
	click: ({ number, clientType, clientId }) =>
		act('click', { userId: ui.employee, number, clientType, clientId: clientId ? Number(clientId) : undefined }),
	press: ({ channel, side, button, extension }) => act('press', { channelId: channel, side, button, extension }),
	hold: ({ channel }) => act('hold', { channelId: channel }),
	transfer: ({ channel, to, kind }) => act('transfer', { channelId: channel, to, kind }),
	kind: ({ kind }) => {
		ui.kind = kind;
	},
	be: ({ id }) => {
		const before = ui.employee;
		ui.employee = Number(id);
		// With one desk open the desk changes its employee; beside others a new one opens.
		if (ui.desks.length <= 1) ui.desks = [ui.employee];
		else if (!ui.desks.includes(ui.employee)) ui.desks = ui.desks.map((desk) => (desk === before ? ui.employee : desk));
	},
	'open-desk': ({ id }) => {
		ui.desks = [...ui.desks, Number(id)];
	},
	'close-desk': ({ id }) => {
		ui.desks = ui.desks.filter((desk) => desk !== Number(id));
		if (ui.employee === Number(id)) ui.employee = ui.desks[0] ?? ui.employee;
	},
	'remove-line': ({ id }) => act('remove-line', { id: Number(id) }),
	limit: ({ limit, on }) => act('limit', { limit, on: on === 'true' }),
	'remove-fault': ({ id }) => act('remove-fault', { id: Number(id) }),
};

/** What changed fields do; each gets the field. */
export const changes = {
	outgoing: (field) => act('outgoing', { value: field.value }),
	installed: (field) => act('application', { id: Number(field.dataset.id), installed: field.checked }),
	active: (field) => act('application', { id: Number(field.dataset.id), active: field.checked }),
	scope: (field) => act('scope', { id: Number(field.dataset.id), scope: field.dataset.scope, granted: field.checked }),
	'fault-kind': (field) => {
		ui.faultKind = field.value;
	},
};

/** What forms do; each gets the form. */
export const submits = {
	dial: async (form) => {
		await act('click', { userId: ui.employee, number: form.elements.number.value });
		form.reset();
	},
	incoming: async (form) => {
		const { number, line } = form.elements;
		const { extensions, notice } = await act('incoming', { number: number.value, line: line.value });
		if (notice) notify(notice, 'bad');
		const rung = store.state.employees
			.filter((employee) => extensions.includes(employee.extension))
			.map(({ id }) => id);
		ui.desks = [...new Set([...ui.desks, ...rung])];
	},
	'add-line': async (form) => {
		const { number, name, crmAutoCreate } = form.elements;
		await act('add-line', {
			applicationId: Number(form.dataset.id),
			number: number.value,
			name: name.value,
			crmAutoCreate: crmAutoCreate.checked,
		});
		form.reset();
	},
	'handler-path': (form) =>
		act('application', { id: Number(form.dataset.id), handlerUrl: form.elements.handlerUrl.value }),
	'add-fault': (form) => {
		const { kind, target, count, code, seconds } = form.elements;
		return act('add-fault', {
			kind: kind.value,
			target: target.value || '*',
			count: Number(count.value),
			code: code?.value,
			seconds: seconds ? Number(seconds.value) : undefined,
		});
	},
};
