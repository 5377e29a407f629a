import type { Button, Pbx, Side } from '../pbx';
import { FAULT_KINDS, type FaultKind } from '../portal/faults';
import type { Application, Portal } from '../portal';
import { simulateIncoming } from './incoming';
import { callRest } from './rest';
import { WishError, type Wish, type Wishes } from './wishes';

const LIMITS = ['intensity', 'operating'] as const;
const SIDES: readonly Side[] = ['employee', 'client'];
const BUTTONS: readonly Button[] = ['answer', 'busy', 'noanswer', 'hangup', 'congestion', 'chanunavail'];

/**
 * What the page can do. It goes the ways that everybody has: the portal's control interface for what happens in its
 * user interface, its REST methods for the rest, and the buttons of the phones.
 */
export function wishesOf(portal: Portal, pbx: Pbx): Wishes {
	const { control } = portal;
	return {
		click: (wish) => ({
			callId: control.click({
				userId: wish.number('userId'),
				phoneNumber: wish.text('number'),
				entityType: wish.optionalText('clientType'),
				entityId: wish.optionalNumber('clientId'),
			}).callId,
		}),
		incoming: (wish) => simulateIncoming(pbx, wish.text('number'), wish.text('line')),
		press: (wish) => {
			const pressed = pbx.press(
				wish.text('channelId'),
				oneOf(SIDES, wish.text('side')),
				oneOf(BUTTONS, wish.text('button')),
				wish.optionalText('extension'),
			);
			if (!pressed) throw new WishError('That phone is not in a call any more');
		},
		hold: (wish) => {
			if (!pbx.hold(wish.text('channelId'))) throw new WishError('Nobody talks on that phone');
		},
		transfer: (wish) => {
			const kind = oneOf(['blind', 'attended'] as const, wish.text('kind'));
			if (!pbx.transfer(wish.text('channelId'), wish.text('to'), kind))
				throw new WishError('Nobody talks on that phone');
		},
		'dismiss-card': (wish) => control.dismissCard(wish.text('callId'), wish.number('userId')),
		outgoing: (wish) => {
			const [applicationId = '', lineNumber = ''] = (wish.optionalText('value') ?? '').split(/:(.*)/s);
			control.setDefaultLine(applicationId === '' ? null : { applicationId: Number(applicationId), lineNumber });
		},
		application: (wish) => {
			control.setApplication(applicationChanges(wish));
		},
		scope: (wish) => {
			const { id, scopes } = applicationOf(portal, wish.number('id'));
			const scope = wish.text('scope');
			control.setApplication({
				id,
				scopes: [...scopes.filter((one) => one !== scope), ...(wish.optionalFlag('granted') ? [scope] : [])],
			});
		},
		'add-line': async (wish) => {
			await callRest(portal, 'telephony.externalLine.add', {
				NUMBER: wish.text('number'),
				NAME: wish.optionalText('name') ?? '',
				CRM_AUTO_CREATE: wish.optionalFlag('crmAutoCreate') ? 'Y' : 'N',
			});
		},
		'remove-line': async (wish) => {
			const line = portal.state.lines.find((one) => one.id === wish.number('id'));
			if (line) await callRest(portal, 'telephony.externalLine.delete', { NUMBER: line.number });
		},
		limit: (wish) => control.setLimits({ [oneOf(LIMITS, wish.text('limit'))]: wish.optionalFlag('on') ?? true }),
		'add-fault': (wish) => {
			const kind: FaultKind = oneOf(FAULT_KINDS, wish.text('kind'));
			control.addFault({
				kind,
				target: wish.optionalText('target') || '*',
				count: wish.optionalNumber('count') ?? 1,
				code: wish.optionalText('code'),
				seconds: wish.optionalNumber('seconds'),
			});
		},
		'remove-fault': (wish) => control.clearFaults(wish.number('id')),
	};
}

function oneOf<Value extends string>(values: readonly Value[], text: string): Value {
	const value = values.find((one) => one === text);
	if (value === undefined) throw new WishError(`${text} is none of ${values.join(', ')}`);
	return value;
}

function applicationOf(portal: Portal, id: number): Application {
	const application = portal.state.applications.get(id);
	if (!application) throw new WishError(`There is no application ${id}`);
	return application;
}

function applicationChanges(wish: Wish): Partial<Application> {
	const changes: Partial<Application> = { id: wish.number('id') };
	const installed = wish.optionalFlag('installed');
	const active = wish.optionalFlag('active');
	const handlerUrl = wish.optionalText('handlerUrl');
	if (installed !== undefined) changes.installed = installed;
	if (active !== undefined) changes.active = active;
	if (handlerUrl !== undefined) changes.handlerUrl = handlerUrl;
	return changes;
}
