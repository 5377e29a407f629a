/** Calls that arrive within so many milliseconds are a burst. */
const SPAN = 100;
/** A burst is large when the bucket holds fewer than so many requests for each call of it. */
const AMPLE = 4;
/** Nobody waits longer than this for others of a burst, milliseconds. */
const PATIENCE = 250;
/** A burst is over when nobody has come for so many milliseconds ... */
const QUIET = 50;
/** ... and for this share of the time that it has lasted: a busy process lets a few come late. */
const PAUSE = 0.3;
/** ... and for so many times the usual gap between two. */
const GAPS = 3;
/** Who comes within so many milliseconds after the last one shows that the burst was not over. */
const MEMORY = 1000;

/**
 * Keeps single calls from using up the burst of the portal one by one when many come at once. A call that comes alone
 * never waits. How many will come nobody knows; the best guess of a burst is that it is half over.
 */
export class Pace {
	private readonly arrivals: number[] = [];
	private burst = { since: -Infinity, last: -Infinity, count: 0 };
	private lastDeparture = -Infinity;

	/** A call has come. @param now milliseconds */
	arrived(now: number): void {
		this.forget(now);
		this.arrivals.push(now);
		const { since, count } = now <= this.burst.last + MEMORY ? this.burst : { since: now, count: 0 };
		this.burst = { since, last: now, count: count + 1 };
	}

	/** Calls have gone. @param now milliseconds */
	departed(now: number): void {
		this.lastDeparture = now;
	}

	/**
	 * Until when the waiting calls should wait for company, milliseconds; not after now when they should go.
	 *
	 * @param oldest since when the first of them waits.
	 * @param room requests that the bucket takes now.
	 */
	holdUntil(now: number, oldest: number, room: number): number {
		this.forget(now);
		if (room >= AMPLE * this.arrivals.length) return now;
		return Math.min(this.overAt(), Math.max(oldest, this.lastDeparture) + PATIENCE);
	}

	/**
	 * How many requests the waiting calls may use, as a fraction; the rest is for those that must be expected: as many
	 * again as have come, in as much time again.
	 *
	 * @param room requests that the bucket takes now.
	 * @param perSecond requests that it takes in the long run.
	 */
	share(now: number, waiting: number, room: number, perSecond: number): number {
		if (now >= this.overAt()) return Math.max(room, 1);
		const { since, count } = this.burst;
		return (room + ((now - since) / 1000) * perSecond) * (waiting / (waiting + count));
	}

	/** When the burst is over if nobody else comes, milliseconds. */
	private overAt(): number {
		const { since, last, count } = this.burst;
		if (count === 0) return -Infinity;
		const lasted = last - since;
		return last + Math.min(PATIENCE, Math.max(QUIET, PAUSE * lasted, (GAPS * lasted) / Math.max(1, count - 1)));
	}

	private forget(now: number): void {
		const kept = this.arrivals.findIndex((at) => at >= now - SPAN);
		this.arrivals.splice(0, kept < 0 ? this.arrivals.length : kept);
	}
}
