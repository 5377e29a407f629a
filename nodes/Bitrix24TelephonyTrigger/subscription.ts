import { NodeHelpers, NodeOperationError, type IDataObject, type IHookFunctions, type INode, type IWebhookFunctions } from 'n8n-workflow';
import { isPrivateHost } from '../../bitrix24/address';
import type { Failure } from '../../bitrix24/failure';
import { SIGNATURE_PARAMETER, sign, type HandlerIdentity } from '../../bitrix24/handlerSignature';
import type { Portal } from '../../bitrix24/portal';
import { hintFor } from '../../bitrix24/hints';
import { connect, readConnection } from '../common/connection';
import { DELIVERY_SECONDS, TEST_EVENT, undelivered } from '../common/deliveryCheck';

/** Path of the trigger's webhook below its webhook id. */
export const WEBHOOK_PATH = 'bitrix24';

/** One event sent to one address. */
interface Binding {
	event: string;
	handler: string;
}

/** The portal stores 255 characters of a handler's address (rest module, column of event handlers). */
const LONGEST_HANDLER = 255;

/**
 * What the handler address of a trigger is bound to. The mode tells test from production: inside `webhook()` n8n names
 * the production address even while it tests, but its mode is `manual` only then (n8n test-webhooks.js).
 */
export function identityOf(context: IHookFunctions | IWebhookFunctions): HandlerIdentity {
	const workflowId = context.getWorkflow().id ?? '';
	return {
		workflowId,
		webhookPath: NodeHelpers.getNodeWebhookPath(workflowId, context.getNode(), WEBHOOK_PATH),
		mode: context.getMode() === 'manual' ? 'test' : 'production',
	};
}

/** True when the portal sends every event to the address that this trigger has now. */
export async function isSubscribed(context: IHookFunctions, eventCodes: string[]): Promise<boolean> {
	const [portal, wanted] = [await connect(context), await wantedBindings(context, eventCodes)];
	const present = await currentBindings(context.getNode(), portal);
	const complete = wanted.every((binding) => present.some((other) => same(binding, other)));
	const stale = remembered(context).some((binding) => !wanted.some((other) => same(binding, other)));
	if (complete && !stale) remember(context, wanted);
	return complete && !stale;
}

/**
 * Binds every event to the trigger's address, and unbinds what was bound before and is not wanted any more.
 *
 * @param verifyDelivery whether to wait for a test event of the portal.
 * @throws NodeOperationError whose message alone says the cause: n8n shows nothing else at activation.
 */
export async function subscribe(context: IHookFunctions, eventCodes: string[], verifyDelivery = false): Promise<void> {
	const node = context.getNode();
	if (eventCodes.length === 0) throw new NodeOperationError(node, 'No event is chosen, so nothing would ever start this workflow. Choose at least one.');
	const wanted = await wantedBindings(context, eventCodes);
	await refuseUnreachable(context, wanted);
	const portal = await connect(context);
	const stale = remembered(context).filter((binding) => !wanted.some((other) => same(binding, other)));
	await unbind(portal, stale);
	remember(context, wanted);
	for (const { event, handler } of wanted) {
		const answer = await portal.call('event.bind', { event, handler });
		if (!answer.ok && !isAlreadyBound(answer.failure)) throw activationError(node, answer.failure);
	}
	if (verifyDelivery) await refuseUndelivered(context, portal, wanted);
}

async function refuseUndelivered(context: IHookFunctions, portal: Portal, wanted: Binding[]): Promise<void> {
	const checked = await portal.converse(undelivered([...new Set(wanted.map(({ handler }) => handler))]));
	if (!checked.ok) throw activationError(context.getNode(), checked.failure);
	if (checked.value.length === 0) return;
	const { origin } = new URL(checked.value[0] ?? '');
	throw new NodeOperationError(
		context.getNode(),
		`A test event of Bitrix24 did not arrive at ${origin} within ${DELIVERY_SECONDS} seconds. Is this address open to the internet, with a valid certificate? Otherwise set WEBHOOK_URL of n8n to its public https address.`,
	);
}

/** Answers the portal's test event: whoever asked for it sees that its binding is gone. Failures show there as well. */
export async function acknowledgeTest(context: IWebhookFunctions): Promise<void> {
	const portal = await connect(context);
	await portal.call('event.unbind', { event: TEST_EVENT, handler: await handlerAddress(context) });
}

/**
 * Unbinds exactly what was bound, even when the address has changed meanwhile. Safe to call twice.
 *
 * @throws NodeOperationError when the portal could not be asked, so that n8n tries again.
 */
export async function unsubscribe(context: IHookFunctions, eventCodes: string[]): Promise<void> {
	const bound = remembered(context);
	const portal = await connect(context);
	const failure = await unbind(portal, bound.length > 0 ? bound : await wantedBindings(context, eventCodes));
	if (failure) throw activationError(context.getNode(), failure);
	remember(context, []);
}

async function wantedBindings(context: IHookFunctions, eventCodes: string[]): Promise<Binding[]> {
	const handler = await handlerAddress(context);
	return eventCodes.map((event) => ({ event, handler }));
}

async function handlerAddress(context: IHookFunctions | IWebhookFunctions): Promise<string> {
	const { clientSecret } = await readConnection(context);
	const url = new URL(context.getNodeWebhookUrl('default') ?? '');
	url.searchParams.set(SIGNATURE_PARAMETER, sign(clientSecret, identityOf(context)));
	return url.href;
}

async function currentBindings(node: INode, portal: Portal): Promise<Binding[]> {
	const answer = await portal.call('event.get');
	if (!answer.ok) throw activationError(node, answer.failure);
	return (Array.isArray(answer.value) ? (answer.value as IDataObject[]) : []).map(({ event, handler }) => ({
		event: String(event).toUpperCase(),
		handler: String(handler ?? ''),
	}));
}

async function unbind(portal: Portal, bindings: Binding[]): Promise<Failure | undefined> {
	let failure: Failure | undefined;
	for (const { event, handler } of bindings) {
		const answer = await portal.call('event.unbind', { event, handler });
		if (!answer.ok) failure = answer.failure;
	}
	return failure;
}

/** Static data is kept for production and separate, unsaved, for test listening, so the two never unbind each other. */
function remembered(context: IHookFunctions): Binding[] {
	const { bindings } = context.getWorkflowStaticData('node') as { bindings?: Binding[] };
	return bindings ?? [];
}

function remember(context: IHookFunctions, bindings: Binding[]): void {
	context.getWorkflowStaticData('node').bindings = bindings.map(({ event, handler }) => ({ event, handler }));
}

function same(one: Binding, other: Binding): boolean {
	return one.event === other.event && one.handler === other.handler;
}

/** The second identical bind is an error of its own (rest/lib/api/event.php), and what we want. */
function isAlreadyBound({ text }: Failure): boolean {
	return text.includes('Handler already binded');
}

async function refuseUnreachable(context: IHookFunctions, wanted: Binding[]): Promise<void> {
	const { endpoint } = await readConnection(context);
	const handler = new URL(wanted[0]?.handler ?? endpoint);
	if (isPrivateHost(handler.hostname) && !isPrivateHost(new URL(endpoint).hostname)) {
		throw new NodeOperationError(
			context.getNode(),
			`Bitrix24 cannot reach this n8n: its address is ${handler.origin}. Set WEBHOOK_URL of n8n to its public https address and start n8n again.`,
		);
	}
	if (handler.href.length > LONGEST_HANDLER) {
		throw new NodeOperationError(context.getNode(), `The address of this trigger has ${handler.href.length} characters; Bitrix24 keeps ${LONGEST_HANDLER}. Give n8n a shorter WEBHOOK_URL.`);
	}
}

function activationError(node: INode, failure: Failure): NodeOperationError {
	return new NodeOperationError(node, `${hintFor(failure)} Bitrix24 said: ${failure.text}${failure.code ? ` [${failure.code}]` : ''} (${failure.method})`);
}
