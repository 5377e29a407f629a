/** Calls that arrive within so many milliseconds are a burst. */
const SPAN = 100;
/** A burst is over when nobody has come for so many milliseconds. */
const QUIET = 25;
/** Nobody waits longer than this for others of a burst, milliseconds. */
const PATIENCE = 250;
/** A burst is large when the bucket holds fewer than so many requests for each call of it. */
const AMPLE = 4;
/** What went within so many milliseconds tells how much is still to come. */
const MEMORY = 1000;

/**
 * Keeps single calls from using up the burst of the portal one by one when many come at once. A call that comes alone
 * never waits.
 */
export class Pace {
	private readonly arrivals: number[] = [];
	private readonly departures: { at: number; count: number }[] = [];

	/** A call has come. @param now milliseconds */
	arrived(now: number): void {
		forget(this.arrivals, (at) => at < now - SPAN);
		this.arrivals.push(now);
	}

	/** Calls have gone. @param now milliseconds */
	departed(count: number, now: number): void {
		this.departures.push({ at: now, count });
	}

	/**
	 * Until when the waiting calls should wait for company, milliseconds; not after now when they should go.
	 *
	 * @param oldest since when the first of them waits.
	 * @param room requests that the bucket takes now.
	 */
	holdUntil(now: number, oldest: number, room: number): number {
		forget(this.arrivals, (at) => at < now - SPAN);
		if (room >= AMPLE * this.arrivals.length) return now;
		const since = Math.max(oldest, this.departures.at(-1)?.at ?? -Infinity);
		return Math.min((this.arrivals.at(-1) ?? now) + QUIET, since + PATIENCE);
	}

	/** How many more calls must be expected soon: as many as went lately, while they keep coming. */
	expected(now: number): number {
		forget(this.departures, ({ at }) => at < now - MEMORY);
		const isOver = now - (this.arrivals.at(-1) ?? -Infinity) >= QUIET;
		return isOver ? 0 : this.departures.reduce((sum, { count }) => sum + count, 0);
	}
}

function forget<One>(list: One[], isOld: (one: One) => boolean): void {
	const kept = list.findIndex((one) => !isOld(one));
	list.splice(0, kept < 0 ? list.length : kept);
}
