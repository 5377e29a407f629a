import { html } from 'htm/preact';
import { click, onSubmit, openDesks } from './actions.js';
import { icon } from './icons.js';
import { notify } from './notices.js';
import { panel, phoneButton } from './parts.js';
import { send } from './store.js';

/** @import { Snapshot } from '../../snapshot' */

/**
 * Calls a number that no client has, and those that act by themselves.
 * @param {Snapshot} state
 */
export function dialPanel(state) {
	const dial = onSubmit(({ number = '' }) => click(number), { clear: true });
	return panel(
		{
			title: 'Any number',
			hint: 'You answer at both phones. Some numbers answer, are busy or fail by themselves.',
		},
		html`<form class="dial" onSubmit=${dial}>
			<label class="visually-hidden" for="dial-number">Number to call</label>
			<input
				id="dial-number"
				name="number"
				type="tel"
				required
				placeholder="+49 151 …"
				data-testid="dial-number"
				autocomplete="off"
			/>
			<button class="button primary" data-testid="dial">${icon('phone')} Call</button>
		</form>`,
		html`<details class="automatic">
			<summary>Numbers that act by themselves</summary>
			<ul>
				${state.automatic.map(
					({ number, text }) =>
						html`<li key=${number}>${phoneButton(number, null, text)}<span class="quiet">${text}</span></li>`,
				)}
			</ul>
		</details>`,
	);
}

/**
 * Lets a client call.
 * @param {Snapshot} state
 */
export function incomingPanel(state) {
	const lines = state.applications.flatMap((application) => application.lines);
	const ring = onSubmit(async ({ number, line }) => {
		const { extensions, notice } = await send('incoming', { number, line });
		if (typeof notice === 'string' && notice) notify(notice, 'bad');
		const rung = Array.isArray(extensions) ? extensions : [];
		openDesks(state.employees.filter(({ extension }) => rung.includes(extension)).map(({ id }) => id));
	});
	return panel(
		{
			title: 'A client calls',
			hint: 'The phone system asks the workflow whom to ring. Without an answer its fixed fallback rings. Take “anonymous” for a hidden number.',
		},
		html`<form class="form" data-testid="incoming-form" onSubmit=${ring}>
			<div class="line">
				<label class="field grow">
					<span>From</span>
					<input
						name="number"
						required
						list="client-numbers"
						defaultValue=${state.clients[0]?.phones[0] ?? ''}
						autocomplete="off"
						data-testid="incoming-number"
					/>
				</label>
				<label class="field grow">
					<span>To the line</span>
					<input
						name="line"
						required
						list="line-numbers"
						defaultValue=${lines[0]?.number ?? '+4940669690'}
						autocomplete="off"
						data-testid="incoming-line"
					/>
				</label>
				<button class="button primary" data-testid="incoming">${icon('in')} Ring</button>
			</div>
			<datalist id="client-numbers">
				<option value="anonymous">Hidden number</option>
				${state.clients.flatMap(({ name, phones }) =>
					phones.map((number) => html`<option key=${number} value=${number}>${name}</option>`),
				)}
			</datalist>
			<datalist id="line-numbers">
				${lines.map(({ number, name }) => html`<option key=${number} value=${number}>${name}</option>`)}
			</datalist>
		</form>`,
	);
}
