import { h } from './dom.js';
import { badge, button, empty, facts, panel } from './parts.js';

const SCOPES = ['telephony', 'user', 'user_basic', 'user_brief', 'crm', 'call'];

/** What an administrator of the portal sets: outgoing number, application, lines. */
export function applicationView(state) {
	return [outgoing(state), ...state.applications.flatMap((application) => [settings(application), lines(application)])];
}

function outgoing(state) {
	const chosen = state.outgoing.choices.find((choice) => choice.value === state.outgoing.chosen);
	return h(
		'section',
		{ class: 'panel', 'data-key': 'outgoing' },
		h(
			'header',
			{ class: 'panel-head' },
			h('h1', {}, 'Default number for outgoing calls'),
			h(
				'p',
				{ class: 'hint' },
				'Who dials when an employee presses a number. Only an administrator can choose it; no REST method can.',
			),
		),
		h(
			'div',
			{ class: 'form' },
			h(
				'div',
				{ class: 'line' },
				h(
					'label',
					{ class: 'field' },
					h('span', {}, 'Outgoing number'),
					h(
						'select',
						{ 'data-change': 'outgoing', 'data-testid': 'outgoing' },
						h('option', { value: '', selected: state.outgoing.chosen === '' }, 'None: pressing a number fails'),
						state.outgoing.choices.map((choice) =>
							h('option', { value: choice.value, selected: choice.value === state.outgoing.chosen }, choice.label),
						),
					),
				),
				chosen
					? chosen.listening
						? badge('listens for clicks', 'good')
						: badge('nobody listens for clicks yet: activate a workflow', 'warn')
					: badge('nothing chosen', 'bad'),
			),
		),
	);
}

function settings(application) {
	return h(
		'section',
		{ class: 'panel', 'data-key': `application-${application.id}`, 'data-testid': 'application' },
		h(
			'header',
			{ class: 'panel-head' },
			h('h2', {}, `Local application “${application.name}”`),
			h(
				'p',
				{ class: 'hint' },
				'What the form of a local application shows: copy id and secret into the n8n credential.',
			),
		),
		facts([
			['Client id', h('span', { class: 'secret', 'data-testid': 'client-id' }, application.clientId)],
			['Client secret', h('span', { class: 'secret', 'data-testid': 'client-secret' }, application.clientSecret)],
		]),
		h(
			'form',
			{ class: 'form', 'data-submit': 'handler-path', 'data-id': application.id },
			h(
				'div',
				{ class: 'line' },
				h(
					'label',
					{ class: 'field', style: 'flex:1 1 280px' },
					h('span', {}, 'Handler path: n8n’s OAuth redirect address'),
					h('input', {
						name: 'handlerUrl',
						type: 'url',
						value: application.handlerUrl,
						placeholder: 'http://…/rest/oauth2-credential/callback',
						autocomplete: 'off',
					}),
				),
				h('button', { class: 'button' }, 'Save'),
			),
		),
		h(
			'div',
			{ class: 'checks' },
			check('Installed', application.installed, 'installed', application.id),
			check('Active', application.active, 'active', application.id),
		),
		h('h3', {}, 'Permissions (scopes)'),
		h(
			'div',
			{ class: 'checks' },
			[...new Set([...SCOPES, ...application.scopes])].map((scope) =>
				check(scope, application.scopes.includes(scope), 'scope', application.id, scope),
			),
		),
		h('h3', {}, 'Handlers'),
		application.handlers.length
			? h(
					'div',
					{ class: 'scroll' },
					h(
						'table',
						{ class: 'table' },
						h('thead', {}, h('tr', {}, h('th', {}, 'Event'), h('th', {}, 'Address'), h('th', {}, 'Bound by'))),
						h(
							'tbody',
							{},
							application.handlers.map((handler) =>
								h(
									'tr',
									{ 'data-key': `handler-${handler.id}`, 'data-testid': 'handler-row' },
									h('td', { class: 'whole' }, handler.event),
									h('td', {}, handler.url || 'offline queue'),
									h('td', {}, handler.boundBy),
								),
							),
						),
					),
				)
			: empty('No event is bound. Activating a workflow with the Bitrix24 Telephony Trigger binds one.'),
	);
}

function check(label, on, what, id, scope) {
	return h(
		'label',
		{ class: 'check' },
		h('input', { type: 'checkbox', checked: on, 'data-change': what, 'data-id': id, 'data-scope': scope }),
		label,
	);
}

function lines(application) {
	return h(
		'section',
		{ class: 'panel', 'data-key': `lines-${application.id}` },
		h(
			'header',
			{ class: 'panel-head' },
			h('h2', {}, 'External lines'),
			h(
				'p',
				{ class: 'hint' },
				'Numbers of the PBX that the portal knows. Registering a call on an unknown line creates it silently.',
			),
		),
		application.lines.length
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
								h('th', {}, 'Number'),
								h('th', {}, 'Name'),
								h('th', {}, 'Unknown'),
								h('th', {}, h('span', { class: 'visually-hidden' }, 'Remove')),
							),
						),
						h(
							'tbody',
							{},
							application.lines.map((line) =>
								h(
									'tr',
									{ 'data-key': `line-${line.id}`, 'data-testid': 'line-row' },
									h(
										'td',
										{ class: 'whole' },
										line.number,
										line.createdSilently ? [' ', badge('created by a call', 'warn')] : null,
									),
									h('td', {}, line.name || '\u2013'),
									h('td', {}, line.crmAutoCreate ? 'becomes a lead' : 'stays unknown'),
									h('td', {}, button('Remove', 'remove-line', { id: line.id }, 'small danger')),
								),
							),
						),
					),
				)
			: empty('No line. The application itself can still dial.'),
		h(
			'form',
			{ class: 'form', 'data-submit': 'add-line', 'data-id': application.id },
			h(
				'div',
				{ class: 'line' },
				h(
					'label',
					{ class: 'field' },
					h('span', {}, 'Number'),
					h('input', { name: 'number', required: true, maxlength: 50, autocomplete: 'off' }),
				),
				h('label', { class: 'field' }, h('span', {}, 'Name'), h('input', { name: 'name', autocomplete: 'off' })),
				h(
					'label',
					{ class: 'check', style: 'min-height:36px' },
					h('input', { type: 'checkbox', name: 'crmAutoCreate', checked: true }),
					'Unknown callers become leads',
				),
				h('button', { class: 'button' }, 'Add line'),
			),
		),
	);
}
