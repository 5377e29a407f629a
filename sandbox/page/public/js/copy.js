import { html } from 'htm/preact';
import { icon } from './icons.js';
import { announce, notify } from './notices.js';

/**
 * A value that another program wants, with a button that copies it.
 * @param {string} name what the other program calls it
 * @param {string} value
 * @param {string} testid of the value
 */
export function copyField(name, value, testid) {
	const id = `copy-${testid}`;
	return html`<div class="copy-field" key=${testid}>
		<label for=${id}>${name}</label>
		<div class="copy-line">
			<input id=${id} readonly value=${value} data-testid=${testid} spellcheck="false" />
			<button type="button" class="button small" aria-label=${`Copy: ${name}`} onClick=${() => copy(name, value, id)}>
				${icon('copy')} Copy
			</button>
		</div>
	</div>`;
}

/**
 * Puts a value into the clipboard. Browsers refuse that on addresses without https and to windows without permission:
 * the value is selected then, so that the person copies it with the usual key.
 * @param {string} name
 * @param {string} value
 * @param {string} id of the field
 */
async function copy(name, value, id) {
	try {
		await navigator.clipboard.writeText(value);
		notify(`${name} copied`);
	} catch {
		const field = document.getElementById(id);
		if (field instanceof HTMLInputElement) {
			field.focus();
			field.select();
		}
		announce('Selected');
		notify('Selected: press Ctrl+C, or ⌘C, to copy');
	}
}
