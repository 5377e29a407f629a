import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { isPrivateHost } from '../../bitrix24/address';
import type { Failure } from '../../bitrix24/failure';
import { sign, signedAddress } from '../../bitrix24/handlerSignature';
import { bind, bindings, unbind as unbindCall } from '../../bitrix24/methods/events';
import { connect, readConnection, type Connection } from '../common/connection';
import { DELIVERY_SECONDS, deliveryStates, testBinding } from '../common/deliveryCheck';
import { activationError, withPlainErrors } from './activation';
import { expectedWith, guessedBounds, unbind } from './bindings';
import { identityOf, keep, recall, type Bound, type Memory, type Subscription } from './memory';

/** The portal stores 255 characters of a handler's address (rest module, column of event handlers). */
const LONGEST_HANDLER = 255;

/** What is to be bound, and what an activation needs to do it. */
interface Wanted {
	subscription: Subscription;
	handler: string;
	connection: Connection;
	portal: Awaited<ReturnType<typeof connect>>;
}

/**
 * True when the portal sends every event to the address that this trigger has now, and none of it to an old one. What
 * webhook() needs to know is kept then.
 *
 * @throws NodeOperationError when the credential cannot be used.
 */
export async function isSubscribed(context: IHookFunctions, events: string[]): Promise<boolean> {
	const { subscription, handler, portal } = await wantedBy(context, events);
	if (staleOf(recall(context), subscription).length > 0) return false;
	const listed = await portal.ask(bindings);
	// Without the list it is bound again: that changes nothing that is there, and says what is wrong.
	if (!listed.ok) return false;
	const isComplete = events.every((event) => listed.value.some((one) => one.event === event && one.handler === handler));
	if (isComplete) keep(context, { subscription, leftovers: [] });
	return isComplete;
}

/**
 * Binds every event to the trigger's address, and unbinds what was bound before and is not wanted any more.
 *
 * @param verifyDelivery whether to wait for a test event of the portal.
 * @throws NodeOperationError whose message alone says the cause: n8n shows nothing else at activation.
 */
export async function subscribe(context: IHookFunctions, events: string[], verifyDelivery = false): Promise<void> {
	const wanted = await wantedBy(context, events);
	const { subscription, handler, connection, portal } = wanted;
	refuseUnreachable(context, handler, connection);
	const { left } = await unbind(portal, context, connection.clientSecret, staleOf(recall(context), subscription));
	// Before anything is bound: whatever happens from here on, it can be unbound.
	keep(context, { subscription, leftovers: left });
	for (const event of events) {
		const answer = await portal.ask(bind({ event, handler }));
		if (!answer.ok && !isAlreadyBound(answer.failure)) {
			throw activationError(context.getNode(), 'publish', `This trigger could not be activated: Bitrix24 did not take its address for the event ${event}.`, answer.failure);
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
	const [{ clientSecret }, portal] = await withPlainErrors(node, async () => [await readConnection(context), await connect(context)] as const);
	const { subscription, leftovers } = recall(context);
	const bound: Bound[] = [...(subscription ? [subscription] : []), ...leftovers];
	const { left, failure } = await unbind(portal, context, clientSecret, bound.length > 0 ? bound : guessedBounds(context, clientSecret, events));
	keep(context, { leftovers: left.map(({ address, signatureMark, events: codes }) => ({ address, signatureMark, events: codes })) });
	if (failure) throw activationError(node, 'unpublish', 'Bitrix24 still sends events to this trigger.', failure);
}

async function wantedBy(context: IHookFunctions, events: string[]): Promise<Wanted> {
	const node = context.getNode();
	return await withPlainErrors(node, async () => {
		const connection = await readConnection(context);
		const expected = expectedWith(connection, context, events);
		if (!expected) throw new NodeOperationError(node, 'The Bitrix24 credential has no client secret. Put it in, connect the credential again and publish the workflow.');
		const address = new URL(context.getNodeWebhookUrl('default') ?? '').href;
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
			return { address, signatureMark, events: isSame ? events.filter((event) => !wanted.events.includes(event)) : events };
		})
		.filter(({ events }) => events.length > 0);
}

/** The second identical bind is an error of its own (rest/lib/api/event.php), and what we want. */
function isAlreadyBound({ text }: Failure): boolean {
	return text.includes('Handler already binded');
}

async function refuseUndelivered(context: IHookFunctions, { portal, handler }: Wanted): Promise<void> {
	const node = context.getNode();
	const checked = await portal.converse(deliveryStates([handler]));
	const [state] = checked.ok ? checked.value : [];
	if (state === 'arrived') return;
	if (state === 'lost') {
		throw new NodeOperationError(
			node,
			`A test event of Bitrix24 did not arrive at ${new URL(handler).origin} within ${DELIVERY_SECONDS} seconds. Is this address open to the internet, with a valid certificate? Otherwise set WEBHOOK_URL of n8n to its public https address.`,
		);
	}
	const problem = 'This trigger could not be activated: the delivery of events could not be verified.';
	if (!checked.ok) throw activationError(node, 'publish', problem, checked.failure);
	// Asked once more for its own words.
	const test = testBinding(handler, 'why');
	const why = await portal.ask(bind(test));
	if (!why.ok && !isAlreadyBound(why.failure)) throw activationError(node, 'publish', problem, why.failure);
	await portal.ask(unbindCall(test));
	throw new NodeOperationError(node, `${problem} Bitrix24 did not answer what it was asked about the test event. Publish the workflow again, or switch Verify Delivery on Activation off.`);
}

function refuseUnreachable(context: IHookFunctions, handler: string, { endpoint }: Connection): void {
	const { hostname, origin, href } = new URL(handler);
	if (isPrivateHost(hostname) && !isPrivateHost(new URL(endpoint).hostname)) {
		throw new NodeOperationError(
			context.getNode(),
			`Bitrix24 cannot reach this n8n: its address is ${origin}. Set WEBHOOK_URL of n8n to its public https address and start n8n again.`,
		);
	}
	if (href.length > LONGEST_HANDLER) {
		throw new NodeOperationError(context.getNode(), `The address of this trigger has ${href.length} characters; Bitrix24 keeps ${LONGEST_HANDLER}. Give n8n a shorter WEBHOOK_URL.`);
	}
}
