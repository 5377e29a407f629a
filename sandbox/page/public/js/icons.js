import { h } from './dom.js';

const PATHS = {
	phone:
		'M6.6 3.500c.6-.6 1.600-.5 2 .2l1.500 2.200c.4.5.3 1.200-.2 1.700l-.9.9c-.3.3-.3.700-.1 1 .8 1.500 2 2.700 3.500 3.500.3.2.7.2 1-.1l.9-.9c.5-.5 1.200-.6 1.700-.2l2.200 1.500c.7.500.8 1.400.2 2l-.9.9c-.8.8-2 1-3 .7-4.500-1.500-8-5-9.500-9.500-.3-1-.1-2.200.7-3z',
	close: 'M6 6l12 12M18 6L6 18',
	plus: 'M12 5v14M5 12h14',
	in: 'M17 7L7 17M7 9v8h8',
	out: 'M7 17L17 7M9 7h8v8',
	search: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16.500 16.500L20 20',
	check: 'M5 12.500l4.500 4.500L19 7.500',
};

const FILLED = new Set(['phone']);

/** A small decorative picture; words beside it carry the meaning. */
export function icon(name) {
	const attributes = FILLED.has(name)
		? { fill: 'currentColor' }
		: {
				fill: 'none',
				stroke: 'currentColor',
				'stroke-width': 2,
				'stroke-linecap': 'round',
				'stroke-linejoin': 'round',
			};
	return h(
		'svg',
		{ viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true', ...attributes },
		h('path', { d: PATHS[name] }),
	);
}
