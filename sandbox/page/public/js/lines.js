import { html } from 'htm/preact';
import { onSubmit, wish } from './actions.js';
import { badge, empty, panel } from './parts.js';
import { send } from './store.js';

/** @import { ApplicationView } from '../../data/application' */

/**
 * The external lines of an application.
 * @param {ApplicationView} application
 */
export function linesPanel({ id, lines }) {
	const add = onSubmit(
		({ number, name, crmAutoCreate }) =>
			send('add-line', { applicationId: id, number, name, crmAutoCreate: crmAutoCreate === 'on' }),
		{ clear: true },
	);
	return panel(
		{
			title: 'External lines',
			hint: 'Numbers of the phone system that the portal knows. Registering a call on an unknown line creates it silently.',
			key: `lines-${id}`,
		},
		lines.length > 0 ? table(lines) : empty('No line. The application itself can still dial.'),
		html`<form class="form" onSubmit=${add}>
			<div class="line">
				<label class="field grow">
					<span>Number</span><input name="number" required maxlength="50" autocomplete="off" />
				</label>
				<label class="field grow"><span>Name</span><input name="name" autocomplete="off" /></label>
			</div>
			<div class="line spread">
				<label class="check"
					><input type="checkbox" name="crmAutoCreate" defaultChecked />Unknown callers become leads</label
				>
				<button class="button">Add line</button>
			</div>
		</form>`,
	);
}

/** @param {ApplicationView['lines']} lines */
function table(lines) {
	return html`<div class="scroll">
		<table class="table">
			<thead>
				<tr>
					<th>Number</th>
					<th>Name</th>
					<th>Unknown callers</th>
					<th><span class="visually-hidden">Remove</span></th>
				</tr>
			</thead>
			<tbody>
				${lines.map(row)}
			</tbody>
		</table>
	</div>`;
}

/** @param {ApplicationView['lines'][number]} line */
function row({ id, number, name, crmAutoCreate, createdSilently }) {
	return html`<tr key=${id} data-testid="line-row">
		<td class="whole">${number} ${createdSilently && badge('created by a call', 'warn')}</td>
		<td>${name || '–'}</td>
		<td data-label="Unknown callers">${crmAutoCreate ? 'become leads' : 'stay unknown'}</td>
		<td>
			<button
				type="button"
				class="button small danger"
				aria-label=${`Remove the line ${number}`}
				onClick=${() => wish('remove-line', { id })}
			>
				Remove
			</button>
		</td>
	</tr>`;
}
