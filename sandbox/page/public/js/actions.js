import { stopGuiding } from './keyboard.js';
import { notify } from './notices.js';
import { send } from './store.js';
import { show, ui } from './ui.js';

/**
 * Does something that the sandbox may refuse; the person then reads why.
 * @param {() => Promise<unknown>} steps
 */
export async function attempt(steps) {
	try {
		await steps();
	} catch (error) {
		stopGuiding();
		notify(error instanceof Error ? error.message : String(error), 'bad');
	}
	// A field that was refused goes back to where it stands.
	show();
}

/**
 * Asks the sandbox for something.
 * @param {string} name
 * @param {Record<string, unknown>} body
 */
export function wish(name, body) {
	return attempt(() => send(name, body));
}

/**
 * Makes what a form does when it is sent.
 * @param {(values: Record<string, string>) => Promise<unknown>} steps given the fields by name
 * @param {{ clear?: boolean }} options whether the fields go back to their first values when the steps succeeded
 */
export function onSubmit(steps, { clear = false } = {}) {
	/** @param {SubmitEvent & { currentTarget: HTMLFormElement }} event */
	return (event) => {
		event.preventDefault();
		const form = event.currentTarget;
		void attempt(async () => {
			await steps(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])));
			if (clear) form.reset();
		});
	};
}

/**
 * Calls a number as the employee that one is.
 * @param {string} number
 * @param {{ type: string, id: number } | null} client on whose page the number stands
 */
export function click(number, client = null) {
	return send('click', { userId: ui.employee, number, clientType: client?.type, clientId: client?.id });
}

/**
 * Becomes another employee. With one desk open the desk changes its employee; beside others it takes the place of the
 * own one.
 * @param {number} id
 */
export function be(id) {
	const { employee, desks } = ui;
	const others = desks.includes(id) ? desks : desks.map((desk) => (desk === employee ? id : desk));
	show({ employee: id, desks: desks.length <= 1 ? [id] : others });
}

/**
 * Opens the desks of employees beside those that are open.
 * @param {number[]} ids
 */
export function openDesks(ids) {
	show({ desks: [...new Set([...ui.desks, ...ids])] });
}

/**
 * Closes a desk. Whoever sat there becomes the employee of the first that is left.
 * @param {number} id
 */
export function closeDesk(id) {
	const desks = ui.desks.filter((desk) => desk !== id);
	show({ desks, employee: ui.employee === id ? (desks[0] ?? id) : ui.employee });
}
