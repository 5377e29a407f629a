import type { IHookFunctions } from 'n8n-workflow';
import type { HandlerIdentity } from '../../../bitrix24/handlerSignature';
import type { QueuedEvent } from '../../../bitrix24/methods/offline';
import { BRIEF, connect, type Connection } from '../../common/connection';
import { identityOf } from '../memory';
import { deliverToTest } from '../testDelivery';
import { join, joinedAt, leave, pollerOf } from './pollers';

/** Milliseconds between two looks while somebody sits before the editor. */
const INTERVAL = 1000;

/**
 * Fetches events for a trigger that listens for a test. n8n waits for a request to the test address then, so each event
 * is sent there, from n8n to itself, as Bitrix24 would have sent it.
 *
 * @param handler test address with its signature.
 */
export async function startListening(
	context: IHookFunctions,
	connection: Connection,
	handler: string,
	events: string[],
): Promise<void> {
	const poller = pollerOf(connection);
	const send = async (event: QueuedEvent): Promise<void> =>
		await deliverToTest(context, { connection, handler }, event, 'fetched from Bitrix24');
	const complain = (trouble: { message: string } | { text: string }): void =>
		context.logger.warn('text' in trouble ? trouble.text : trouble.message);
	const subscriber = {
		events,
		isPushed: false,
		interval: INTERVAL,
		connect: async () => await connect(context, BRIEF),
		take: send,
		complain,
	};
	await join(testIdentity(context), { poller, subscriber, push: () => undefined });
}

/**
 * Ends {@link startListening}; nothing happens where nobody listens. n8n ends a test in another mode than it began
 * it.
 */
export async function stopListening(context: IHookFunctions): Promise<void> {
	const identity = testIdentity(context);
	const one = joinedAt(identity);
	if (one) await leave(identity, one);
}

function testIdentity(context: IHookFunctions): HandlerIdentity {
	return { ...identityOf(context), mode: 'test' };
}
