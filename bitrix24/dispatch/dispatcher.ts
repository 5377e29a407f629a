import type { Commanded } from '../batch';
import { BURST_CODE, failed, OPERATING_CODE, type Answer, type Failure } from '../failure';
import type { RequestLimit } from './bucket';
import { toTicket, type Errand, type Hold, type Sender } from './errand';
import { exchange, type Exchanged } from './exchange';
import type { Ticket } from './queue';
import { RunTimes } from './runTimes';
import { Scheduler, type Departure } from './scheduler';
import { UsedTime } from './usedTime';

/** What the dispatcher needs from outside. */
export interface DispatcherDependencies {
	/** Milliseconds; only differences count. */
	now: () => number;
	/** Waits, in milliseconds. */
	sleep: (milliseconds: number) => Promise<void>;
	/** From 0 to below 1. */
	random: () => number;
}

/** An errand on its way. */
interface Traveller {
	ticket: Ticket;
	errand: Errand;
	sender: Sender;
	/** Milliseconds. */
	since: number;
	hold: Hold;
	/** Whether a limit holds it up since it came. */
	isHeld: boolean;
	/** Whether it has left: from then on only its answer ends it. */
	isUnderWay: boolean;
	done: (answers: Answer<unknown>[]) => void;
}

/**
 * The portal ends a request after 60 s (contract data, limits). Clocks, queues in front of it and the end itself take
 * their time.
 */
const LONGEST_RUN = 90_000;

/** For so many milliseconds what a lost request did may stay unseen, however long it was under way. */
const SETTLING = 30_000;

/** How many times slower than expected a portal may be that does not end a request in time. */
const SLOWEST = 10;

/**
 * Sends the calls of all executions of a process to one portal. What leaves when, and with whom, the scheduler decides;
 * here are the clock, the requests and the answers.
 */
export class Dispatcher {
	private readonly times = new RunTimes();
	private readonly scheduler: Scheduler;
	private readonly travellers = new Map<Ticket, Traveller>();
	private readonly usedTime = new UsedTime();
	/** Since when the portal has said nothing but that its bucket is full, milliseconds. */
	private fullSince = Infinity;
	private readonly underWay = new Set<Departure>();
	/** Whether somebody who waits may have a deadline. */
	private isHolding = false;
	private isAwake = false;
	private wakeAt = Infinity;

	constructor(
		private readonly dependencies: DispatcherDependencies,
		limit: RequestLimit,
	) {
		this.scheduler = new Scheduler(limit, this.times, dependencies.random);
	}

	/** The limit of the portal's plan, as it is known now. */
	set limit(limit: RequestLimit) {
		this.scheduler.bucket.limit = limit;
	}

	/** Milliseconds by the dispatcher's clock. */
	now(): number {
		return this.dependencies.now();
	}

	/**
	 * Sends commands as soon as the portal's limits allow.
	 *
	 * @returns one answer a command; one alone for an errand that performs itself. Never throws.
	 */
	async send(sender: Sender, errand: Errand): Promise<Answer<unknown>[]> {
		if (sender.stop?.isStopped) return this.everyFailure(errand, CANCELLED);
		const ticket = toTicket(sender, errand);
		return await new Promise((resolve) => {
			const forget = sender.stop?.onStop(() => this.cancel(traveller));
			const done = (answers: Answer<unknown>[]): void => {
				forget?.();
				resolve(answers);
			};
			const since = this.now();
			const traveller = {
				ticket,
				errand,
				sender,
				since,
				hold: errand.hold ?? {},
				isHeld: false,
				isUnderWay: false,
				done,
			};
			this.travellers.set(ticket, traveller);
			this.scheduler.add(ticket, since);
			this.awake();
		});
	}

	/** Looks after what waits, once for everything that came in this turn of the event loop. */
	private awake(): void {
		if (this.isAwake) return;
		this.isAwake = true;
		void Promise.resolve().then(() => {
			this.isAwake = false;
			this.look();
		});
	}

	private look(): void {
		const now = this.now();
		const isBlocking = this.scheduler.blocked.hasSome(now);
		const deadline =
			isBlocking || this.isHolding || this.fullSince < Infinity ? this.giveUp(now, isBlocking) : Infinity;
		const { departures, wakeAt } = this.scheduler.next(now);
		const parties = departures.map(({ tickets }) =>
			tickets.map((ticket) => this.travellers.get(ticket)).filter((one) => one !== undefined),
		);
		// All before the first is sent: whoever is stopped by its request has left as well.
		for (const traveller of parties.flat()) traveller.isUnderWay = true;
		for (const [index, departure] of departures.entries()) void this.travel(departure, parties[index] ?? []);
		if (wakeAt !== undefined) this.sleepUntil(Math.min(wakeAt, deadline + 1), now);
	}

	private sleepUntil(wakeAt: number, now: number): void {
		if (this.wakeAt <= wakeAt && this.wakeAt > now) return;
		this.wakeAt = wakeAt;
		void this.dependencies.sleep(Math.max(1, Math.ceil(wakeAt - now))).then(() => {
			if (this.wakeAt === wakeAt) this.wakeAt = Infinity;
			this.awake();
		});
	}

	/** Gives up on what a limit holds up for too long. @returns when the patience of the next one ends, milliseconds */
	private giveUp(now: number, isBlocking: boolean): number {
		// A refusal comes at once: what is under way since then was taken, and its answer will say so.
		const isTaken = [...this.underWay].some(({ at }) => at > this.fullSince);
		const fullSince = isTaken ? Infinity : this.fullSince;
		let next = Infinity;
		for (const [ticket, traveller] of this.travellers) {
			if (traveller.isUnderWay) continue;
			const blockedUntil = isBlocking ? this.scheduler.blocked.until(ticket) : 0;
			if (blockedUntil > now) this.hold(traveller, now);
			const deadline = deadlineOf(traveller, fullSince);
			if (Math.max(now, blockedUntil) <= deadline) next = Math.min(next, deadline);
			else
				this.end(
					traveller,
					this.everyFailure(
						traveller.errand,
						blockedUntil > now ? { ...USED_UP, retryAt: blockedUntil, isGivenUp: true } : FULL,
					),
				);
		}
		this.isHolding = next < Infinity;
		return next;
	}

	/** A limit holds a traveller up; from the first time on its patience counts. */
	private hold(traveller: Traveller, now: number): void {
		traveller.isHeld = true;
		traveller.hold.deadline ??= now + traveller.sender.maximumWait;
	}

	/**
	 * Ends the wait of a traveller whose execution was stopped. What is under way comes to its end, for somebody must
	 * know it.
	 */
	private cancel(traveller: Traveller): void {
		if (!traveller.isUnderWay) this.end(traveller, this.everyFailure(traveller.errand, CANCELLED));
	}

	/** Ends the way of a traveller. */
	private end({ ticket, done }: Traveller, answers: Answer<unknown>[]): void {
		if (!this.travellers.delete(ticket)) return;
		if (this.travellers.size === 0) this.fullSince = Infinity;
		this.scheduler.withdraw(ticket);
		done(answers);
	}

	private async travel(departure: Departure, party: Traveller[]): Promise<void> {
		const [first] = party;
		this.underWay.add(departure);
		const exchanged = first
			? await exchange(
					first.sender.transport,
					party.map(({ errand }) => errand),
				)
			: [];
		this.underWay.delete(departure);
		const now = this.now();
		if (exchanged === 'full') {
			this.fullSince = Math.min(this.fullSince, now);
			for (const traveller of party) this.hold(traveller, now);
			this.scheduler.refused(departure, now);
			this.comeBack(party);
		} else {
			this.scheduler.arrived(departure);
			const back = exchanged === 'apart' ? party : this.hear(departure, party, exchanged, now);
			if (exchanged === 'apart') for (const { ticket } of party) ticket.isAlone = true;
			this.scheduler.putBack(
				back.map(({ ticket }) => ticket),
				now,
			);
			this.comeBack(back);
		}
		this.awake();
	}

	/** What has left in vain waits again, unless its execution was stopped meanwhile. */
	private comeBack(party: readonly Traveller[]): void {
		this.isHolding ||= party.length > 0;
		for (const traveller of party) {
			traveller.isUnderWay = false;
			if (traveller.sender.stop?.isStopped) this.cancel(traveller);
		}
	}

	/**
	 * Ends the way of all who were answered.
	 * @returns those who must go again: nothing of theirs ran, for lack of time
	 */
	private hear(
		departure: Departure,
		party: Traveller[],
		exchanged: Exclude<Exchanged, string>,
		now: number,
	): Traveller[] {
		const elapsed = now - departure.at;
		const heard = party.map((traveller, index) => {
			const { lane } = traveller.sender.transport;
			const answers = (exchanged[index] ?? []).map((commanded, at) =>
				this.mindLimits(lane, traveller.ticket.methods[at] ?? '', commanded),
			);
			return { traveller, answers };
		});
		const all = heard.flatMap(({ answers }) => answers);
		const lost = all.flatMap((answer) => (answer.ok || answer.failure.status > 0 ? [] : [answer.failure]));
		if (lost.length === 0 && departure.at > this.fullSince) this.fullSince = Infinity;
		// Without an answer it took at least as long as somebody waited for it. What did not run says nothing of how long
		// it takes.
		const isTelling =
			lost.every(({ kind }) => kind === 'unknown' && elapsed > departure.expected) && !all.some(isUsedUp);
		if (isTelling)
			this.times.learn(
				departure.tickets.flatMap(({ methods }) => methods),
				elapsed,
			);
		return heard.flatMap(({ traveller, answers }) => {
			if (answers.some(isUsedUp)) this.hold(traveller, now);
			if (answers.length > 0 && answers.every(isUsedUp)) return [traveller];
			this.end(
				traveller,
				answers.map((answer) => withPending(answer, departure.expected, elapsed)),
			);
			return [];
		});
	}

	/** Notes when used time is forgotten; a method that has used up its time waits until then. */
	private mindLimits(lane: string, method: string, { answer, time }: Commanded): Answer<unknown> {
		const now = this.now();
		if (!isUsedUp(answer)) {
			this.usedTime.note(lane, method, time, now);
			return answer;
		}
		const { time: said = time, ...failure } = answer.failure;
		this.usedTime.note(lane, method, said, now);
		const retryAt = this.usedTime.retryAt(lane, method, now);
		this.scheduler.blocked.add(lane, method, retryAt);
		return failed({ ...failure, retryAt });
	}

	private everyFailure({ commands, perform }: Errand, failure: Omit<Failure, 'method'>): Answer<unknown>[] {
		const methods = perform ? commands.slice(0, 1) : commands;
		return methods.map(({ method }) => failed({ ...failure, method }));
	}
}

const CANCELLED = {
	kind: 'cancelled',
	status: 0,
	code: '',
	text: 'The execution was stopped before this was sent',
} as const;
const FULL = {
	kind: 'limited',
	status: 503,
	code: BURST_CODE,
	text: 'The portal takes no more requests for now',
	isGivenUp: true,
} as const;
const USED_UP = {
	kind: 'limited',
	status: 429,
	code: OPERATING_CODE,
	text: 'The method has used up its time of the last ten minutes',
} as const;

/** A full bucket holds up all who wait; a queue that moves holds up nobody, however long it is. */
function deadlineOf({ hold, isHeld, since, sender }: Traveller, fullSince: number): number {
	const own = isHeld || fullSince < Infinity ? (hold.deadline ?? Infinity) : Infinity;
	return Math.min(own, Math.max(fullSince, since) + sender.maximumWait);
}

function isUsedUp(answer: Answer<unknown>): answer is { ok: false; failure: Failure } {
	return !answer.ok && answer.failure.code === OPERATING_CODE;
}

/**
 * How long the portal may go on with a request whose answer was lost: PHP does not notice that nobody listens any more.
 * Most likely no longer than twice the expected time. Nothing ends it early that was not ended in time.
 */
function withPending(answer: Answer<unknown>, expected: number, elapsed: number): Answer<unknown> {
	if (answer.ok || answer.failure.kind !== 'unknown' || answer.failure.isOdd) return answer;
	const isEndless = answer.failure.status === 0 && elapsed > LONGEST_RUN - SETTLING;
	const pendingAtMost = Math.max(SETTLING, LONGEST_RUN - elapsed, isEndless ? SLOWEST * expected - elapsed : 0);
	const pending = Math.min(Math.max(0, 2 * expected - elapsed), pendingAtMost);
	return failed({ ...answer.failure, pending, pendingAtMost });
}
