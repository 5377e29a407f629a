import type { IDataObject } from 'n8n-workflow';
import type { Conversation } from '../../bitrix24/plan';

/** The event that the portal sends on demand (documentation, events/test-handler.md). */
export const TEST_EVENT = 'ONAPPTEST';

/** How often to look whether the test event has arrived, and the pause between looks in milliseconds. */
const LOOKS = 20;
const PAUSE = 500;

/** Seconds after which a test event counts as lost. */
export const DELIVERY_SECONDS = (LOOKS * PAUSE) / 1000;

/**
 * Finds out which addresses the portal cannot reach: binds the test event to each, asks the portal to send it, and waits
 * until the triggers there have unbound it. The portal's own list is the shared memory, so it does not matter which
 * process of n8n receives the event.
 *
 * @param addresses handler addresses with their signatures.
 * @returns the addresses at which the event did not arrive; nothing stays bound to them.
 */
export function* undelivered(addresses: string[]): Conversation<string[]> {
	const test = (handler: string) => ({ event: TEST_EVENT, handler });
	yield addresses.map((handler) => ({ method: 'event.bind', parameters: test(handler), optional: true }));
	yield [{ method: 'event.test', parameters: {} }];
	let missing = addresses;
	for (let look = 0; look < LOOKS && missing.length > 0; look += 1) {
		yield [{ pause: PAUSE }];
		const [bound] = yield [{ method: 'event.get', parameters: {} }];
		const waiting = (bound as IDataObject[]).filter(({ event }) => event === TEST_EVENT).map(({ handler }) => String(handler));
		missing = addresses.filter((address) => waiting.includes(address));
	}
	if (missing.length > 0) yield missing.map((handler) => ({ method: 'event.unbind', parameters: test(handler), optional: true }));
	return missing;
}
