import type { IWebhookFunctions } from 'n8n-workflow';
import { recordOf } from '../../bitrix24/failure';
import { SIGNATURE_PARAMETER, signedAddress } from '../../bitrix24/handlerSignature';
import { unbind } from '../../bitrix24/methods/events';
import { connect, readConnection } from '../common/connection';
import { CHECK_PARAMETER, TEST_EVENT, testBinding } from '../common/deliveryCheck';
import { expectedWith } from './bindings';
import { receive, refusal, refuseAtSight, type Delivery, type Expected, type Verdict } from './delivery';
import { isOutdated, recall, renew } from './memory';
import { chosenEvents } from './options';

/**
 * Judges the request of a webhook call. Strangers cost next to nothing: what a delivery has to fit was kept at
 * activation. Never throws, for n8n would store a failed execution for every stray request.
 */
export async function judge(context: IWebhookFunctions): Promise<Verdict> {
	const delivery = deliveryTo(context);
	const kept = refuseAtSight(delivery) ?? recall(context).subscription;
	if (kept) return 'refused' in kept ? kept : receive(delivery, kept);
	const expected = await expectedByCredential(context);
	if (!expected) return refusal('The Bitrix24 credential of this trigger is not connected');
	const verdict = receive(delivery, expected);
	if (!('refused' in verdict) && isOutdated(context)) renew(context, expected);
	return verdict;
}

/**
 * Answers the portal's test event: whoever asked for it sees that its binding is gone. When the portal cannot be asked,
 * the binding stays, which says so as well. Never throws.
 */
export async function acknowledgeTest(context: IWebhookFunctions): Promise<void> {
	const { [SIGNATURE_PARAMETER]: signature, [CHECK_PARAMETER]: check } = recordOf(context.getQueryData());
	const address = recall(context).subscription?.address ?? context.getNodeWebhookUrl('default') ?? '';
	const handler = signedAddress({ address, signature: String(signature) });
	const binding = typeof check === 'string' ? testBinding(handler, check) : { event: TEST_EVENT, handler };
	const portal = await connect(context).catch(() => undefined);
	await portal?.ask(unbind(binding));
}

function deliveryTo(context: IWebhookFunctions): Delivery {
	const { rawBody } = context.getRequestObject();
	return {
		signature: recordOf(context.getQueryData())[SIGNATURE_PARAMETER],
		body: Buffer.isBuffer(rawBody) ? rawBody : undefined,
	};
}

/** Nothing is kept for an activation of version 0.1.0, nor while an activation is under way. */
async function expectedByCredential(context: IWebhookFunctions): Promise<Expected | undefined> {
	try {
		return expectedWith(await readConnection(context), context, chosenEvents(context.getNodeParameter('events')));
	} catch {
		return undefined;
	}
}
