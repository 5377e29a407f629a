import { h, html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { attempt, click } from './actions.js';
import { duration, hue, initials, readable } from './format.js';
import { icon } from './icons.js';
import { noteKeyboard } from './keyboard.js';
import { portalNow } from './store.js';

/** @import { ComponentChildren } from 'preact' */
/** @import { Tone } from './format.js' */

const TICK_MS = 250;

/**
 * The round picture with a person's letters.
 * @param {string} name
 * @param {'' | 'large'} size
 */
export function avatar(name, size = '') {
	return html`<span class="avatar ${size}" style=${`--hue:${hue(name)}`} aria-hidden="true">${initials(name)}</span>`;
}

/**
 * A phone number that is called when it is pressed.
 * @param {string} number
 * @param {{ type: string, id: number, name: string } | null} client on whose page the number stands
 * @param {string} note what else a screen reader says of the number
 */
export function phoneButton(number, client = null, note = '') {
	const label = ['Call', client && `${client.name},`, readable(number) + (note && `, ${note}`)];
	/** @param {MouseEvent & { currentTarget: HTMLElement }} event */
	const press = (event) => {
		noteKeyboard(event, true);
		void attempt(() => click(number, client));
	};
	return html`<button
		type="button"
		class="phone-link"
		key=${number}
		data-testid="phone"
		data-number=${number}
		aria-label=${label.filter(Boolean).join(' ')}
		onClick=${press}
	>
		${icon('phone')}<span>${readable(number)}</span>
	</button>`;
}

/**
 * A short word on coloured ground.
 * @param {string} text
 * @param {Tone | 'live'} tone
 */
export function badge(text, tone = 'plain') {
	return html`<span class="badge ${tone}">${text}</span>`;
}

/**
 * A titled area of the page.
 * @param {{ title: string, level?: 1 | 2, hint?: ComponentChildren, key?: string }} head
 * @param {ComponentChildren[]} content
 */
export function panel({ title, level = 2, hint, key }, ...content) {
	return html`<section class="panel" key=${key ?? title}>
		<header class="panel-head">
			<${`h${level}`}>${title}<//>
			${hint && html`<p class="hint">${hint}</p>`}
		</header>
		${content}
	</section>`;
}

/**
 * What stands over a part of something that is opened: no heading, for it is not always there.
 * @param {string} text
 */
export function subtitle(text) {
	return html`<p class="subtitle">${text}</p>`;
}

/**
 * What stands where a list is still empty.
 * @param {ComponentChildren} text
 */
export function empty(text) {
	return html`<p class="empty">${text}</p>`;
}

/**
 * A definition list of names and values; values that are empty are left out.
 * @param {readonly (readonly [name: string, value: ComponentChildren])[]} pairs
 */
export function facts(pairs) {
	const given = pairs.filter(([, value]) => value !== '' && value !== null && value !== undefined);
	return html`<dl class="facts">
		${given.map(
			([name, value]) =>
				html`<div>
					<dt>${name}</dt>
					<dd>${value}</dd>
				</div>`,
		)}
	</dl>`;
}

/**
 * A switch that says whether it is on.
 * @param {object} options
 * @param {string} options.label
 * @param {boolean} options.on
 * @param {string} [options.testid]
 * @param {ComponentChildren} [options.note] what stands below
 * @param {(on: boolean) => void} options.change
 */
export function toggle({ label, on, testid, note, change }) {
	return html`<div class="toggle" key=${label}>
		<button
			type="button"
			role="switch"
			aria-checked=${String(on)}
			aria-label=${label}
			data-testid=${testid}
			onClick=${() => change(!on)}
		>
			<span class="track" aria-hidden="true"></span>
			<span>${label}</span>
			<span class="state" aria-hidden="true">${on ? 'on' : 'off'}</span>
		</button>
		${note}
	</div>`;
}

/**
 * The time that runs since a moment.
 * @param {{ since: number }} props milliseconds of the portal's time
 */
function Timer({ since }) {
	const [, tick] = useState(0);
	useEffect(() => {
		const ticking = setInterval(() => tick((count) => count + 1), TICK_MS);
		return () => clearInterval(ticking);
	}, []);
	return html`<span class="timer" role="timer" data-since=${since}>${duration((portalNow() - since) / 1000)}</span>`;
}

/**
 * The time that runs since a moment.
 * @param {number} since milliseconds of the portal's time
 */
export function timer(since) {
	return h(Timer, { since });
}
