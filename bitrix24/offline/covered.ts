/** Milliseconds by which the times of one event may differ in two deliveries: `ts` has whole seconds. */
export const SAME_DELIVERY = 2000;

/**
 * Milliseconds by which the time of an event in the queue may differ from that of its delivery: a busy portal, another
 * server's clock.
 */
const SAME_EVENT = 10_000;

/**
 * Milliseconds for which an occurrence is remembered. The portal repeats a click within 30 minutes; a delivery is never
 * that late.
 */
const MEMORY = 3_600_000;

/** An event as it happened once: what it says, and when by the portal's clock, in milliseconds since 1970. */
export interface Occurrence {
	/** The same text for the same event with the same data, whichever way it came. */
	key: string;
	at: number;
}

/**
 * Remembers what has reached the workflow, so that what comes by delivery and by the queue starts it once. A later
 * occurrence of the same event, such as a second click, is another one.
 */
export class Covered {
	/** The latest time by key, oldest entries first. */
	private readonly latest = new Map<string, number>();

	/**
	 * True when this occurrence, or a later one of the same event, has been taken care of.
	 * @param tolerance milliseconds by which it may be later
	 */
	has({ key, at }: Occurrence, tolerance = SAME_EVENT): boolean {
		const latest = this.latest.get(key);
		return latest !== undefined && at <= latest + tolerance;
	}

	/** Remembers an occurrence. */
	add({ key, at }: Occurrence): void {
		const latest = Math.max(at, this.latest.get(key) ?? at);
		// Put in anew, so that the first entries are the oldest.
		this.latest.delete(key);
		this.latest.set(key, latest);
		for (const [old, then] of this.latest) {
			if (then > at - MEMORY) break;
			this.latest.delete(old);
		}
	}

	/** Forgets an occurrence that came to nothing. */
	remove({ key }: Occurrence): void {
		this.latest.delete(key);
	}
}
