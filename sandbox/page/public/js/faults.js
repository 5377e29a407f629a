import { h } from './dom.js';
import { button, empty } from './parts.js';

const KINDS = {
	resetBeforeWork: 'Connection breaks before the work',
	resetAfterWork: 'Connection breaks after the work',
	delay: 'Answer comes late',
	html502: '502 with an HTML page',
	html503: '503 with an HTML page',
	html504: '504 with an HTML page',
	html504AfterWork: '504 although the work was done',
	cutJson: 'JSON is cut off',
	wrongContentType: 'Wrong content type',
	error: 'An error of the portal',
	eventLost: 'Event is lost',
	eventDoubled: 'Event comes twice',
	eventLate: 'Event comes late',
	eventOutOfOrder: 'Event overtakes the one before',
};

/** Words for a kind of fault; kinds this page does not know keep their own name. */
const words = (kind) => KINDS[kind] ?? kind;

/** Faults on demand. */
export function faultsView(state, ui) {
	const { waiting, kinds, codes, targets } = state.faults;
	const kind = ui.faultKind || kinds[0];
	const isEvent = kind.startsWith('event');
	return [
		h(
			'section',
			{ class: 'panel', 'data-key': 'faults' },
			h(
				'header',
				{ class: 'panel-head' },
				h('h1', {}, 'Faults'),
				h(
					'p',
					{ class: 'hint' },
					'Make the portal misbehave, and see whether your workflow stands it. Each fault strikes as often as you say and is gone.',
				),
			),
			h(
				'form',
				{ class: 'form', 'data-submit': 'add-fault' },
				h(
					'div',
					{ class: 'line' },
					h(
						'label',
						{ class: 'field' },
						h('span', {}, 'What goes wrong'),
						h(
							'select',
							{ name: 'kind', 'data-change': 'fault-kind', 'data-testid': 'fault-kind' },
							kinds.map((one) => h('option', { value: one, selected: one === kind }, words(one))),
						),
					),
					h(
						'label',
						{ class: 'field' },
						h('span', {}, isEvent ? 'At which event' : 'At which method'),
						h('input', {
							name: 'target',
							list: 'fault-targets',
							value: '',
							placeholder: 'any',
							autocomplete: 'off',
							'data-testid': 'fault-target',
						}),
						h(
							'datalist',
							{ id: 'fault-targets' },
							(isEvent ? targets.events : targets.methods).map((one) => h('option', { value: one })),
						),
					),
					kind === 'error'
						? h(
								'label',
								{ class: 'field', 'data-key': 'code' },
								h('span', {}, 'Which error'),
								h(
									'select',
									{ name: 'code' },
									codes.map((code) => h('option', { value: code }, code)),
								),
							)
						: null,
					kind === 'delay' || kind === 'eventLate'
						? h(
								'label',
								{ class: 'field', 'data-key': 'seconds' },
								h('span', {}, 'Seconds'),
								h('input', { name: 'seconds', type: 'number', min: 0, step: 'any', value: 5, style: 'width:90px' }),
							)
						: null,
					h(
						'label',
						{ class: 'field', 'data-key': 'count' },
						h('span', {}, 'How often'),
						h('input', { name: 'count', type: 'number', min: 1, value: 1, style: 'width:90px' }),
					),
					h('button', { class: 'button primary', 'data-key': 'arm', 'data-testid': 'add-fault' }, 'Arm it'),
				),
			),
			waiting.length
				? h(
						'div',
						{ class: 'scroll' },
						h(
							'table',
							{ class: 'table' },
							h(
								'thead',
								{},
								h(
									'tr',
									{},
									h('th', {}, 'Fault'),
									h('th', {}, 'Strikes at'),
									h('th', {}, 'Still'),
									h('th', {}, h('span', { class: 'visually-hidden' }, 'Remove')),
								),
							),
							h(
								'tbody',
								{},
								waiting.map((fault) =>
									h(
										'tr',
										{ 'data-key': `fault-${fault.id}`, 'data-testid': 'fault-row' },
										h(
											'td',
											{},
											words(fault.kind),
											fault.code ? ` ${fault.code}` : '',
											fault.seconds ? ` ${fault.seconds} s` : '',
										),
										h('td', {}, fault.target === '*' ? 'anything' : fault.target),
										h('td', {}, `${fault.count}×`),
										h('td', {}, button('Remove', 'remove-fault', { id: fault.id }, 'small danger')),
									),
								),
							),
						),
					)
				: empty('Everything works. Arm a fault above.'),
		),
	];
}
