import type { Farm } from './farm';

/** How much is tried. */
export interface Size {
	/** Clicks of the stream without a disturbance. */
	clicks: number;
	/** Clicks of each stream that is disturbed. */
	disturbed: number;
	/** Clicks a second at most; fewer when the machine answers more slowly. */
	perSecond: number;
	/** Milliseconds that n8n gets to say what became of an execution. It looks at a stalled one for half a minute. */
	patience: number;
	/** Executions that meet an expired token. */
	expired: number;
	/** Executions that meet a dead refresh token. */
	dead: number;
	/** Deliveries whose database statements are counted. */
	counted: number;
}

/** What `npm run test:scale` tries. */
export const FULL: Size = {
	clicks: 300,
	disturbed: 30,
	perSecond: 5,
	patience: 60_000,
	expired: 100,
	dead: 20,
	counted: 50,
};
/** What every test run tries. */
export const QUICK: Size = { clicks: 30, disturbed: 16, perSecond: 2, patience: 0, expired: 40, dead: 6, counted: 10 };

/** What a trial saw, in words for the report. */
export interface Seen {
	seen: string;
	/** What n8n itself loses there, whatever the trigger. */
	lostByN8n?: string;
}

/** Something that has to hold in queue mode. */
export interface Trial {
	name: string;
	/** What has to hold, in words for the report. */
	holds: string;
	/** @throws Error that says what did not hold, and what was seen instead */
	run(farm: Farm, size: Size): Promise<Seen>;
}

/**
 * States what has to be so.
 * @throws Error with the text when it is not so
 */
export function hold(isSo: boolean, otherwise: string): void {
	if (!isSo) throw new Error(otherwise);
}

/**
 * The middle of some measurements.
 * @throws RangeError when there are none
 */
export function median(values: number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = sorted[Math.floor(sorted.length / 2)];
	if (middle === undefined) throw new RangeError('Nothing was measured');
	return middle;
}
