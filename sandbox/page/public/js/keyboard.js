/** The number that was called by keyboard; the focus returns there when the call is over. */
let origin = null;
let leading = false;

/** Remembers whether a call is being led by keyboard: then the focus follows from phone to phone. */
export function noteKeyboard(target, byKeyboard) {
	if (target.dataset.action === 'click' && byKeyboard) origin = target;
	if (target.dataset.action === 'click' || target.dataset.action === 'press') leading = byKeyboard;
}

/** Lets the focus alone, e.g. when the call did not come about. */
export function stopGuiding() {
	leading = false;
}

/**
 * Puts the focus on the next thing to press, if a call is led by keyboard: the first button of a phone of the own desk,
 * or back where the call began. A focus that the person moved elsewhere stays there.
 */
export function guideKeyboard(ui) {
	const focused = document.activeElement;
	if (!leading || (focused !== document.body && focused !== origin)) return;
	const desk = document.querySelector(`[data-testid="desk"][data-user-id="${ui.employee}"]`);
	const next = desk?.querySelector('.key.answer') ?? desk?.querySelector('.key');
	if (next) next.focus();
	else if (focused === document.body && origin?.isConnected) {
		origin.focus();
		leading = false;
	}
}
