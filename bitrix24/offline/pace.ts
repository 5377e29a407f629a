import type { Failure } from '../failure';

/** Milliseconds without any event, and by how much the pauses grow then: at night nobody clicks. */
const QUIET: readonly [after: number, factor: number][] = [
	[3_600_000, 5],
	[1_800_000, 3],
	[900_000, 2],
];

/** Milliseconds that a pause grows to by quiet alone: the first click of the morning waits so long at most. */
const LONGEST_QUIET = 15_000;

/** Milliseconds of the first pause after a failure, and of the longest. Each failure in a row doubles it. */
const TROUBLE = 5000;
const LONGEST_TROUBLE = 60_000;

/** Milliseconds to leave a portal alone that has enough of requests. */
const LIMITED = 30_000;

/**
 * Milliseconds between two looks that somebody asks for, how many of them may follow one another, and until there is
 * one more.
 */
const HURRY = 1000;
const HURRIES = 20;
const REGAINED = 3000;

/** Decides how long to wait between two looks into the queue. */
export class Pace {
	private failures = 0;
	private lastHurry = 0;
	/** Looks that may be asked for, also in part. */
	private hurries = HURRIES;

	/** @param lastEvent milliseconds since 1970: the start, then the last event */
	constructor(private lastEvent: number) {}

	/** There were events. @param now milliseconds since 1970 */
	busy(now: number): void {
		this.lastEvent = now;
	}

	/**
	 * Somebody asks for a look, because there is something to remove: what is still in the queue when n8n is killed
	 * starts the workflow again.
	 * @param now milliseconds since 1970
	 * @returns milliseconds until it may be; many in a row come more slowly, so that requests are left for calls
	 */
	hurry(now: number): number {
		const passed = now - this.lastHurry;
		this.hurries = Math.min(HURRIES, this.hurries + passed / REGAINED);
		const wait = Math.max(0, (this.hurries >= 1 ? HURRY : REGAINED) - passed);
		this.hurries = Math.max(0, this.hurries - 1);
		this.lastHurry = now + wait;
		return wait;
	}

	/**
	 * @param interval milliseconds that the user wants
	 * @param now milliseconds since 1970
	 * @returns milliseconds to wait after a look that went well
	 */
	afterSuccess(interval: number, now: number): number {
		this.failures = 0;
		const factor = QUIET.find(([after]) => now - this.lastEvent >= after)?.[1] ?? 1;
		return Math.max(interval, Math.min(interval * factor, LONGEST_QUIET));
	}

	/**
	 * @param interval milliseconds that the user wants
	 * @param now milliseconds since 1970
	 * @param failure what the portal said; undefined when it could not even be asked
	 * @returns milliseconds to wait after a look that failed
	 */
	afterFailure(interval: number, now: number, failure?: Failure): number {
		this.failures += 1;
		const growing = Math.min(TROUBLE * 2 ** (this.failures - 1), LONGEST_TROUBLE);
		const least = failure?.kind === 'limited' ? Math.max(LIMITED, (failure.retryAt ?? 0) - now) : growing;
		return Math.max(interval, least);
	}
}
