import { failed, type Answer } from '../failure';

/**
 * The portal ends a request after 60 s (contract data, limits). Clocks, queues in front of it and the end itself take
 * their time.
 */
const LONGEST_RUN = 90_000;

/** For so many milliseconds what a lost request did may stay unseen, however long it was under way. */
const SETTLING = 30_000;

/** How many times slower than expected a portal may be that does not end a request in time. */
const SLOWEST = 10;

/**
 * How long the portal may go on with a request whose answer was lost: PHP does not notice that nobody listens any more.
 * Most likely no longer than twice the expected time. Nothing ends it early that was not ended in time.
 *
 * @param expected milliseconds that the request should have taken.
 * @param elapsed milliseconds that somebody waited for it.
 * @returns the answer, with `pending` and `pendingAtMost` where it was lost.
 */
export function withPending(answer: Answer<unknown>, expected: number, elapsed: number): Answer<unknown> {
	if (answer.ok || answer.failure.kind !== 'unknown' || answer.failure.isOdd) return answer;
	const isEndless = answer.failure.status === 0 && elapsed > LONGEST_RUN - SETTLING;
	const pendingAtMost = Math.max(SETTLING, LONGEST_RUN - elapsed, isEndless ? SLOWEST * expected - elapsed : 0);
	const pending = Math.min(Math.max(0, 2 * expected - elapsed), pendingAtMost);
	return failed({ ...answer.failure, pending, pendingAtMost });
}
