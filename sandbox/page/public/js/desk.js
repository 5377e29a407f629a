import { html } from 'htm/preact';
import { be, closeDesk, openDesks } from './actions.js';
import { callCard } from './card.js';
import { icon } from './icons.js';
import { avatar } from './parts.js';
import { phones } from './phones.js';

/** @import { Snapshot } from '../../snapshot' */
/** @import { EmployeeView } from '../../data/people' */
/** @import { Ui } from './ui.js' */

/**
 * The desks at the side: one for each employee that is open.
 * @param {Snapshot} state
 * @param {Ui} ui
 */
export function desksView(state, ui) {
	const open = ui.desks.flatMap((id) => state.employees.filter((employee) => employee.id === id));
	const closed = state.employees.filter((employee) => !ui.desks.includes(employee.id));
	return html`
		${open.map((employee) => desk(state, ui, employee, open.length > 1))}
		${
			closed.length > 0 &&
			html`<details class="add-desk" key="add">
				<summary>${icon('plus')} Open another desk beside</summary>
				<div class="chips">
					${closed.map(
						({ id, name }) =>
							html`<button
								type="button"
								class="button small"
								key=${id}
								data-testid="open-desk"
								onClick=${() => openDesks([id])}
							>
								${name}
							</button>`,
					)}
				</div>
			</details>`
		}
	`;
}

/**
 * @param {Snapshot} state
 * @param {Ui} ui
 * @param {EmployeeView} employee
 * @param {boolean} several whether other desks stand beside
 */
function desk(state, ui, employee, several) {
	const { id, name, extension } = employee;
	const mine = ui.employee === id;
	const cards = state.cards.filter((card) => card.userId === id);
	const calls = state.pbx.calls.filter((call) => extension !== '' && call.extension === extension);
	const active = cards.length > 0 || calls.length > 0;
	const colleagues = state.employees.filter((one) => one.extension && one !== employee);
	return html`<section
		class=${['desk', mine && 'mine', active && 'active'].filter(Boolean).join(' ')}
		key=${id}
		data-testid="desk"
		data-user-id=${id}
		aria-label=${`Desk of ${name}`}
	>
		${head(employee, mine, several)}
		<div class="cards">
			${cards.map((card) => callCard(state, card))}
			${
				cards.length === 0 &&
				html`<p class="no-card">
					${active ? 'These phones are in a call that has no card.' : 'No call. Press a number: the card opens here, and these phones ring.'}
				</p>`
			}
		</div>
		${phones(employee, calls, colleagues)}
	</section>`;
}

/**
 * @param {EmployeeView} employee
 * @param {boolean} mine whether one is this employee
 * @param {boolean} several
 */
function head({ id, name, extension, position }, mine, several) {
	const number = extension ? `Extension ${extension}` : 'No extension';
	return html`<header class="desk-head">
		${avatar(name)}
		<div class="desk-name">
			<strong>${name}</strong>
			<span class="quiet">${[number, position].filter(Boolean).join(' · ')}</span>
		</div>
		${
			several &&
			!mine &&
			html`<button type="button" class="button small" onClick=${() => be(id)}>Be ${name.split(' ')[0]}</button>`
		}
		${
			several &&
			html`<button
				type="button"
				class="icon-button"
				aria-label=${`Close the desk of ${name}`}
				onClick=${() => closeDesk(id)}
			>
				${icon('close')}
			</button>`
		}
	</header>`;
}
