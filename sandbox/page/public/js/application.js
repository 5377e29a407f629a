import { html } from 'htm/preact';
import { wish } from './actions.js';
import { connectPanel } from './connect.js';
import { linesPanel } from './lines.js';
import { badge, empty, facts, panel, toggle } from './parts.js';

/** @import { Snapshot } from '../../snapshot' */
/** @import { ApplicationView, PermissionView } from '../../data/application' */

/**
 * What an administrator of the portal sets: outgoing number, application, lines.
 * @param {Snapshot} state
 */
export function applicationView(state) {
	return html`
		${connectPanel(state)} ${outgoingPanel(state)}
		${state.applications.map((application) => [settings(application), linesPanel(application)])}
	`;
}

/** @param {Snapshot} state */
function outgoingPanel({ outgoing: { choices, chosen } }) {
	const choice = choices.find(({ value }) => value === chosen);
	/** @param {{ currentTarget: HTMLSelectElement }} event */
	const choose = ({ currentTarget }) => wish('outgoing', { value: currentTarget.value });
	return panel(
		{
			title: 'Default number for outgoing calls',
			hint: 'Who dials when an employee presses a number. Only an administrator can choose it; no REST method can.',
		},
		html`<div class="line">
			<label class="field">
				<span>Outgoing number</span>
				<select data-testid="outgoing" value=${chosen} onChange=${choose}>
					<option value="">None: pressing a number fails</option>
					${choices.map(({ value, label }) => html`<option key=${value} value=${value}>${label}</option>`)}
				</select>
			</label>
			${choice ? listening(choice.listening) : badge('nothing chosen', 'bad')}
		</div>`,
	);
}

/** @param {boolean} someone */
function listening(someone) {
	return someone ? badge('listens for clicks', 'good') : badge('nobody listens yet: publish a workflow', 'warn');
}

/** @param {ApplicationView} application */
function settings(application) {
	const { id, name, installed, active, permissions, clientId, handlerUrl } = application;
	return panel(
		{
			title: `Local application “${name}”`,
			hint: 'As on the portal’s page of a local application.',
			key: `application-${id}`,
		},
		facts([
			['Client ID', html`<code>${clientId}</code>`],
			['Handler path', handlerUrl],
		]),
		html`<div class="toggles">
			${toggle({ label: 'Installed', on: installed, change: (on) => wish('application', { id, installed: on }) })}
			${toggle({ label: 'Active', on: active, change: (on) => wish('application', { id, active: on }) })}
		</div>`,
		html`<h3>Permissions</h3>`,
		html`<div class="toggles" data-testid="permissions">${permissions.map((one) => permission(id, one))}</div>`,
		html`<h3>Handlers of events</h3>`,
		handlers(application),
	);
}

/**
 * @param {number} id of the application
 * @param {PermissionView} permission
 */
function permission(id, { scope, granted, pending }) {
	return toggle({
		label: scope,
		on: granted,
		testid: `scope-${scope}`,
		note: pending && html`<small class="pending">takes effect when connected again</small>`,
		change: (on) => wish('scope', { id, scope, granted: on }),
	});
}

/** @param {ApplicationView} application */
function handlers({ handlers: bound }) {
	if (bound.length === 0)
		return empty('No event is bound. Publishing a workflow with the Bitrix24 Telephony Trigger binds one.');
	return html`<div class="scroll">
		<table class="table">
			<thead>
				<tr>
					<th>Event</th>
					<th>Address</th>
					<th>Bound by</th>
				</tr>
			</thead>
			<tbody>
				${bound.map(
					({ id, event, url, boundBy }) =>
						html`<tr key=${id} data-testid="handler-row">
							<td class="whole">${event}</td>
							<td>${url || 'offline queue'}</td>
							<td data-label="Bound by">${boundBy}</td>
						</tr>`,
				)}
			</tbody>
		</table>
	</div>`;
}
