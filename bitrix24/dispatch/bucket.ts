/** How many requests a portal takes (contract data, limits; documentation, settings/performance/limits). */
export interface RequestLimit {
	/** Requests in a burst: 50, on the Enterprise plan 250. */
	burst: number;
	/** Requests a second in the long run: 2, on the Enterprise plan 5. */
	perSecond: number;
}

/** Limit of every plan but Enterprise. */
export const STANDARD_LIMIT: RequestLimit = { burst: 50, perSecond: 2 };

/** Limit of the Enterprise plan. */
export const ENTERPRISE_LIMIT: RequestLimit = { burst: 250, perSecond: 5 };

/**
 * Our picture of the portal's leaky bucket. The portal counts by source address, so other programs on this server fill
 * it as well; an answer that says so corrects the picture.
 */
export class Bucket {
	private level = 0;
	private at = 0;

	/** @param limit may change while it is in use: what was taken stays taken. */
	constructor(public limit: RequestLimit) {}

	/** Whole requests that fit in now. @param now milliseconds */
	room(now: number): number {
		this.leak(now);
		// A hair's breadth, so that rounding does not cost a request.
		return Math.max(0, Math.floor(this.limit.burst - this.level + 1e-6));
	}

	/** Takes room for one request. @param now milliseconds */
	take(now: number): void {
		this.leak(now);
		this.level += 1;
	}

	/** Milliseconds until there is room for one request more than now. @param now milliseconds */
	untilRoom(now: number): number {
		const missing = this.room(now) + 1 - (this.limit.burst - this.level);
		return (missing / this.limit.perSecond) * 1000;
	}

	/** The portal says that it is full. @param now milliseconds */
	fill(now: number): void {
		this.leak(now);
		this.level = Math.max(this.level, this.limit.burst);
	}

	private leak(now: number): void {
		const leaked = (Math.max(0, now - this.at) / 1000) * this.limit.perSecond;
		this.level = Math.max(0, this.level - leaked);
		this.at = Math.max(this.at, now);
	}
}
