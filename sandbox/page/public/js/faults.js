import { html } from 'htm/preact';
import { onSubmit, wish } from './actions.js';
import { empty, panel } from './parts.js';
import { send } from './store.js';
import { show } from './ui.js';

/** @import { Snapshot } from '../../snapshot' */
/** @import { Ui } from './ui.js' */

/** @typedef {Snapshot['faults']['waiting'][number]} Fault */

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
		form(faults, ui.faultKind || (faults.kinds[0]?.kind ?? '')),
		faults.waiting.length > 0 ? table(faults) : empty('Everything works. Arm a fault above.'),
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
					${kinds.map((one) => html`<option key=${one.kind} value=${one.kind}>${one.words}</option>`)}
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

/** @param {Snapshot['faults']} faults */
function table({ kinds, waiting }) {
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
				${waiting.map((fault) => row(fault, kinds.find((one) => one.kind === fault.kind)?.words ?? fault.kind))}
			</tbody>
		</table>
	</div>`;
}

/**
 * @param {Fault} fault
 * @param {string} words for its kind
 */
function row({ id, code, seconds, target, count }, words) {
	const what = [words, code, seconds ? `${seconds} s` : ''].filter(Boolean).join(' ');
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
