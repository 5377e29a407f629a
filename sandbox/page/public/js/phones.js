import { html } from 'htm/preact';
import { wish } from './actions.js';
import { readable } from './format.js';
import { noteKeyboard } from './keyboard.js';

/** @import { PbxCallView } from '../../data/calls' */
/** @import { EmployeeView } from '../../data/people' */

/** @typedef {'employee' | 'client'} Side */
/** @typedef {'answer' | 'busy' | 'noanswer' | 'hangup'} Key */

/** @type {Readonly<Record<Key, string>>} */
const LABELS = { answer: 'Answer', busy: 'Busy', noanswer: 'No answer', hangup: 'Hang up' };

/** @type {Readonly<Record<string, readonly Key[]>>} */
const KEYS = { ringing: ['answer', 'busy', 'noanswer'], engaged: ['hangup'] };

/**
 * The phones of an employee and of whom he talks to.
 * @param {EmployeeView} employee
 * @param {PbxCallView[]} calls in which his phone is
 * @param {EmployeeView[]} colleagues to whom a call can be handed over
 */
export function phones({ name, extension }, calls, colleagues) {
	if (!extension) return html`<p class="no-card">The phone system has no phone for an employee without extension.</p>`;
	// A busy phone takes no second call, so there is more than one only with automatic numbers: the newest is shown.
	const call = calls.at(-1);
	return html`<div class="phones">
		${phone('employee', `${name.split(' ')[0]}’s phone`, extension, call)}
		${phone('client', 'Client’s phone', call ? readable(call.number) : '', call)}
		${call?.phase === 'talking' && call.direction === 'out' && handOver(call, colleagues)}
	</div>`;
}

/**
 * @param {Side} side
 * @param {string} label
 * @param {string} number on its display
 * @param {PbxCallView | undefined} call
 */
function phone(side, label, number, call) {
	const [mode, text] = phoneMode(side, call);
	return html`<div
		class="phone ${mode}"
		data-testid=${`pbx-${side}`}
		data-mode=${mode}
		role="group"
		aria-label=${label}
	>
		<div class="phone-screen">
			<span class="phone-label">${label}</span>
			<strong>${number || '–'}</strong>
			<span class="phone-state">${text}${call?.automatic && mode !== 'idle' ? ' (by itself)' : ''}</span>
		</div>
		<div class="phone-keys">${call && (KEYS[mode] ?? []).map((name) => phoneKey(side, label, name, call))}</div>
	</div>`;
}

/**
 * @param {Side} side
 * @param {string} label of the phone
 * @param {Key} name
 * @param {PbxCallView} call
 */
function phoneKey(side, label, name, { channelId, extension }) {
	/** @param {MouseEvent & { currentTarget: HTMLElement }} event */
	const press = (event) => {
		noteKeyboard(event, false);
		void wish('press', { channelId, side, button: name, extension });
	};
	// A key of its own: a second press of Answer must not land on what took its place.
	return html`<button
		type="button"
		class="key ${name}"
		key=${`${channelId}-${name}`}
		data-testid=${`pbx-${side}-${name}`}
		aria-label=${`${label}: ${LABELS[name]}`}
		onClick=${press}
	>
		${LABELS[name]}
	</button>`;
}

/**
 * What an employee's phone can do besides: hold, and transfers to a colleague.
 * @param {PbxCallView} call
 * @param {EmployeeView[]} colleagues
 */
function handOver({ channelId, held }, colleagues) {
	return html`<details class="hand-over" key=${`${channelId}-hand-over`}>
		<summary>Hold or transfer</summary>
		<div class="chips">
			<button type="button" class="button small" data-testid="pbx-hold" onClick=${() => wish('hold', { channelId })}>
				${held ? 'Take back' : 'Hold'}
			</button>
			${colleagues.map(
				({ id, name, extension }) =>
					html`<button
						type="button"
						class="button small"
						key=${id}
						data-testid="pbx-transfer"
						onClick=${() => wish('transfer', { channelId, to: extension, kind: 'blind' })}
					>
						To ${name.split(' ')[0]}
					</button>`,
			)}
		</div>
	</details>`;
}

/**
 * How a phone stands, and words for it.
 * @param {Side} side
 * @param {PbxCallView | undefined} call
 * @returns {['idle' | 'ringing' | 'engaged', string]}
 */
function phoneMode(side, call) {
	if (!call) return ['idle', 'On the hook'];
	if (call.phase === 'talking') return ['engaged', call.held && side === 'client' ? 'On hold' : 'Talking'];
	if (call.phase === 'transfer')
		return side === 'employee' ? ['ringing', 'Ringing: a transfer'] : ['engaged', 'Hears it ring'];
	if (side === 'client' && call.direction === 'in') return ['engaged', 'Hears it ring'];
	if (side === 'employee') return call.phase === 'employee' ? ['ringing', 'Ringing'] : ['engaged', 'Hears it ring'];
	return call.phase === 'client' ? ['ringing', 'Ringing'] : ['idle', 'Not called yet'];
}
