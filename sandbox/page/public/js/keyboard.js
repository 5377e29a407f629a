/**
 * Where the focus goes while a call is led by keyboard. A pressed button of a phone disappears and takes the focus
 * along, so the next thing to press gets it.
 */

/** @type {HTMLElement | null} The number that was called by keyboard; the focus returns there when the call is over. */
let origin = null;
let leading = false;

/**
 * Remembers whether a call is being led by keyboard.
 * @param {{ detail: number, currentTarget: HTMLElement }} event a press; its detail is 0 when it came from the keyboard
 * @param {boolean} begins whether the press begins a call
 */
export function noteKeyboard({ detail, currentTarget }, begins) {
	leading = detail === 0;
	if (begins && leading) origin = currentTarget;
}

/** Lets the focus alone, e.g. when the call did not come about. */
export function stopGuiding() {
	leading = false;
}

/**
 * Puts the focus on the next thing to press, if a call is led by keyboard: the first button of a phone of the own desk,
 * or back where the call began. A focus that the person moved elsewhere stays there.
 * @param {number} employee whose desk is the own one
 */
export function guideKeyboard(employee) {
	const focused = document.activeElement;
	if (!leading || (focused !== document.body && focused !== origin)) return;
	const desk = document.querySelector(`[data-testid="desk"][data-user-id="${employee}"]`);
	const next = desk?.querySelector('button.key.answer') ?? desk?.querySelector('button.key');
	if (next instanceof HTMLElement) next.focus();
	else if (focused === document.body && origin?.isConnected) {
		origin.focus();
		leading = false;
	}
}
