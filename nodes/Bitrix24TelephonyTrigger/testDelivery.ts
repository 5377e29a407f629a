import type { IHookFunctions } from 'n8n-workflow';
import { messageOf } from '../../bitrix24/failure';
import type { QueuedEvent } from '../../bitrix24/methods/offline';
import { encodeForm } from '../../bitrix24/phpForm';
import type { Connection } from '../common/connection';

/** Milliseconds that n8n may take to answer itself. */
const TIMEOUT = 10_000;

/**
 * Sends an event to a trigger that listens for a test, from n8n to itself, as Bitrix24 would have sent it. Never
 * throws: what went
 * wrong is in n8n's log.
 *
 * @param handler test address with its signature.
 * @param origin where the event is from, for the log.
 */
export async function deliverToTest(
	context: IHookFunctions,
	{ connection, handler }: { connection: Connection; handler: string },
	event: Pick<QueuedEvent, 'event' | 'data' | 'at'>,
	origin: string,
): Promise<void> {
	try {
		await context.helpers.httpRequest({
			method: 'POST',
			url: handler,
			body: bodyOf(event, connection),
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			timeout: TIMEOUT,
		});
	} catch (error) {
		context.logger.warn(
			`An event was ${origin}, but n8n did not reach its own test address: ${messageOf(error)}. Is WEBHOOK_URL right?`,
		);
	}
}

/** The event as a delivery has it (contract data, eventDelivery). */
function bodyOf(
	{ event, data, at }: Pick<QueuedEvent, 'event' | 'data' | 'at'>,
	{ memberId, applicationToken, endpoint }: Connection,
): string {
	const auth = { member_id: memberId, application_token: applicationToken, domain: new URL(endpoint).host };
	return encodeForm({ event, data, ts: Math.floor(at / 1000), auth });
}
