import { html } from 'htm/preact';

const PATHS = {
	phone:
		'M6.600 3.500c.6-.6 1.600-.5 2 .2l1.500 2.200c.4.5.3 1.200-.2 1.700l-.9.9c-.3.3-.3.7-.1 1 .8 1.500 2 2.700 3.500 3.500.3.2.7.2 1-.1l.9-.9c.5-.5 1.200-.6 1.700-.2l2.200 1.500c.7.5.8 1.400.2 2l-.9.9c-.8.800-2 1-3 .7-4.500-1.500-8-5-9.500-9.500-.3-1-.1-2.200.7-3z',
	close: 'M6 6l12 12M18 6L6 18',
	plus: 'M12 5v14M5 12h14',
	in: 'M17 7L7 17M7 9v8h8',
	out: 'M7 17L17 7M9 7h8v8',
	search: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16.500 16.500L20 20',
	copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
	click: 'M9 3v3M4 5l2 2M3 10h3M10 10l10 4-4.500 1.500L14 20z',
	event: 'M13 3L5 14h6l-1 7 8-11h-6z',
	request: 'M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4',
	report: 'M6 21V4M6 5h12l-3 4 3 4H6',
	recording: 'M4 10v4M8 6v12M12 9v6M16 4v16M20 10v4',
	card: 'M3 6h18v12H3zM7 14h5M7 10h3',
};

/** @typedef {keyof typeof PATHS | 'pbx'} IconName */

const FILLED = 'phone';

/**
 * A small decorative picture; words beside it carry the meaning.
 * @param {IconName} name
 */
export function icon(name) {
	const drawn = name === 'pbx' ? FILLED : name;
	const look =
		drawn === FILLED
			? { fill: 'currentColor' }
			: {
					fill: 'none',
					stroke: 'currentColor',
					'stroke-width': 2,
					'stroke-linecap': 'round',
					'stroke-linejoin': 'round',
				};
	return html`<svg viewBox="0 0 24 24" class="icon" aria-hidden="true" ...${look}><path d=${PATHS[drawn]} /></svg>`;
}
