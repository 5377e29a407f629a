import { NodeHelpers, type IHookFunctions, type ITriggerFunctions, type IWebhookFunctions } from 'n8n-workflow';
import { markOf, partsOf, type HandlerIdentity } from '../../bitrix24/handlerSignature';
import type { Expected } from './delivery';

/** Path of the trigger's webhook below its webhook id. */
export const WEBHOOK_PATH = 'bitrix24';

/** One address that the portal sends events to. The address stands without its signature. */
export interface Bound {
	address: string;
	/** Mark of the signature; the signature itself would be exported with the workflow. */
	signatureMark: string;
	/** Codes of events. */
	events: string[];
}

/** What activation keeps, so that a delivery can be judged without the credential: reading that costs n8n 50 ms. */
export interface Subscription extends Bound, Expected {
	/** Static data may come with an imported workflow; another one's says nothing here. */
	workflowId: string;
}

/** What a node remembers between activations. */
export interface Memory {
	subscription?: Subscription;
	/** Addresses that could not be unbound yet. */
	leftovers: Bound[];
	/** Codes of events that are bound in the portal's queue. */
	queues?: string[];
}

/** Static data as it is stored: ours, or that of version 0.1.0, which kept whole addresses. */
interface Stored {
	subscription?: Subscription;
	leftovers?: Bound[];
	queues?: string[];
	bindings?: { event: string; handler: string }[];
}

type Context = IHookFunctions | IWebhookFunctions | ITriggerFunctions;

/**
 * What the handler address of a trigger is bound to. The mode tells test from production: inside `webhook()` n8n names
 * the production address even while it tests, but its mode is `manual` only then (n8n test-webhooks.js).
 */
export function identityOf(context: Context): HandlerIdentity {
	const workflowId = context.getWorkflow().id ?? '';
	return {
		workflowId,
		webhookPath: NodeHelpers.getNodeWebhookPath(workflowId, context.getNode(), WEBHOOK_PATH),
		mode: context.getMode() === 'manual' ? 'test' : 'production',
	};
}

/** Static data is kept for production and separate, unsaved, for test listening, so the two never unbind each other. */
export function recall(context: Context): Memory {
	const { subscription, leftovers = [], queues = [], bindings = [] } = storedIn(context);
	const own = subscription?.workflowId === context.getWorkflow().id ? subscription : undefined;
	return { subscription: own, leftovers: [...leftovers, ...boundBefore(bindings)], queues };
}

/** n8n gives the object that it saves. */
function storedIn(context: Context): Stored {
	return context.getWorkflowStaticData('node') as Stored;
}

/** True for an activation of version 0.1.0: its static data holds the signature in the clear. */
export function isOutdated(context: Context): boolean {
	return 'bindings' in context.getWorkflowStaticData('node');
}

/** Puts the memory in place of whatever was remembered. */
export function keep(context: Context, { subscription, leftovers, queues = [] }: Memory): void {
	const stored = storedIn(context);
	delete stored.bindings;
	stored.leftovers = leftovers;
	if (queues.length > 0) stored.queues = queues;
	else delete stored.queues;
	if (subscription) stored.subscription = subscription;
	else delete stored.subscription;
}

function boundBefore(bindings: { event: string; handler: string }[]): Bound[] {
	return bindings.flatMap(({ event, handler }) => {
		const parts = partsOf(handler);
		return parts ? [{ address: parts.address, signatureMark: markOf(parts.signature), events: [event] }] : [];
	});
}

/**
 * Brings an activation of version 0.1.0 up to date, so that its signature stands in the clear no longer.
 *
 * @param genuine what a delivery to it had just to fit.
 */
export function renew(context: Context, genuine: Expected): void {
	const { leftovers } = recall(context);
	const address = leftovers.find(({ signatureMark }) => signatureMark === genuine.signatureMark)?.address;
	if (address === undefined) return;
	const isOwn = (bound: Bound): boolean => bound.address === address && bound.signatureMark === genuine.signatureMark;
	const events = leftovers.filter(isOwn).flatMap((bound) => bound.events);
	const workflowId = context.getWorkflow().id ?? '';
	keep(context, {
		subscription: { ...genuine, workflowId, address, events },
		leftovers: leftovers.filter((bound) => !isOwn(bound)),
	});
}
