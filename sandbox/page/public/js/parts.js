import { h } from './dom.js';
import { hue, initials, readable } from './format.js';
import { icon } from './icons.js';

/** The round picture with a person's letters. */
export function avatar(name, size = '') {
	return h('span', { class: `avatar ${size}`, style: `--hue:${hue(name)}`, 'aria-hidden': 'true' }, initials(name));
}

/** A phone number that is called when it is pressed. `client` names the CRM client whose page the number stands on. */
export function phoneButton(number, client, note = '') {
	return h(
		'button',
		{
			type: 'button',
			class: 'phone-link',
			'data-action': 'click',
			'data-testid': 'phone',
			'data-number': number,
			'data-client-type': client?.type,
			'data-client-id': client?.id,
			'aria-label': `Call ${client?.name ? `${client.name}, ` : ''}${readable(number)}${note ? `, ${note}` : ''}`,
		},
		icon('phone'),
		h('span', {}, readable(number)),
	);
}

/** A short word on coloured ground. Tone: good, bad, warn, live, plain. */
export function badge(text, tone = 'plain', attributes = {}) {
	return h('span', { class: `badge ${tone}`, ...attributes }, text);
}

/** A titled area of the page. */
export function panel(title, hint, ...content) {
	return h(
		'section',
		{ class: 'panel' },
		h('header', { class: 'panel-head' }, h('h2', {}, title), hint && h('p', { class: 'hint' }, hint)),
		...content,
	);
}

/** What stands where a list is still empty. */
export function empty(text) {
	return h('p', { class: 'empty' }, text);
}

/** A definition list of names and values; values that are empty are left out. */
export function facts(pairs) {
	return h(
		'dl',
		{ class: 'facts' },
		pairs
			.filter(([, value]) => value !== '' && value !== null && value !== undefined)
			.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
	);
}

/** A push button that carries out an action of the page. */
export function button(label, action, data = {}, look = '') {
	const attributes = Object.fromEntries(Object.entries(data).map(([name, value]) => [`data-${name}`, value]));
	return h('button', { type: 'button', class: `button ${look}`, 'data-action': action, ...attributes }, label);
}
