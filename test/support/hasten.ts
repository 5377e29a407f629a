import { clock } from '../../nodes/common/clock';
import type { Portal } from '../../sandbox/portal';

/**
 * More waits than the tests of any file need. Who waits for ever would go on behind the back of a test that has failed.
 */
const MOST_WAITS = 500_000;

/**
 * Nobody waits: whoever sleeps moves the time of the nodes and of the portal on instead.
 *
 * @param moveDates moves what Date tells on by milliseconds, where Date does not run by itself: then it stays the one
 *   time of all
 */
export function hasten(portal: Portal, moveDates?: (milliseconds: number) => void): void {
	let ahead = 0;
	let waits = 0;
	const move = (milliseconds: number): void => {
		moveDates?.(milliseconds);
		if (!moveDates) ahead += milliseconds;
		portal.control.advance(moveDates ? 0 : milliseconds / 1000);
	};
	clock.now = () => Date.now() + ahead;
	// Time runs ahead, so a deadline would always be over.
	clock.deadline = async () => await new Promise<never>(() => undefined);
	clock.sleep = async (milliseconds) => {
		waits += 1;
		if (waits > MOST_WAITS) await new Promise<never>(() => undefined);
		move(milliseconds);
		await new Promise<void>((resolve) => setImmediate(resolve));
	};
}
