import { h } from './dom.js';

const SHOWN_MS = 5000;

/** Shows a short message for some seconds; a polite live region reads it out. */
export function notify(text, tone = 'plain') {
	const notice = h('div', { class: `notice ${tone}`, 'data-testid': 'notice' }, text);
	const place = document.getElementById('notices');
	place.append(notice);
	while (place.childElementCount > 3) place.firstChild.remove();
	setTimeout(() => notice.remove(), SHOWN_MS);
}

/** Says something to a screen reader only. */
export function announce(text) {
	document.getElementById('announcer').textContent = text;
}
