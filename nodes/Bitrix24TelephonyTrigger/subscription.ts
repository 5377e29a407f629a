import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { isPrivateHost } from '../../bitrix24/address';
import { messageOf } from '../../bitrix24/failure';
import { sign, signedAddress } from '../../bitrix24/handlerSignature';
import { bind, bindings, unbind as unbindCall, type Binding } from '../../bitrix24/methods/events';
import { connect, readConnection, UNDOING, type Connection } from '../common/connection';
import { deliverySeconds, deliveryStates, testBinding, WHILE_PUBLISHING } from '../common/deliveryCheck';
import { activationError, isAlreadyBound, withPlainErrors } from './activation';
import { expectedWith, guessedBounds, unbind } from './bindings';
import { identityOf, keep, recall, type Bound, type Memory, type Subscription } from './memory';
import { bindQueues, unbindQueues } from './offline/binding';
import { startListening, stopListening } from './offline/listening';
import type { Delivery } from './parameters';

/** The portal stores 255 characters of a handler's address (rest module, column of event handlers). */
const LONGEST_HANDLER = 255;

/** What the user wants of the portal. */
export interface Wish {
	/** Codes of events. */
	events: string[];
	delivery: Delivery;
}

/** What is to be bound, and what an activation needs to do it. */
interface Wanted {
	subscription: Subscription;
	handler: string;
	connection: Connection;
	portal: Awaited<ReturnType<typeof connect>>;
}

/**
 * True when the portal has everything bound as this trigger wants it now, and nothing of before. What webhook() needs
 * to
 * know is kept then.
 *
 * When n8n starts, it asks for triggers that it had published before, and gives up those of which it hears an error:
 * so a
 * portal that cannot be asked then counts as bound, and a binding that is lost is made anew.
 *
 * @throws NodeOperationError when the credential cannot be used.
 */
export async function isSubscribed(context: IHookFunctions, wish: Wish): Promise<boolean> {
	if (!wasPublished(context)) return await isBound(context, wish);
	try {
		return await isBound(context, wish);
	} catch (error) {
		context.logger.warn(`Whether Bitrix24 still has this trigger could not be found out: ${messageOf(error)}`);
		return true;
	}
}

async function isBound(context: IHookFunctions, { events, delivery }: Wish): Promise<boolean> {
	// Whoever listens for a test fetches for itself.
	if (delivery === 'poll' && context.getMode() === 'manual') return false;
	const { subscription, handler, portal } = await wantedBy(context, { events, delivery });
	const memory = recall(context);
	const { queues = [] } = memory;
	if (staleOf(memory, subscription).length > 0 || (delivery === 'push' && queues.length > 0)) return false;
	const listed = await portal.ask(bindings);
	// Without the list it is bound again: that changes nothing that is there, and says what is wrong.
	if (!listed.ok) return wasPublished(context);
	const isThere = (event: string, isIt: (one: Binding) => boolean): boolean =>
		listed.value.some((one) => one.event === event && isIt(one));
	const isComplete =
		(delivery === 'poll' || events.every((event) => isThere(event, (one) => one.handler === handler))) &&
		(delivery === 'push' || events.every((event) => isThere(event, ({ isQueued }) => isQueued === true)));
	if (isComplete) keep(context, { subscription, leftovers: [], queues });
	return isComplete;
}

/** True when n8n starts, or changes its leader: the workflow was published before. */
export function isRestart(context: IHookFunctions): boolean {
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
}

/** True when n8n starts, and this trigger was bound before. */
function wasPublished(context: IHookFunctions): boolean {
	return isRestart(context) && recall(context).subscription?.address === addressOf(context);
}

/**
 * Binds every event to the trigger's address, lets the portal keep it for fetching, or both; and unbinds what was bound
 * before and is not wanted any more.
 *
 * @param verifyDelivery whether to wait for a test event of the portal.
 * @throws NodeOperationError whose message alone says the cause: n8n shows nothing else at activation.
 */
export async function subscribe(
	context: IHookFunctions,
	{ events, delivery }: Wish,
	verifyDelivery = false,
): Promise<void> {
	const wanted = await wantedBy(context, { events, delivery });
	const { subscription, handler, connection, portal } = wanted;
	if (delivery !== 'poll') refuseUnreachable(context, handler, connection);
	const memory = recall(context);
	const { left } = await unbind(portal, context, connection.clientSecret, staleOf(memory, subscription));
	// Before anything is bound: whatever happens from here on, it can be unbound.
	keep(context, { subscription, leftovers: left, queues: delivery === 'push' ? memory.queues : events });
	if (delivery === 'push')
		keep(context, {
			subscription,
			leftovers: left,
			queues: (await unbindQueues(context, portal, memory.queues ?? [])).left,
		});
	else keep(context, { subscription, leftovers: left, queues: await bindQueues(context, portal, events, delivery) });
	if (delivery === 'poll' && context.getMode() === 'manual') await startListening(context, connection, handler, events);
	for (const event of delivery === 'poll' ? [] : events) {
		const answer = await portal.ask(bind({ event, handler }));
		if (!answer.ok && !isAlreadyBound(answer.failure)) {
			throw activationError(
				context.getNode(),
				'publish',
				`This trigger cannot listen yet: Bitrix24 did not take its address for the event ${event}.`,
				answer.failure,
			);
		}
	}
	if (verifyDelivery) await refuseUndelivered(context, wanted);
}

/**
 * Unbinds exactly what was bound, even when address or client secret have changed meanwhile. Safe to call twice.
 *
 * @throws NodeOperationError when the portal could not be asked, so that n8n tries again.
 */
export async function unsubscribe(context: IHookFunctions, events: string[]): Promise<void> {
	const node = context.getNode();
	const [{ clientSecret }, portal] = await withPlainErrors(
		node,
		async () => [await readConnection(context, true), await connect(context, UNDOING)] as const,
	);
	const { subscription, leftovers, queues = [] } = recall(context);
	await stopListening(context);
	const bound: Bound[] = [...(subscription ? [subscription] : []), ...leftovers];
	const pushed = await unbind(
		portal,
		context,
		clientSecret,
		bound.length > 0 ? bound : guessedBounds(context, clientSecret, events),
	);
	const polled = await unbindQueues(context, portal, queues);
	keep(context, {
		leftovers: pushed.left.map(({ address, signatureMark, events: codes }) => ({
			address,
			signatureMark,
			events: codes,
		})),
		queues: polled.left,
	});
	const failure = pushed.failure ?? polled.failure;
	if (failure) throw activationError(node, 'unpublish', 'Bitrix24 still sends events to this trigger.', failure);
}

/** The trigger's address without its signature. */
function addressOf(context: IHookFunctions): string {
	return new URL(context.getNodeWebhookUrl('default') ?? '').href;
}

/**
 * Says what is to be bound for a wish, and with what.
 *
 * @throws NodeOperationError when the credential cannot be used.
 */
export async function wantedBy(context: IHookFunctions, { events, delivery }: Wish): Promise<Wanted> {
	const node = context.getNode();
	return await withPlainErrors(node, async () => {
		const connection = await readConnection(context);
		// Nothing is sent to the address of a trigger that fetches, but a test event while somebody listens.
		const isSent = delivery !== 'poll' || context.getMode() === 'manual';
		const expected = expectedWith(connection, context, isSent ? events : []);
		if (!expected)
			throw new NodeOperationError(
				node,
				'The Bitrix24 credential has no client secret. Put it in, connect the credential again and publish the workflow.',
			);
		const address = addressOf(context);
		const handler = signedAddress({ address, signature: sign(connection.clientSecret, identityOf(context)) });
		const subscription = { ...expected, address, workflowId: context.getWorkflow().id ?? '' };
		return { subscription, handler, connection, portal: await connect(context) };
	});
}

/** What is bound and not wanted. Events that the user took away go from the same address. */
function staleOf({ subscription, leftovers }: Memory, wanted: Bound): Bound[] {
	const bound = [...(subscription ? [subscription] : []), ...leftovers];
	return bound
		.map(({ address, signatureMark, events }) => {
			const isSame = address === wanted.address && signatureMark === wanted.signatureMark;
			return {
				address,
				signatureMark,
				events: isSame ? events.filter((event) => !wanted.events.includes(event)) : events,
			};
		})
		.filter(({ events }) => events.length > 0);
}

async function refuseUndelivered(context: IHookFunctions, { portal, handler }: Wanted): Promise<void> {
	const node = context.getNode();
	const checked = await portal.converse(deliveryStates([handler], WHILE_PUBLISHING));
	const [state] = checked.ok ? checked.value : [];
	if (state === 'arrived') return;
	if (state === 'lost') {
		throw new NodeOperationError(
			node,
			`A test event of Bitrix24 did not arrive at ${new URL(handler).origin} within ${deliverySeconds(WHILE_PUBLISHING)} seconds. Is this address open to the internet, with a valid certificate? Otherwise set WEBHOOK_URL of n8n to its public https address.`,
		);
	}
	const problem = 'This trigger cannot listen yet: the delivery of events could not be verified.';
	if (!checked.ok) throw activationError(node, 'publish', problem, checked.failure);
	// Asked once more for its own words.
	const test = testBinding(handler, 'why');
	const why = await portal.ask(bind(test));
	if (!why.ok && !isAlreadyBound(why.failure)) throw activationError(node, 'publish', problem, why.failure);
	await portal.ask(unbindCall(test));
	throw new NodeOperationError(
		node,
		`${problem} Bitrix24 did not answer what it was asked about the test event. Publish the workflow again, or switch Verify Delivery on Publishing off.`,
	);
}

/**
 * Events travel through Bitrix24's own servers, those of a self-hosted portal in the same network as well (field logs
 * of 2021 and 2023).
 */
function refuseUnreachable(context: IHookFunctions, handler: string, { isLocal }: Connection): void {
	const { hostname, origin, href } = new URL(handler);
	if (isPrivateHost(hostname) && !isLocal) {
		throw new NodeOperationError(
			context.getNode(),
			`Bitrix24 cannot reach this n8n: its address is ${origin}, and events come from Bitrix24’s own servers, those of a self-hosted portal as well. Set WEBHOOK_URL of n8n to its public https address and start n8n again, or set Delivery to Poll, which needs no address.`,
		);
	}
	if (href.length > LONGEST_HANDLER) {
		throw new NodeOperationError(
			context.getNode(),
			`The address of this trigger has ${href.length} characters; Bitrix24 keeps ${LONGEST_HANDLER}. Give n8n a shorter WEBHOOK_URL.`,
		);
	}
}
