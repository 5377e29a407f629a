import { isRecord } from '../failure';

/**
 * Used time is counted in slots of a minute (rest/lib/engine/access/loadlimiter.php); without a word of the portal,
 * wait for one.
 */
const SLOT = 60_000;

/** It is forgotten after ten slots. What lies further ahead by our clock only shows that the portal has another. */
const LONGEST = 11 * SLOT;

/** When the portal forgets the time that methods have used, learned from what it says about it. */
export class UsedTime {
	/** Milliseconds by our clock, by lane and method. */
	private readonly resets = new Map<string, number>();

	/**
	 * Notes what an answer says.
	 *
	 * @param said the `time` of an answer, or an error body: `operating_reset_at` and `finish` in seconds since 1970.
	 * @param now milliseconds
	 */
	note(lane: string, method: string, said: unknown, now: number): void {
		const { operating_reset_at: resetAt, finish } = isRecord(said) ? said : {};
		if (typeof resetAt !== 'number') return;
		// The portal's clock may differ from ours, so the difference counts where it tells its time.
		const milliseconds = (resetAt - (typeof finish === 'number' ? finish : now / 1000)) * 1000;
		if (typeof finish !== 'number' && milliseconds > LONGEST) return;
		this.resets.set(keyOf(lane, method), now + Math.max(0, milliseconds));
	}

	/** When a method that was refused just now may go again. @returns milliseconds, always after now */
	retryAt(lane: string, method: string, now: number): number {
		const known = this.resets.get(keyOf(lane, method)) ?? 0;
		return known > now ? known : now + SLOT;
	}
}

function keyOf(lane: string, method: string): string {
	return `${lane} ${method}`;
}
