import { html } from 'htm/preact';
import { onSubmit, wish } from './actions.js';
import { empty, panel } from './parts.js';
import { send } from './store.js';
import { show } from './ui.js';

/** @import { Snapshot } from '../../snapshot' */
/** @import { Ui } from './ui.js' */

/** @typedef {Snapshot['faults']['waiting'][number]} Fault */

/** @type {Readonly<Record<string, string>>} */
const KINDS = {
	resetBeforeWork: 'Connection breaks before the work',
	resetAfterWork: 'Connection breaks after the work',
	delay: 'Answer comes late',
	html502: '502 with an HTML page',
	html503: '503 with an HTML page',
	html504: '504 with an HTML page',
	html504AfterWork: '504 although the work was done',
	cutJson: 'JSON is cut off',
	wrongContentType: 'Wrong content type',
	error: 'An error of the portal',
	eventLost: 'Event is lost',
	eventDoubled: 'Event comes twice',
	eventLate: 'Event comes late',
	eventOutOfOrder: 'Event overtakes the one before',
};

/**
 * Words for a kind of fault; kinds this page does not know keep their own name.
 * @param {string} kind
 */
const words = (kind) => KINDS[kind] ?? kind;

/**
 * Faults on demand.
 * @param {Snapshot} state
 * @param {Ui} ui
 */
export function faultsView({ faults }, ui) {
	return panel(
		{
			title: 'Faults',
			level: 1,
			hint: 'Make the portal misbehave, and see whether your workflow stands it. Each fault strikes as often as you say and is gone.',
		},
		form(faults, ui.faultKind || (faults.kinds[0] ?? '')),
		faults.waiting.length > 0 ? table(faults.waiting) : empty('Everything works. Arm a fault above.'),
	);
}

/**
 * @param {Snapshot['faults']} faults
 * @param {string} kind that is chosen
 */
function form({ kinds, codes, targets }, kind) {
	const ofEvent = kind.startsWith('event');
	const arm = onSubmit(({ target, count, code, seconds }) =>
		send('add-fault', { kind, target: target || '*', count: Number(count), code, seconds }),
	);
	/** @param {{ currentTarget: HTMLSelectElement }} event */
	const choose = ({ currentTarget }) => show({ faultKind: currentTarget.value });
	return html`<form class="form" onSubmit=${arm}>
		<div class="line">
			<label class="field" key="kind">
				<span>What goes wrong</span>
				<select name="kind" data-testid="fault-kind" value=${kind} onChange=${choose}>
					${kinds.map((one) => html`<option key=${one} value=${one}>${words(one)}</option>`)}
				</select>
			</label>
			<label class="field" key="target">
				<span>${ofEvent ? 'At which event' : 'At which method'}</span>
				<input name="target" list="fault-targets" placeholder="any" autocomplete="off" data-testid="fault-target" />
			</label>
			<datalist id="fault-targets" key="targets">
				${(ofEvent ? targets.events : targets.methods).map((one) => html`<option key=${one} value=${one} />`)}
			</datalist>
			${
				kind === 'error' &&
				html`<label class="field" key="code">
					<span>Which error</span>
					<select name="code">
						${codes.map((code) => html`<option key=${code} value=${code}>${code}</option>`)}
					</select>
				</label>`
			}
			${
				(kind === 'delay' || kind === 'eventLate') &&
				html`<label class="field" key="seconds">
					<span>Seconds</span>
					<input class="short" name="seconds" type="number" min="0" step="any" defaultValue="5" />
				</label>`
			}
			<label class="field" key="count">
				<span>How often</span>
				<input class="short" name="count" type="number" min="1" defaultValue="1" />
			</label>
			<button class="button primary" key="arm" data-testid="add-fault">Arm it</button>
		</div>
	</form>`;
}

/** @param {Fault[]} waiting */
function table(waiting) {
	return html`<div class="scroll">
		<table class="table">
			<thead>
				<tr>
					<th>Fault</th>
					<th>Strikes at</th>
					<th>Still</th>
					<th><span class="visually-hidden">Remove</span></th>
				</tr>
			</thead>
			<tbody>
				${waiting.map(row)}
			</tbody>
		</table>
	</div>`;
}

/** @param {Fault} fault */
function row({ id, kind, code, seconds, target, count }) {
	const what = [words(kind), code, seconds ? `${seconds} s` : ''].filter(Boolean).join(' ');
	return html`<tr key=${id} data-testid="fault-row">
		<td>${what}</td>
		<td>${target === '*' ? 'anything' : target}</td>
		<td>${count}×</td>
		<td>
			<button
				type="button"
				class="button small danger"
				aria-label=${`Remove: ${what}`}
				onClick=${() => wish('remove-fault', { id })}
			>
				Remove
			</button>
		</td>
	</tr>`;
}
