import { clock } from '../../nodes/common/clock';
import type { Portal } from '../../sandbox/portal';

/**
 * More waits than the tests of any file need. Who waits for ever would go on behind the back of a test that has failed.
 */
const MOST_WAITS = 500_000;

/** Nobody waits: whoever sleeps moves the time of the nodes and of the portal on instead. */
export function hasten(portal: Portal): void {
	let ahead = 0;
	let waits = 0;
	clock.now = () => Date.now() + ahead;
	// Time runs ahead, so a deadline would always be over.
	clock.deadline = async () => await new Promise<never>(() => undefined);
	clock.sleep = async (milliseconds) => {
		waits += 1;
		if (waits > MOST_WAITS) await new Promise<never>(() => undefined);
		ahead += milliseconds;
		portal.control.advance(milliseconds / 1000);
		await new Promise<void>((resolve) => setImmediate(resolve));
	};
}
