import { BATCH_LIMIT } from '../plan';
import { Bucket, type RequestLimit } from './bucket';
import { Blocked } from './blocked';
import { byLane, ChainBuilder, fillLane, LONGEST_REQUEST, workOf, type Chain } from './chains';
import { Pace } from './pace';
import { bestLength, type Room } from './packing';
import { FairQueue, type Ticket } from './queue';
import type { RunTimes } from './runTimes';

/** Tickets that leave in one request. */
export interface Departure {
	tickets: readonly Ticket[];
	/** Milliseconds that the portal will take. */
	expected: number;
	/** Milliseconds, by the clock that was given. */
	at: number;
}

/** What to do now, and when to ask again. */
export interface Decision {
	departures: Departure[];
	/** Milliseconds; undefined when nothing waits for the clock. */
	wakeAt?: number;
}

/** Imports get a request at least so often, however many single calls come, milliseconds. */
const BULK_TURN = 2000;

/** Waits after a full bucket that our picture did not foresee, milliseconds: doubled each time, up to the longest. */
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 8000;

/**
 * Decides which calls leave when, and with whom: for one portal, all executions of a process. It has no clock, sends
 * nothing and waits for nothing, so a simulation can run it through hours in milliseconds.
 *
 * While the bucket has room, calls leave at once and side by side. When room gets short, waiting calls of different
 * executions share a request; how many is chosen so that the last one is done soonest. Live calls go before imports.
 */
export class Scheduler {
	readonly bucket: Bucket;
	private readonly paces = { live: new Pace(), bulk: new Pace() };
	private readonly queues = { live: new FairQueue(), bulk: new FairQueue() };
	/** Tickets that more work will follow. */
	private readonly promising = new Set<Ticket>();
	/** How many of them are under way: what follows them wants room before anything that leaves now is back. */
	private followers = 0;
	/** Keys under way: never in two requests at a time. */
	private readonly busy = new Set<string>();
	readonly blocked = new Blocked();
	private pausedUntil = 0;
	private refusals = 0;
	/** Since when the present pause lasts. */
	private refusedAt = -Infinity;
	private lastBulk = 0;

	constructor(
		limit: RequestLimit,
		private readonly times: RunTimes,
		private readonly random: () => number,
	) {
		this.bucket = new Bucket(limit);
	}

	/** A ticket wants to leave. */
	add(ticket: Ticket, now: number): void {
		this.paces[ticket.isLive ? 'live' : 'bulk'].arrived(now);
		if (ticket.ahead.length > 0) this.promising.add(ticket);
		this.queueOf(ticket).add(ticket, this.times.sum(ticket.methods), now);
	}

	/** A ticket shall not leave any more. */
	withdraw(ticket: Ticket): void {
		this.promising.delete(ticket);
		this.queueOf(ticket).remove(new Set([ticket]), false);
	}

	/** A request came back, with whatever answer. */
	arrived(departure: Departure): void {
		this.land(departure);
		for (const ticket of departure.tickets) this.promising.delete(ticket);
		this.refusals = 0;
	}

	/** The portal refused a request because its bucket is full. Its tickets wait again, before all others. */
	refused(departure: Departure, now: number): void {
		this.land(departure);
		this.bucket.fill(now);
		// Requests that left side by side are refused for the same reason: they count once.
		if (departure.at > this.refusedAt) {
			const backoff = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** this.refusals);
			this.pausedUntil = now + backoff * (0.5 + this.random());
			this.refusals += 1;
			this.refusedAt = now;
		}
		this.putBack(departure.tickets, now);
	}

	/** Tickets that came back with nothing done wait again, before all others. */
	putBack(tickets: readonly Ticket[], now: number): void {
		for (const ticket of [...tickets].reverse()) {
			if (ticket.ahead.length > 0) this.promising.add(ticket);
			this.queueOf(ticket).putBack(ticket, now);
		}
	}

	/** What to do now. Ask again after each arrival, each new ticket, and at `wakeAt`. */
	next(now: number): Decision {
		const departures: Departure[] = [];
		if (now < this.pausedUntil) return { departures, wakeAt: this.queued > 0 ? this.pausedUntil : undefined };
		const waits: number[] = [];
		const bulkIsDue = this.queues.bulk.size > 0 && now - this.lastBulk >= BULK_TURN;
		if (bulkIsDue && this.queues.live.size > 0)
			this.sendBulk(now, { room: Math.min(1, this.bucket.room(now)), reserve: 0 }, departures, waits);
		this.sendLive(now, departures, waits);
		this.sendBulk(now, { room: this.bucket.room(now) - this.queues.live.size, reserve: 1 }, departures, waits);
		return { departures, wakeAt: waits.length > 0 ? Math.max(now, Math.min(...waits)) : undefined };
	}

	private get queued(): number {
		return this.queues.live.size + this.queues.bulk.size;
	}

	private sendLive(now: number, departures: Departure[], waits: number[]): void {
		if (this.queues.live.size === 0) return;
		const room = this.bucket.room(now);
		const hold = this.paces.live.holdUntil(now, this.queues.live.oldest(), room);
		if (room > 0 && hold > now) return void waits.push(hold);
		const chains = this.ready(this.queues.live, room, now, waits);
		if (chains.length === 0) return;
		const share = this.paces.live.share(now, chains.length, room, this.bucket.limit.perSecond);
		const allowed = Math.max(1, Math.min(room, Math.floor(share)));
		// More to come means that nobody can be put off to a later request.
		const length =
			share < room ? Math.min(LONGEST_REQUEST, workOf(chains) / share) : bestLength(chains, 0, this.roomFor(room));
		const gone = this.depart(chains, length, allowed, allowed, now);
		this.paces.live.departed(now);
		departures.push(...gone);
		if (this.queues.live.size > 0) waits.push(now + this.bucket.untilRoom(now));
	}

	/**
	 * @param share requests that may leave, and how many of them a long import leaves to a live call, which then need not
	 * wait.
	 */
	private sendBulk(
		now: number,
		{ room, reserve }: { room: number; reserve: number },
		departures: Departure[],
		waits: number[],
	): void {
		const chains = this.ready(this.queues.bulk, room, now, waits);
		if (chains.length === 0) return;
		const later = this.promised();
		// What follows a request that came back comes item by item.
		const hold = later > 0 ? this.paces.bulk.holdUntil(now, this.queues.bulk.oldest(), room) : now;
		if (hold > now) return void waits.push(hold);
		const length = bestLength(chains, later, this.roomFor(room));
		const free = length < LONGEST_REQUEST ? room : room - reserve;
		if (free > 0) {
			this.lastBulk = now;
			const gone = this.depart(chains, length, free, later === 0 ? free : this.unused(chains, free), now);
			this.paces.bulk.departed(now);
			departures.push(...gone);
		}
		if (this.queues.bulk.size > 0) waits.push(now + this.bucket.untilRoom(now));
	}

	/**
	 * Lets as many requests leave as are allowed.
	 *
	 * @param length milliseconds that each may run.
	 * @param affordable requests that need not be saved for what follows; fewer calls than fill them are spread evenly.
	 */
	private depart(chains: Chain[], length: number, allowed: number, affordable: number, now: number): Departure[] {
		const lanes = byLane(chains);
		const full = lanes.flatMap((lane) => fillLane(lane, length, 0));
		const spread = full.length < affordable ? Math.floor(affordable / lanes.length) : 0;
		const requests = spread > 0 ? lanes.flatMap((lane) => fillLane(lane, length, spread)) : full;
		const order = new Map(chains.map((chain, index) => [chain, index]));
		const first = ([chain]: Chain[]): number => (chain ? (order.get(chain) ?? 0) : 0);
		const leaving = requests.sort((one, other) => first(one) - first(other)).slice(0, allowed);
		const departures = leaving.map((request) =>
			this.leave(
				request.flatMap(({ tickets }) => tickets),
				now,
			),
		);
		const gone = new Set(departures.flatMap(({ tickets }) => tickets));
		for (const queue of [this.queues.live, this.queues.bulk]) queue.remove(gone, true);
		return departures;
	}

	/**
	 * Requests that may run side by side for nothing: the bucket would be empty again before fewer, longer ones come
	 * back. None when others are under way that more will follow.
	 */
	private unused(chains: readonly Chain[], room: number): number {
		if (this.followers > 0) return 0;
		const { burst, perSecond } = this.bucket.limit;
		const leaked = (workOf(chains) / 1000) * perSecond;
		const level = burst - room;
		return Math.min(room, Math.ceil((Math.sqrt(level ** 2 + 4 * leaked) - level) / 2));
	}

	private roomFor(now: number): Room {
		return { now, interval: 1000 / this.bucket.limit.perSecond, longest: LONGEST_REQUEST, commands: BATCH_LIMIT };
	}

	private leave(tickets: Ticket[], now: number): Departure {
		const departure = { tickets, expected: this.times.sum(tickets.flatMap(({ methods }) => methods)), at: now };
		for (const key of tickets.flatMap(({ keys }) => keys)) this.busy.add(key);
		this.followers += this.followersOf(departure);
		this.bucket.take(now);
		return departure;
	}

	private followersOf({ tickets }: Departure): number {
		return tickets.filter((ticket) => this.promising.has(ticket)).length;
	}

	private land(departure: Departure): void {
		this.followers -= this.followersOf(departure);
		for (const key of departure.tickets.flatMap(({ keys }) => keys)) this.busy.delete(key);
	}

	/** What may leave now, as far as it could fit into the requests of the next time. */
	private ready(queue: FairQueue, room: number, now: number, waits: number[]): Chain[] {
		if (queue.size === 0) return [];
		if (room <= 0) {
			waits.push(now + this.bucket.untilRoom(now));
			return [];
		}
		// More than this would not change how the first requests are filled.
		const requests = room + (LONGEST_REQUEST / 1000) * this.bucket.limit.perSecond + 1;
		let [work, commands] = [requests * LONGEST_REQUEST, requests * BATCH_LIMIT];
		const builder = new ChainBuilder();
		for (const ticket of queue.tickets()) {
			if (work < 0 || commands < 0) break;
			const blockedUntil = this.blocked.until(ticket);
			if (blockedUntil > now) waits.push(blockedUntil);
			if (blockedUntil > now || builder.isHeld(ticket) || ticket.keys.some((key) => this.busy.has(key))) {
				builder.hold(ticket);
				continue;
			}
			const parcel = { duration: this.times.sum(ticket.methods), commands: ticket.methods.length };
			work -= parcel.duration;
			commands -= parcel.commands;
			builder.add(ticket, parcel);
		}
		return builder.chains;
	}

	/** Milliseconds of work that will follow what waits and what is under way. */
	private promised(): number {
		let sum = 0;
		for (const { ahead } of this.promising) sum += this.times.sum(ahead);
		return sum;
	}

	private queueOf({ isLive }: Ticket): FairQueue {
		return isLive ? this.queues.live : this.queues.bulk;
	}
}
