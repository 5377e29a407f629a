import { randomBytes } from 'node:crypto';
import { bind, bindings, sendTestEvent, unbind, type Binding } from '../../bitrix24/methods/events';
import { ask, askEach, tried, type Conversation } from '../../bitrix24/plan';

/** The event that the portal sends on demand (documentation, events/test-handler.md). */
export const TEST_EVENT = 'ONAPPTEST';

/** Name of the query parameter that tells one check from another. */
export const CHECK_PARAMETER = 'check';

/**
 * Pauses between looks whether the test event has arrived, in milliseconds: a portal takes two requests a second in the
 * long run.
 */
const PAUSES = [300, 500, 700, 1000, 1500, 2000, 2000, 2000];

/**
 * The same while n8n publishes a workflow. It tries a failing trigger five times, with 26 seconds of pauses, and gives
 * up after 84 in all, with words of its own (n8n 2.41, dist/workflows/publication): a try has eleven seconds left, and
 * five of them are for its ten requests.
 */
export const WHILE_PUBLISHING = [300, 700, 1000, 2000, 2000];

/** Seconds after which a test event counts as lost. */
export function deliverySeconds(pauses: readonly number[] = PAUSES): number {
	return pauses.reduce((sum, pause) => sum + pause, 0) / 1000;
}

/**
 * - `arrived`: the portal had the test binding, and the trigger has unbound it.
 * - `lost`: the portal has it still.
 * - `refused`: the portal did not take it, so nothing was tested.
 * - `unknown`: the portal did not send the test event, or never showed what it has bound.
 */
export type DeliveryState = 'arrived' | 'lost' | 'refused' | 'unknown';

/** The binding that a check makes at a handler's address. A check of its own address leaves other checks alone. */
export function testBinding(handler: string, check: string): Binding {
	const url = new URL(handler);
	url.searchParams.set(CHECK_PARAMETER, check);
	return { event: TEST_EVENT, handler: url.href };
}

/**
 * Finds out which addresses the portal reaches: binds the test event to each, asks the portal to send it, and waits
 * until the triggers there have unbound it. The portal's own list is the shared memory, so it does not matter which
 * process of n8n receives the event.
 *
 * @param handlers addresses with their signatures.
 * @param pauses between looks whether it has arrived, in milliseconds.
 * @param check name of this check, one that no other has.
 * @returns one state an address; nothing stays bound. No failure of the portal ends the conversation.
 */
export function* deliveryStates(
	handlers: string[],
	pauses: readonly number[] = PAUSES,
	check = randomBytes(6).toString('base64url'),
): Conversation<DeliveryState[]> {
	const tests = handlers.map((handler) => testBinding(handler, check));
	const taken = yield* askEach(tests.map((test) => tried(bind(test))));
	// Only a binding that was seen can be gone; and whether an unanswered bind was carried out, only the list can tell.
	const listed = yield* boundAddresses();
	const states = tests.map(({ handler }, index): DeliveryState =>
		taken[index] || !listed || listed.has(handler) ? 'unknown' : 'refused',
	);
	if (states.includes('unknown'))
		yield* waitFor(
			tests.map(({ handler }) => handler),
			states,
			listed ?? new Set(),
			pauses,
		);
	const left = tests.filter((_, index) => states[index] !== 'arrived');
	yield* askEach(left.map((test) => tried(unbind(test))));
	return states;
}

/** @param seen addresses that were bound before the test event is sent */
function* waitFor(
	addresses: string[],
	states: DeliveryState[],
	seen: Set<string>,
	pauses: readonly number[],
): Conversation<void> {
	const sent = yield* ask(tried(sendTestEvent));
	for (const pause of sent ? pauses : []) {
		yield* ask({ pause });
		const bound = yield* boundAddresses();
		for (const [index, address] of bound ? addresses.entries() : []) {
			if (bound?.has(address)) states[index] = 'lost';
			else if (seen.has(address)) states[index] = 'arrived';
		}
		seen = new Set([...seen, ...(bound ?? [])]);
		if (states.every((state) => state === 'arrived' || state === 'refused')) return;
	}
}

/** Addresses that the test event is bound to; undefined when the portal does not say. */
function* boundAddresses(): Conversation<Set<string> | undefined> {
	const bound = yield* ask(tried(bindings));
	return bound && new Set(bound.filter(({ event }) => event === TEST_EVENT).map(({ handler }) => handler));
}
