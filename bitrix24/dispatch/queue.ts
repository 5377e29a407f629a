/** Calls of one item that travel together, waiting for a request. */
export interface Ticket {
	/** A batch carries tickets of one lane only: calls of one credential. */
	lane: string;
	/** The execution that it belongs to, for fairness. */
	run: string;
	/** Somebody waits for this call on the phone; imports do not hold it up. */
	isLive: boolean;
	/** Methods of its commands, in order. */
	methods: readonly string[];
	/** Methods that will most likely follow. */
	ahead: readonly string[];
	/** Whether it may not share a request. */
	isAlone: boolean;
	/** What its commands act on, such as a call. Tickets with a key in common keep their order. */
	keys: readonly string[];
}

interface Entry {
	ticket: Ticket;
	/** Start tag of start-time fair queueing: the least goes first. */
	tag: number;
	/** Milliseconds. */
	since: number;
}

/**
 * A queue that is fair between executions (start-time fair queueing): each gets its turn by the time that its calls
 * take at the portal, so one with three calls does not wait for one with a thousand.
 */
export class FairQueue {
	private readonly entries: Entry[] = [];
	private readonly lastTag = new Map<string, { tag: number; waiting: number }>();
	private virtualTime = 0;

	get size(): number {
		return this.entries.length;
	}

	/** @param duration milliseconds that the ticket will take */
	add(ticket: Ticket, duration: number, now: number): void {
		const run = this.lastTag.get(ticket.run) ?? { tag: 0, waiting: 0 };
		const tag = Math.max(this.virtualTime, run.tag);
		this.lastTag.set(ticket.run, { tag: tag + duration, waiting: run.waiting + 1 });
		this.insert({ ticket, tag, since: now });
	}

	/** Puts a ticket back that left in vain: before all that wait, and all that come. */
	putBack(ticket: Ticket, now: number): void {
		const run = this.lastTag.get(ticket.run) ?? { tag: this.virtualTime, waiting: 0 };
		this.lastTag.set(ticket.run, { ...run, waiting: run.waiting + 1 });
		this.entries.unshift({ ticket, tag: Math.min(this.virtualTime, this.entries[0]?.tag ?? Infinity), since: now });
	}

	/** The waiting tickets, in order. */
	tickets(): Ticket[] {
		return this.entries.map(({ ticket }) => ticket);
	}

	/** Since when the first one waits, milliseconds. */
	oldest(): number {
		return this.entries.reduce((least, { since }) => Math.min(least, since), Infinity);
	}

	/** Takes tickets out, whether they depart or are withdrawn. */
	remove(tickets: ReadonlySet<Ticket>, departed: boolean): void {
		let kept = 0;
		for (const entry of this.entries) {
			if (tickets.has(entry.ticket)) this.leave(entry, departed);
			else this.entries[kept++] = entry;
		}
		this.entries.length = kept;
	}

	private leave({ ticket, tag }: Entry, departed: boolean): void {
		if (departed) this.virtualTime = Math.max(this.virtualTime, tag);
		const run = this.lastTag.get(ticket.run);
		if (!run) return;
		if (run.waiting > 1) this.lastTag.set(ticket.run, { ...run, waiting: run.waiting - 1 });
		else this.lastTag.delete(ticket.run);
	}

	private insert(entry: Entry): void {
		let [low, high] = [0, this.entries.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.entries[middle]?.tag ?? 0) <= entry.tag) low = middle + 1;
			else high = middle;
		}
		this.entries.splice(low, 0, entry);
	}
}
