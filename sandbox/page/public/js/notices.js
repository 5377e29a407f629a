import { show, ui } from './ui.js';

const SHOWN_MS = 5000;
const AT_ONCE = 3;
let count = 0;

/**
 * Shows a short message for some seconds; a polite live region reads it out.
 * @param {string} text
 * @param {'plain' | 'bad'} tone
 */
export function notify(text, tone = 'plain') {
	count += 1;
	const id = count;
	show({ notices: [...ui.notices, { id, text, tone }].slice(-AT_ONCE) });
	setTimeout(() => show({ notices: ui.notices.filter((notice) => notice.id !== id) }), SHOWN_MS);
}

/**
 * Says something to a screen reader only.
 * @param {string} text
 */
export function announce(text) {
	show({ announcement: text });
}
