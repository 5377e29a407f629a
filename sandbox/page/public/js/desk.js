import { h } from './dom.js';
import { CALL_TYPES, duration, readable } from './format.js';
import { icon } from './icons.js';
import { avatar, badge, button } from './parts.js';

/** The desks at the side: one for each employee that is open. */
export function desksView(state, ui) {
	const open = ui.desks.map((id) => state.employees.find((employee) => employee.id === id)).filter(Boolean);
	const closed = state.employees.filter((employee) => !ui.desks.includes(employee.id));
	return [
		...open.map((employee) => desk(state, ui, employee, open.length > 1)),
		closed.length
			? h(
					'details',
					{ class: 'add-desk', 'data-key': 'add' },
					h('summary', {}, icon('plus'), 'Open another desk beside'),
					h(
						'div',
						{ class: 'chips' },
						closed.map((employee) =>
							button(employee.name, 'open-desk', { id: employee.id, testid: 'open-desk' }, 'small'),
						),
					),
				)
			: null,
	];
}

function desk(state, ui, employee, several) {
	const mine = ui.employee === employee.id;
	const cards = state.cards.filter((card) => card.userId === employee.id);
	const calls = state.pbx
		? state.pbx.calls.filter((call) => employee.extension !== '' && call.extension === employee.extension)
		: [];
	const active = cards.length > 0 || calls.length > 0;
	return h(
		'section',
		{
			class: `desk${mine ? ' mine' : ''}${active ? ' active' : ''}`,
			'data-key': `desk-${employee.id}`,
			'data-testid': 'desk',
			'data-user-id': employee.id,
			'aria-label': `Desk of ${employee.name}`,
		},
		h(
			'header',
			{ class: 'desk-head' },
			avatar(employee.name),
			h(
				'div',
				{ class: 'desk-name' },
				h('strong', {}, employee.name),
				h(
					'span',
					{ class: 'quiet' },
					employee.extension ? `Extension ${employee.extension}` : 'No extension',
					employee.position ? ` · ${employee.position}` : '',
				),
			),
			several && !mine ? button(`Be ${employee.name.split(' ')[0]}`, 'be', { id: employee.id }, 'small') : null,
			several
				? h(
						'button',
						{
							type: 'button',
							class: 'icon-button',
							'data-action': 'close-desk',
							'data-id': employee.id,
							'aria-label': `Close the desk of ${employee.name}`,
						},
						icon('close'),
					)
				: null,
		),
		h(
			'div',
			{ class: 'cards', 'aria-live': 'polite' },
			cards.length
				? cards.map((card) => callCard(state, card))
				: h('p', { class: 'no-card' }, 'No call. Press a number: the card opens here, and these phones ring.'),
		),
		state.pbx
			? phones(
					employee,
					calls,
					state.employees.filter((one) => one.extension && one !== employee),
				)
			: null,
	);
}

function callCard(state, card) {
	const call = state.pbx?.calls.find((one) => one.callId === card.callId);
	const kind = CALL_TYPES[card.type] ?? CALL_TYPES[1];
	const name = card.client?.name ?? 'Unknown client';
	return h(
		'article',
		{
			class: `card ${card.over ? 'over' : (call?.phase ?? 'waiting')}`,
			'data-key': card.callId,
			'data-testid': 'card',
			'data-call-id': card.callId,
		},
		h(
			'div',
			{ class: 'card-top' },
			badge(kind.label, 'plain'),
			h('span', { class: 'timer', 'data-since': call?.phase === 'talking' ? call.since : card.openedAt }, ''),
		),
		h(
			'div',
			{ class: 'card-who' },
			avatar(name, 'large'),
			h(
				'div',
				{},
				h('strong', { class: 'card-name' }, name),
				h('span', { class: 'card-number' }, readable(card.number)),
			),
		),
		h(
			'p',
			{ class: 'card-status', 'data-testid': 'card-status' },
			h('span', { class: 'dot', 'aria-hidden': 'true' }),
			cardStatus(card, call, kind),
		),
	);
}

function cardStatus(card, call, kind) {
	if (card.over) return 'Call over, but nobody hid this card';
	if (!call) return kind.arrow === 'in' ? 'Incoming call' : 'Waiting for the PBX';
	if (call.phase === 'talking') return call.held ? 'On hold' : 'Talking';
	if (call.phase === 'transfer') return 'Transferred: another phone rings';
	return call.phase === 'employee' ? 'Your phone rings' : 'The client’s phone rings';
}

function phones(employee, calls, colleagues) {
	if (!employee.extension)
		return h('p', { class: 'no-card' }, 'The PBX has no phone for an employee without extension.');
	// A busy phone takes no second call, so there is more than one only with automatic numbers: the newest is shown.
	const call = calls[calls.length - 1];
	return h(
		'div',
		{ class: 'phones' },
		phone('employee', `${employee.name.split(' ')[0]}’s phone`, employee.extension, call),
		phone('client', 'Client’s phone', call ? readable(call.number) : '', call),
		call?.phase === 'talking' && call.direction === 'out' ? handOver(call, colleagues) : null,
	);
}

const LABELS = { answer: 'Answer', busy: 'Busy', noanswer: 'No answer', hangup: 'Hang up' };

function phone(side, label, number, call) {
	const [mode, text] = phoneMode(side, call);
	const buttons = { ringing: ['answer', 'busy', 'noanswer'], engaged: ['hangup'] }[mode] ?? [];
	return h(
		'div',
		{ class: `phone ${mode}`, 'data-testid': `pbx-${side}`, 'data-mode': mode, role: 'group', 'aria-label': label },
		h(
			'div',
			{ class: 'phone-screen' },
			h('span', { class: 'phone-label' }, label),
			h('strong', {}, number || '\u2013'),
			h('span', { class: 'phone-state' }, text, call?.automatic && mode !== 'idle' ? ' (by itself)' : ''),
		),
		h(
			'div',
			{ class: 'phone-keys' },
			buttons.map((name) =>
				h(
					'button',
					{
						// A key of its own: a second press of Answer must not land on what took its place.
						'data-key': `${call.channelId}-${name}`,
						type: 'button',
						class: `key ${name}`,
						'data-action': 'press',
						'data-channel': call.channelId,
						'data-side': side,
						'data-extension': call.extension,
						'data-button': name,
						'data-testid': `pbx-${side}-${name}`,
						'aria-label': `${label}: ${LABELS[name]}`,
					},
					LABELS[name],
				),
			),
		),
	);
}

/** What an employee's phone can do besides: hold, and transfers to a colleague. */
function handOver(call, colleagues) {
	return h(
		'details',
		{ class: 'hand-over', 'data-key': `${call.channelId}-hand-over` },
		h('summary', {}, 'Hold or transfer'),
		h(
			'div',
			{ class: 'chips' },
			button(call.held ? 'Take back' : 'Hold', 'hold', { channel: call.channelId, testid: 'pbx-hold' }, 'small'),
			colleagues.map(({ name, extension }) =>
				button(
					`To ${name.split(' ')[0]}`,
					'transfer',
					{ channel: call.channelId, to: extension, kind: 'blind', testid: 'pbx-transfer' },
					'small',
				),
			),
		),
	);
}

function phoneMode(side, call) {
	if (!call) return ['idle', 'On the hook'];
	if (call.phase === 'talking') return ['engaged', call.held && side === 'client' ? 'On hold' : 'Talking'];
	if (call.phase === 'transfer')
		return side === 'employee' ? ['ringing', 'Ringing: a transfer'] : ['engaged', 'Hears it ring'];
	if (side === 'client' && call.direction === 'in') return ['engaged', 'Hears it ring'];
	if (side === 'employee') return call.phase === 'employee' ? ['ringing', 'Ringing'] : ['engaged', 'Hears it ring'];
	return call.phase === 'client' ? ['ringing', 'Ringing'] : ['idle', 'Not called yet'];
}

/** Writes the running time into every timer of the page. */
export function tick(offset) {
	for (const element of document.querySelectorAll('[data-since]')) {
		const text = duration((Date.now() + offset - Number(element.dataset.since)) / 1000);
		if (element.textContent !== text) element.textContent = text;
	}
}
