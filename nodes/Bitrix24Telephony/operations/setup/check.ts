import type { JsonObject } from '../../../../bitrix24/decode';
import type { Failure } from '../../../../bitrix24/failure';
import { hintFor } from '../../../../bitrix24/hints';
import { bindings, type Binding } from '../../../../bitrix24/methods/events';
import { lines } from '../../../../bitrix24/methods/lines';
import { application, permissions, profile, serverTime } from '../../../../bitrix24/methods/portal';
import { ask, askAll, optional, type Conversation } from '../../../../bitrix24/plan';
import { deliverySeconds, deliveryStates, TEST_EVENT, type DeliveryState } from '../../../common/deliveryCheck';
import { flag } from '../../fields/kinds';
import { defineOperation } from '../operation';
import { connectionFindings } from './connectionFindings';
import { good, problem, warning, type Finding } from './findings';
import { ownHandlers, shownAddress, statesOf } from './handlers';
import { queueFindings } from './queueFindings';
import { judged } from './verdict';

/** Seconds by which n8n's and the portal's clock may differ without harm. */
const CLOCK_TOLERANCE = 30;

/** Permissions and what they are for. `user_basic` and `user_brief` are enough for employees. */
const SCOPES: [string[], 'problem' | 'warning', string][] = [
	[['telephony'], 'problem', 'nothing of this package works without it'],
	[['user', 'user_basic', 'user_brief'], 'warning', 'employees cannot be listed or found by extension'],
	[
		['crm'],
		'warning',
		'Set Responsible, Credit and follow-ups fail, and CRM sources, currencies and call lists cannot be listed',
	],
	[['call'], 'warning', 'callbacks and automatic calls do not work'],
];

/** Looks at everything that click-to-call depends on. */
export const check = defineOperation({
	entry: {
		name: 'Check Setup',
		value: 'check',
		action: 'Check setup',
		description: 'Find out what is missing between n8n and Bitrix24: one item a finding, with what to do about it',
	},
	fields: [
		flag({
			displayName: 'Check Deliveries',
			name: 'checkDeliveries',
			default: true,
			description: 'Whether to let Bitrix24 send a test event to each published trigger. It starts no workflow.',
		}),
	],
	output: { CHECK: 'string', RESULT: 'string', ADVICE: 'string', DETAIL: 'string', LINK: 'string?' },
	outputBefore: { CHECK: 'string', RESULT: 'string', DETAIL: 'string', ADVICE: 'string' },
	read: ({ checkDeliveries: deliveries }, reader) => ({
		origin: reader.webhookOrigin(),
		now: () => Date.now(),
		deliveries,
		isOfBefore: reader.isOfBefore,
	}),
	run: function* ({ origin, now, deliveries, isOfBefore }) {
		const refusals: Failure[] = [];
		const kept = (failure: Failure): boolean => refusals.push(failure) > 0;
		const [app, scope, person, time, known, bound = []] = yield* askAll(
			{ ...optional(application), optional: kept },
			optional(permissions),
			optional(profile),
			optional(serverTime),
			optional(lines),
			optional(bindings),
		);
		const state = yield* ask({ inquire: 'connection' });
		const { here, elsewhere } = ownHandlers(bound, origin);
		const states = yield* statesOf(here);
		const alive = here.filter((_, index) => states[index] === 'alive');
		const findings = [
			installed(app, refusals[0]),
			...SCOPES.map((row) => permission(scope, row)),
			administrator(person),
			...connectionFindings(state, now()),
			clock(time, now()),
			selectable(bound, here, alive, elsewhere),
			...(yield* queueFindings(bound, now())),
			lineCount(known),
			...here.flatMap((handler, index) => handlerFinding(handler, states[index] ?? 'unknown')),
			...(deliveries ? yield* checkDeliveries(alive) : []),
		];
		return (isOfBefore ? findings : judged(findings, state.portal)).map((json) => ({ json }));
	},
});

function installed(app: JsonObject | undefined, refusal: Failure | undefined): Finding {
	if (refusal) return problem('Application', refusal.text, hintFor(refusal, 'read'));
	const { INSTALLED, PAYMENT_EXPIRED } = app ?? {};
	if (INSTALLED === false)
		return problem(
			'Application',
			'It is not installed, so no event is sent',
			'Open the application in Bitrix24, tick “Application uses API only” and save.',
		);
	if (PAYMENT_EXPIRED === 'Y')
		return problem('Application', 'Its paid period is over', 'Renew the subscription in Bitrix24.');
	return app
		? good('Application', 'Installed and active')
		: problem(
				'Application',
				'The portal tells nothing about it',
				'Connect the credential through a local application.',
			);
}

function permission(granted: string[] | undefined, [names, result, loss]: (typeof SCOPES)[number]): Finding {
	const [name = ''] = names;
	const label = `Permission ${name}`;
	if (!granted)
		return warning(label, 'Bitrix24 did not say which permissions the application has', 'Check again in a minute.');
	if (names.some((one) => granted.includes(one))) return good(label, 'Granted');
	const advice = `Tick ${name} in the application’s settings in Bitrix24, then connect the credential again.`;
	return result === 'problem' ? problem(label, `Missing: ${loss}`, advice) : warning(label, `Missing: ${loss}`, advice);
}

function administrator({ ADMIN, NAME, LAST_NAME }: JsonObject = {}): Finding {
	const name = [NAME, LAST_NAME].filter(Boolean).join(' ');
	if (ADMIN === true) return good('Connected Employee', `${name}, an administrator`);
	return warning(
		'Connected Employee',
		`${name || 'Unknown'}, not an administrator`,
		'Fine for calls. The call history shows only what this employee may see; connect as an administrator to see all.',
	);
}

function clock(time: unknown, now: number): Finding {
	const difference = Math.round(Math.abs(now - Date.parse(String(time))) / 1000);
	if (!(difference > CLOCK_TOLERANCE))
		return good('Clocks', Number.isNaN(difference) ? 'Not compared' : `${difference} s apart`);
	return warning(
		'Clocks',
		`${difference} s apart`,
		'Set the clock of the n8n server (NTP). Calls would be logged at the wrong time.',
	);
}

function selectable(bound: Binding[], here: Binding[], alive: Binding[], elsewhere: Binding[]): Finding {
	const isClick = ({ event }: Binding): boolean => event === 'ONEXTERNALCALLSTART';
	const label = 'Click-to-Call';
	if (alive.some(isClick)) return good(label, 'The application can be chosen as the outgoing number');
	if (bound.some((one) => isClick(one) && one.isQueued))
		return good(label, 'The application can be chosen as the outgoing number; clicks are fetched');
	if (here.some(isClick))
		return warning(
			label,
			'A trigger is bound, but it did not answer',
			'Unpublish the workflow with the trigger, then publish it.',
		);
	if (elsewhere.some(isClick))
		return warning(
			label,
			'Only another server listens',
			'Publish a workflow with the Bitrix24 Telephony Trigger here, if clicks should start it.',
		);
	return problem(
		label,
		'No trigger listens, so the application cannot be chosen as the outgoing number',
		'Publish a workflow with the Bitrix24 Telephony Trigger, then choose the application as default number for outgoing calls.',
	);
}

function lineCount(known: JsonObject[] = []): Finding {
	const numbers = known.map(({ NUMBER }) => String(NUMBER)).join(', ');
	return good(
		'Lines',
		known.length === 0 ? 'None; calls run under the application itself' : `${known.length}: ${numbers}`,
	);
}

function handlerFinding({ event, handler }: Binding, state: 'alive' | 'orphan' | 'unknown'): Finding[] {
	const label = `Handler ${event}`;
	const address = shownAddress(handler);
	if (state === 'alive') return [good(label, address)];
	if (state === 'orphan')
		return [problem(label, `No trigger is left at ${address}; its events are lost`, 'Run Remove Orphaned Handlers.')];
	return [
		warning(
			label,
			`${address} did not answer n8n itself`,
			'Normal behind some firewalls; the delivery check tells whether Bitrix24 reaches it.',
		),
	];
}

/**
 * Lets the portal send a test event to each published trigger. Test addresses listen for one event only, so they are
 * left out, and so are bindings of other checks.
 *
 * @returns one finding an address.
 */
export function* checkDeliveries(handlers: Binding[]): Conversation<Finding[]> {
	const published = handlers.filter(
		({ event, handler }) => event !== TEST_EVENT && !handler.includes('/webhook-test/'),
	);
	const addresses = [...new Set(published.map(({ handler }) => handler))];
	if (addresses.length === 0) return [];
	const states = yield* deliveryStates(addresses);
	return addresses.map((address, index) => deliveryFinding(address, states[index] ?? 'unknown'));
}

function deliveryFinding(address: string, state: DeliveryState): Finding {
	const shown = shownAddress(address);
	if (state === 'arrived') return good('Delivery', `Bitrix24 reaches ${shown}`);
	if (state === 'refused')
		return problem(
			'Delivery',
			`Bitrix24 did not take a test event for ${shown}`,
			'Connect the credential as an administrator, then check again.',
		);
	if (state === 'unknown')
		return warning(
			'Delivery',
			`Bitrix24 did not answer what it was asked about a test event for ${shown}`,
			'Check again in a minute.',
		);
	return problem(
		'Delivery',
		`A test event did not arrive at ${shown} within ${deliverySeconds()} s`,
		'Is the address open to the internet, with a valid certificate? Set WEBHOOK_URL of n8n to its public https address, then unpublish the workflow and publish it.',
	);
}
