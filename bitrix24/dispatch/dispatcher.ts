import type { Commanded } from '../batch';
import { failed, OPERATING_CODE, type Answer, type Failure } from '../failure';
import type { RequestLimit } from './bucket';
import { toTicket, type Errand, type Sender } from './errand';
import { exchange, type Exchanged } from './exchange';
import { withPending } from './pending';
import type { Ticket } from './queue';
import { RunTimes } from './runTimes';
import { Scheduler, type Departure } from './scheduler';
import { CANCELLED, deadlineOf, FULL, holdUp, unsent, USED_UP, type Traveller } from './traveller';
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
		if (sender.stop?.isStopped) return unsent(errand, CANCELLED);
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
			if (blockedUntil > now) holdUp(traveller, now);
			const deadline = deadlineOf(traveller, fullSince);
			if (Math.max(now, blockedUntil) <= deadline) next = Math.min(next, deadline);
			else
				this.end(
					traveller,
					unsent(traveller.errand, blockedUntil > now ? { ...USED_UP, retryAt: blockedUntil, isGivenUp: true } : FULL),
				);
		}
		this.isHolding = next < Infinity;
		return next;
	}

	/**
	 * Ends the wait of a traveller whose execution was stopped. What is under way comes to its end, for somebody must
	 * know it.
	 */
	private cancel(traveller: Traveller): void {
		if (!traveller.isUnderWay) this.end(traveller, unsent(traveller.errand, CANCELLED));
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
		if (exchanged === 'full') this.meetFullBucket(departure, party, now);
		else {
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

	private meetFullBucket(departure: Departure, party: Traveller[], now: number): void {
		this.fullSince = Math.min(this.fullSince, now);
		for (const traveller of party) holdUp(traveller, now);
		this.scheduler.refused(departure, now);
		this.comeBack(party);
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
		this.learn(
			departure,
			heard.flatMap(({ answers }) => answers),
			elapsed,
		);
		return heard.flatMap(({ traveller, answers }) => {
			if (answers.some(isUsedUp)) holdUp(traveller, now);
			if (answers.length > 0 && answers.every(isUsedUp)) return [traveller];
			this.end(
				traveller,
				answers.map((answer) => withPending(answer, departure.expected, elapsed)),
			);
			return [];
		});
	}

	/** What the answers to a request tell of the bucket, and of how long its methods take. */
	private learn({ at, expected, tickets }: Departure, answers: Answer<unknown>[], elapsed: number): void {
		const lost = answers.flatMap((answer) => (answer.ok || answer.failure.status > 0 ? [] : [answer.failure]));
		if (lost.length === 0 && at > this.fullSince) this.fullSince = Infinity;
		// Without an answer it took at least as long as somebody waited for it. What did not run says nothing of how long
		// it takes.
		const isTelling = lost.every(({ kind }) => kind === 'unknown' && elapsed > expected) && !answers.some(isUsedUp);
		if (isTelling)
			this.times.learn(
				tickets.flatMap(({ methods }) => methods),
				elapsed,
			);
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
}

function isUsedUp(answer: Answer<unknown>): answer is { ok: false; failure: Failure } {
	return !answer.ok && answer.failure.code === OPERATING_CODE;
}
