import { takeQueued, waiting, type QueuedEvent } from '../methods/offline';
import { Covered, type Occurrence } from './covered';
import { LONGEST_HOLD, type PollerMeans } from './poller';
import type { Asking } from './portalQueue';

/** Milliseconds between a delivery and the removal of its row, and between attempts: many are removed together. */
const PAUSE = 2000;

/** Attempts until a row that is not there is forgotten: the poller of another process may have removed it. */
const ATTEMPTS = Math.floor(LONGEST_HOLD / PAUSE) - 1;

/** What waits for its removal. */
interface Delivered {
	occurrence: Occurrence;
	attempts: number;
}

/**
 * Removes rows of events that were delivered to a process that does not fetch, such as a webhook process of n8n. The
 * fetching process leaves them alone for a while.
 */
export class Sweeper {
	private pending: Delivered[] = [];
	private loop: Promise<void> | undefined;

	constructor(private readonly means: PollerMeans) {}

	/**
	 * Removes the row of a delivered event soon.
	 * @param connect makes a client of the portal; its error is an attempt that failed
	 */
	delivered(occurrence: Occurrence, connect: () => Promise<Asking>): void {
		this.pending.push({ occurrence, attempts: 0 });
		this.loop ??= this.run(connect);
	}

	/**
	 * Takes the row of an event that was delivered so late that another process may have fetched it.
	 *
	 * @returns false when it is taken or cannot be asked for: then the other process has it, or will.
	 */
	async claim(portal: Asking, occurrence: Occurrence): Promise<boolean> {
		return (await this.sweep(portal, [occurrence])).length > 0;
	}

	private async run(connect: () => Promise<Asking>): Promise<void> {
		while (this.pending.length > 0) {
			await this.means.sleep(PAUSE);
			const round = this.pending;
			this.pending = [];
			const gone = await this.attempt(
				connect,
				round.map(({ occurrence }) => occurrence),
			);
			const left = round.filter(({ occurrence }) => !gone.includes(occurrence.key));
			this.pending.push(
				...left.map((one) => ({ ...one, attempts: one.attempts + 1 })).filter(({ attempts }) => attempts < ATTEMPTS),
			);
		}
		this.loop = undefined;
	}

	private async attempt(connect: () => Promise<Asking>, occurrences: Occurrence[]): Promise<string[]> {
		try {
			return await this.sweep(await connect(), occurrences);
		} catch {
			return [];
		}
	}

	/** @returns keys of the rows that were taken */
	private async sweep(portal: Asking, occurrences: Occurrence[]): Promise<string[]> {
		const covered = new Covered();
		for (const one of occurrences) covered.add(one);
		const listed = await portal.ask(waiting);
		const found = listed.ok ? listed.value.filter((event) => covered.has(this.occurrence(event))) : [];
		if (found.length === 0) return [];
		const taken = await portal.ask(takeQueued({ ID: found.map(({ id }) => id) }, false));
		return taken.ok ? taken.value.events.map((event) => this.means.keyOf(event)) : [];
	}

	private occurrence(event: QueuedEvent): Occurrence {
		return { key: this.means.keyOf(event), at: event.at };
	}
}
