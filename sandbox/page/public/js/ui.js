/**
 * @typedef {object} Ui What this window shows. Nothing of it reaches another window.
 * @property {number} employee who one is
 * @property {number[]} desks employees whose desks are open
 * @property {string} kind of the clients in the list
 * @property {string} search what the list is searched for
 * @property {string} faultKind chosen in the form of faults
 * @property {{ id: number, text: string, tone: string }[]} notices short messages
 * @property {string} announcement for screen readers only
 */

/** @type {Ui} Who one is and which desks are open survive a reload. */
export const ui = { kind: 'CONTACT', search: '', faultKind: '', notices: [], announcement: '', ...recall() };

/** @type {() => void} */
let draw = () => undefined;

/**
 * Names what draws the page.
 * @param {() => void} drawing
 */
export function drawWith(drawing) {
	draw = drawing;
}

/**
 * Changes what this window shows, and draws it.
 * @param {Partial<Ui>} changes
 */
export function show(changes = {}) {
	Object.assign(ui, changes);
	draw();
}

/** @returns {Pick<Ui, 'employee' | 'desks'>} */
function recall() {
	try {
		const kept = JSON.parse(sessionStorage.getItem('sandbox') ?? '{}');
		return { employee: Number(kept.employee) || 0, desks: Array.isArray(kept.desks) ? kept.desks.map(Number) : [] };
	} catch {
		return { employee: 0, desks: [] };
	}
}

/** Keeps the choice for the next load of this window. */
export function remember() {
	sessionStorage.setItem('sandbox', JSON.stringify({ employee: ui.employee, desks: ui.desks }));
}

/**
 * The view that the address names after #, and what it names within the view.
 * @returns {{ view: string, part: string }}
 */
export function place() {
	const [view = '', part = ''] = location.hash.slice(1).split('/');
	return { view, part: decodeURIComponent(part) };
}
