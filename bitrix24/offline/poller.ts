import { errorOf, type Failure } from '../failure';
import { QUEUE_PAGE, type QueuedEvent, type Taken } from '../methods/offline';
import { Covered, type Occurrence } from './covered';
import { Pace } from './pace';
import { PortalQueue, Trouble, type Asking } from './portalQueue';

/** Milliseconds that a delivery has to arrive before its event is taken from the queue. */
export const GRACE = 10_000;

/** Milliseconds of age from which an event is delivered at once when the poller starts: its delivery is lost. */
const LOST = 30_000;

/** Milliseconds for which an event stays reserved at most while its execution runs: by then n8n has stored it. */
export const LONGEST_HOLD = 10_000;

/** Somebody who wants events of the queue. */
export interface Subscriber {
	/** Codes of events. */
	readonly events: readonly string[];
	/** Whether the same events are delivered by push as well. */
	readonly isPushed: boolean;
	/** Milliseconds between two looks. */
	readonly interval: number;
	/** Makes a client of the portal. @throws Error when the credential cannot be used */
	connect: () => Promise<Asking>;
	/**
	 * Starts what the event is to start. Ends when that has ended.
	 * @param isLeftOver whether somebody before may have started it already
	 * @throws Error when it could not be started; the event is tried again
	 */
	take: (event: QueuedEvent, isLeftOver: boolean) => Promise<void>;
	/** Tells the user of a trouble that lasts. Called once a trouble. */
	complain: (failure: Failure | Error) => void;
}

/** What a poller has of the outside. */
export interface PollerMeans {
	/** Milliseconds since 1970. */
	now: () => number;
	/** Waits, in milliseconds. */
	sleep: (milliseconds: number) => Promise<void>;
	/** What an event says, whichever way it came. */
	keyOf: (event: QueuedEvent) => string;
}

/**
 * Fetches the events of one application from the portal's queue, for all subscribers of this process. There must be one
 * poller an application: two would take events from one another (seen in the field with three).
 *
 * An event is reserved, handed over, and confirmed when what it started has ended; what a killed process has reserved
 * is handed over after the next start. A plan without reserving loses, in a crash, what was taken in that moment.
 */
export class Poller {
	/** What reached the workflows, by delivery or from here. */
	readonly covered = new Covered();
	private readonly subscribers = new Set<Subscriber>();
	/** Keys of delivered events whose executions run. */
	private readonly working = new Set<string>();
	private readonly firstSeen = new Map<number, number>();
	/** Reserved by this process, and not confirmed yet. */
	private readonly held = new Map<string, Promise<void>>();
	private readonly queue = new PortalQueue();
	private readonly pace: Pace;
	private loop: Promise<void> | undefined;
	private wake = (): void => undefined;
	private isFirst = false;
	private isComplaining = false;
	/** Something is to be removed from the queue. */
	private isHurried = false;

	constructor(private readonly means: PollerMeans) {
		this.pace = new Pace(means.now());
	}

	/** True while somebody else than the given one wants the event. */
	isWanted(event: string, but?: Subscriber): boolean {
		return [...this.subscribers].some((one) => one !== but && one.events.includes(event));
	}

	/** Begins to fetch for somebody. */
	join(subscriber: Subscriber): void {
		this.subscribers.add(subscriber);
		if (this.loop) this.wake();
		else this.loop = this.run();
	}

	/** Ends fetching for somebody. Waits for what was handed over, so that it is confirmed. */
	async leave(subscriber: Subscriber): Promise<void> {
		this.subscribers.delete(subscriber);
		this.wake();
		await Promise.all(this.held.values());
	}

	/**
	 * Says that an event came by delivery, and has started something.
	 * @param work ends when that has ended; until then the event stays in the queue, so that it outlives a crash
	 */
	delivered(occurrence: Occurrence, work: Promise<unknown>): void {
		this.covered.add(occurrence);
		this.working.add(occurrence.key);
		const end = (): void => {
			this.working.delete(occurrence.key);
			this.isHurried = true;
			// A portal in trouble is left alone as long as it needs.
			if (!this.isComplaining) this.wake();
		};
		void Promise.race([work, this.means.sleep(LONGEST_HOLD)]).then(end, end);
	}

	private async run(): Promise<void> {
		this.isFirst = true;
		this.queue.suspect();
		while (this.subscribers.size > 0) {
			if (this.isHurried) await this.means.sleep(this.pace.hurry(this.means.now()));
			this.isHurried = false;
			// Made before the look: somebody may join meanwhile, or an execution may end.
			const woken = new Promise<void>((resolve) => (this.wake = resolve));
			const pause = await this.lookAndRest();
			await Promise.race([this.means.sleep(pause), woken]);
		}
		this.loop = undefined;
	}

	/** @returns milliseconds until the next look. Never throws. */
	private async lookAndRest(): Promise<number> {
		const interval = Math.min(...[...this.subscribers].map((one) => one.interval));
		const [first] = this.subscribers;
		if (!first) return 0;
		try {
			const found = await this.look(await first.connect());
			this.isComplaining = false;
			if (found > 0) this.pace.busy(this.means.now());
			return found >= QUEUE_PAGE ? 0 : this.pace.afterSuccess(interval, this.means.now());
		} catch (error) {
			const failure = error instanceof Trouble ? error.failure : undefined;
			if (!this.isComplaining && failure?.kind !== 'limited') first.complain(failure ?? errorOf(error));
			this.isComplaining = true;
			// Another one's credential may still work.
			if (this.subscribers.delete(first)) this.subscribers.add(first);
			return this.pace.afterFailure(interval, this.means.now(), failure);
		}
	}

	/** @returns how many events were taken */
	private async look(portal: Asking): Promise<number> {
		for (const left of await this.queue.takeLeftOver(portal, (processId) => this.held.has(processId)))
			this.hand(portal, left, true);
		const isPushed = [...this.subscribers].some((one) => one.isPushed);
		const taken = isPushed
			? await this.takeReady(portal)
			: await this.queue.take(portal, { EVENT_NAME: this.wantedEvents() });
		this.isFirst = false;
		if (taken) this.hand(portal, taken, false);
		return taken?.events.length ?? 0;
	}

	private wantedEvents(): string[] {
		return [...new Set([...this.subscribers].flatMap(({ events }) => events))];
	}

	/** Removes what was delivered, and takes what was not delivered in time. */
	private async takeReady(portal: Asking): Promise<Taken | undefined> {
		const listed = (await this.queue.waiting(portal)).filter(({ event }) => this.isWanted(event));
		for (const id of this.firstSeen.keys()) if (!listed.some((event) => event.id === id)) this.firstSeen.delete(id);
		const ready = listed.filter((event) => this.isReady(event));
		await this.queue.drop(
			portal,
			ready.filter((event) => this.isKnown(event)),
		);
		const missed = ready.filter((event) => !this.isKnown(event));
		return missed.length > 0 ? await this.queue.take(portal, { ID: missed.map(({ id }) => id) }) : undefined;
	}

	private isKnown(event: QueuedEvent): boolean {
		return this.covered.has(this.occurrence(event));
	}

	/**
	 * By this process's own clock since it saw the event, because the portal's may be another; old ones of before the
	 * start at once.
	 */
	private isReady(event: QueuedEvent): boolean {
		const now = this.means.now();
		const seen = this.firstSeen.get(event.id) ?? now;
		this.firstSeen.set(event.id, seen);
		const isOnlyFetched = [...this.subscribers].some((one) => !one.isPushed && one.events.includes(event.event));
		const occurrence = this.occurrence(event);
		if (this.working.has(occurrence.key)) return false;
		return isOnlyFetched || this.isKnown(event) || now - seen >= GRACE || (this.isFirst && now - event.at >= LOST);
	}

	/** Hands events over; the next look does not wait for it. What nobody wants any more stays reserved. */
	private hand(portal: Asking, taken: Taken, isLeftOver: boolean): void {
		const { processId } = taken;
		const wanted = taken.events.filter(({ event }) => this.isWanted(event));
		if (wanted.length === 0) return;
		const handed = this.handAll(wanted, isLeftOver).then(
			async (done) => await this.queue.confirm(portal, { ...taken, events: wanted }, done),
		);
		if (!processId) return;
		this.held.set(
			processId,
			handed.finally(() => this.held.delete(processId)),
		);
	}

	/** @returns the events that are done with */
	private async handAll(events: readonly QueuedEvent[], isLeftOver: boolean): Promise<QueuedEvent[]> {
		const done = await Promise.all(
			events.map(async (event) => ((await this.handOne(event, isLeftOver)) ? [event] : [])),
		);
		return done.flat();
	}

	private async handOne(event: QueuedEvent, isLeftOver: boolean): Promise<boolean> {
		const occurrence = this.occurrence(event);
		if (this.isKnown(event)) return true;
		this.covered.add(occurrence);
		const takers = [...this.subscribers].filter(({ events }) => events.includes(event.event));
		try {
			await Promise.race([
				Promise.all(takers.map(async (one) => await one.take(event, isLeftOver))),
				this.means.sleep(LONGEST_HOLD),
			]);
			return true;
		} catch (error) {
			this.covered.remove(occurrence);
			takers[0]?.complain(errorOf(error));
			return false;
		}
	}

	private occurrence(event: QueuedEvent): Occurrence {
		return { key: this.means.keyOf(event), at: event.at };
	}
}
