import { batchParameters, looksLikeReference, readBatch, type Command } from '../batch';
import { BURST_CODE, failed, isRecord, OPERATING_CODE, success, type Failure, type Outcome } from '../failure';
import { post, type Transport } from '../http';
import type { RequestLimit } from './bucket';
import type { Stop } from '../stop';
import type { Ticket } from './queue';
import { RunTimes } from './runTimes';
import { Scheduler, type Departure } from './scheduler';

/** What the dispatcher needs from outside. */
export interface DispatcherDependencies {
	/** Milliseconds; only differences count. */
	now: () => number;
	/** Waits, in milliseconds. */
	sleep: (milliseconds: number) => Promise<void>;
	/** From 0 to below 1. */
	random: () => number;
}

/** Who sends, and how long a limit of the portal may hold it up. */
export interface Sender {
	transport: Transport;
	/** The execution, for fairness. */
	run: string;
	/** Whether somebody waits for this on the phone. */
	isLive: boolean;
	/** Milliseconds that a limit of the portal may hold a call up. */
	maximumWait: number;
	/** Ends the waiting; a request under way is not touched, for others may travel in it, and its outcome shall be known. */
	stop?: Stop;
}

/** Calls of one item that travel together. */
export interface Errand {
	commands: readonly Command[];
	/** Methods that will most likely follow. */
	ahead?: readonly string[];
	/** What they act on; errands with a key in common keep their order. */
	keys?: readonly string[];
	/** Sends it in a way of its own, in place of the commands. */
	perform?: () => Promise<Outcome<unknown>>;
}

/** An errand on its way. */
interface Traveller {
	errand: Errand;
	sender: Sender;
	deadline?: number;
	/** Whether it has left: from then on only its answer ends it. */
	isUnderWay: boolean;
	done: (outcomes: Outcome<unknown>[]) => void;
}

/** The portal ends a request after so many milliseconds (contract data, limits). */
const LONGEST_RUN = 60_000;

/** Used time is counted in slots of a minute (rest/lib/engine/access/loadlimiter.php); without a word of the portal, wait for one. */
const SLOT = 60_000;

/**
 * Sends the calls of all executions of a process to one portal. What leaves when, and with whom, the scheduler decides;
 * here are the clock, the requests and the answers.
 */
export class Dispatcher {
	private readonly times = new RunTimes();
	private readonly scheduler: Scheduler;
	private readonly travellers = new Map<Ticket, Traveller>();
	/** Milliseconds by our clock at which used time is forgotten, by lane and method. */
	private readonly resets = new Map<string, number>();
	/** How many travellers have a deadline. */
	private heldUp = 0;
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
	 * @returns one outcome a command; one alone for an errand that performs itself. Never throws.
	 */
	async send(sender: Sender, errand: Errand): Promise<Outcome<unknown>[]> {
		if (sender.stop?.isStopped) return this.everyFailure(errand, CANCELLED);
		const ticket = toTicket(sender, errand);
		return await new Promise((resolve) => {
			const forget = sender.stop?.onStop(() => this.cancel(ticket));
			const done = (outcomes: Outcome<unknown>[]): void => {
				forget?.();
				resolve(outcomes);
			};
			this.travellers.set(ticket, { errand, sender, isUnderWay: false, done });
			this.scheduler.add(ticket, this.now());
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
		if (this.heldUp > 0 || this.scheduler.isBlocking(now)) for (const [ticket, traveller] of this.travellers) this.expire(ticket, traveller, now);
		const { departures, wakeAt } = this.scheduler.next(now);
		for (const departure of departures) void this.travel(departure);
		if (wakeAt !== undefined) this.sleepUntil(wakeAt, now);
	}

	private sleepUntil(wakeAt: number, now: number): void {
		if (this.wakeAt <= wakeAt && this.wakeAt > now) return;
		this.wakeAt = wakeAt;
		void this.dependencies.sleep(Math.max(1, Math.ceil(wakeAt - now))).then(() => {
			if (this.wakeAt === wakeAt) this.wakeAt = Infinity;
			this.awake();
		});
	}

	/** Gives up on a ticket that a limit holds up for too long. */
	private expire(ticket: Ticket, traveller: Traveller, now: number): void {
		if (traveller.isUnderWay) return;
		const blockedUntil = this.scheduler.blockedUntil(ticket);
		if (blockedUntil > now) this.hold(traveller, now);
		const { deadline, errand } = traveller;
		if (deadline === undefined || Math.max(now, blockedUntil) <= deadline) return;
		this.end(ticket, this.everyFailure(errand, blockedUntil > now ? { ...USED_UP, retryAt: blockedUntil, isGivenUp: true } : FULL));
	}

	/** A limit holds a traveller up; from now on its patience counts. */
	private hold(traveller: Traveller, now: number): void {
		if (traveller.deadline === undefined) this.heldUp += 1;
		traveller.deadline ??= now + traveller.sender.maximumWait;
	}

	/** Ends the wait of a ticket whose execution was stopped. What is under way comes to its end, for somebody must know it. */
	private cancel(ticket: Ticket): void {
		const traveller = this.travellers.get(ticket);
		if (traveller && !traveller.isUnderWay) this.end(ticket, this.everyFailure(traveller.errand, CANCELLED));
	}

	/** Ends the way of a ticket. */
	private end(ticket: Ticket, outcomes: Outcome<unknown>[]): void {
		const traveller = this.travellers.get(ticket);
		if (!traveller) return;
		this.travellers.delete(ticket);
		if (traveller.deadline !== undefined) this.heldUp -= 1;
		this.scheduler.withdraw(ticket);
		traveller.done(outcomes);
	}

	private async travel(departure: Departure): Promise<void> {
		const present = departure.tickets.map((ticket) => this.travellers.get(ticket)).filter((traveller) => traveller !== undefined);
		for (const traveller of present) traveller.isUnderWay = true;
		const sent = this.now();
		const answers = await this.exchange(present);
		const now = this.now();
		if (answers === 'full') {
			this.scheduler.refused(departure, now);
			for (const [index, traveller] of present.entries()) this.comeBack(departure.tickets[index], traveller, now);
		} else {
			this.scheduler.arrived(departure);
			const methods = departure.tickets.flatMap((ticket) => ticket.methods);
			if (answers.flat().every((outcome) => outcome.ok || outcome.failure.status > 0)) this.times.learn(methods, now - sent);
			for (const [index, ticket] of departure.tickets.entries()) {
				this.end(ticket, (answers[index] ?? []).map((outcome) => withPending(outcome, departure.expected, now - sent)));
			}
		}
		this.awake();
	}

	/** A ticket has left in vain and waits again, unless its execution was stopped meanwhile. */
	private comeBack(ticket: Ticket | undefined, traveller: Traveller, now: number): void {
		traveller.isUnderWay = false;
		this.hold(traveller, now);
		if (ticket && traveller.sender.stop?.isStopped) this.cancel(ticket);
	}

	/** One request. @returns the outcomes by traveller, or that the portal's bucket was full, so that nothing ran */
	private async exchange(travellers: Traveller[]): Promise<Outcome<unknown>[][] | 'full'> {
		const [first] = travellers;
		if (!first) return [];
		if (first.errand.perform) {
			const outcome = await first.errand.perform();
			return isFull(outcome) ? 'full' : [[outcome]];
		}
		const groups = travellers.map(({ errand }) => errand.commands);
		const [[only] = [], ...others] = groups;
		const isPlain = others.length === 0 && groups[0]?.length === 1 && only !== undefined;
		return isPlain ? await this.exchangeOne(first, only) : await this.exchangeMany(first, groups);
	}

	private async exchangeOne({ sender }: Traveller, { method, parameters }: Command): Promise<Outcome<unknown>[][] | 'full'> {
		const answer = await post(sender.transport, method, parameters);
		if (isFull(answer)) return 'full';
		const outcome = answer.ok ? success(answer.value.result) : answer;
		return [[this.mindLimits(sender.transport.lane, method, outcome, answer.ok ? answer.value.time : undefined)]];
	}

	private async exchangeMany({ sender }: Traveller, groups: (readonly Command[])[]): Promise<Outcome<unknown>[][] | 'full'> {
		const { lane } = sender.transport;
		const answer = await post(sender.transport, 'batch', batchParameters(groups));
		if (isFull(answer)) return 'full';
		if (!answer.ok) return groups.map((group) => group.map(({ method }) => failed({ ...answer.failure, method })));
		return readBatch(groups, answer.value.result).map((group, index) =>
			group.map(({ outcome, time }, position) => this.mindLimits(lane, groups[index]?.[position]?.method ?? '', outcome, time)),
		);
	}

	/** Notes when used time is forgotten; a method that has used up its time waits until then. */
	private mindLimits(lane: string, method: string, outcome: Outcome<unknown>, time: unknown): Outcome<unknown> {
		const key = `${lane} ${method}`;
		const now = this.now();
		const { operating_reset_at: resetAt, finish } = isRecord(time) ? time : {};
		// The portal's clock may differ from ours, so only the difference counts.
		if (typeof resetAt === 'number' && typeof finish === 'number') this.resets.set(key, now + Math.max(0, resetAt - finish) * 1000);
		if (outcome.ok || outcome.failure.code !== OPERATING_CODE) return outcome;
		const known = this.resets.get(key) ?? 0;
		const retryAt = known > now ? known : now + SLOT;
		this.scheduler.block(lane, method, retryAt);
		return failed({ ...outcome.failure, retryAt });
	}

	private everyFailure({ commands, perform }: Errand, failure: Omit<Failure, 'method'>): Outcome<unknown>[] {
		const methods = perform ? commands.slice(0, 1) : commands;
		return methods.map(({ method }) => failed({ ...failure, method }));
	}
}

const CANCELLED = { kind: 'cancelled', status: 0, code: '', text: 'The execution was stopped before this was sent' } as const;
const FULL = { kind: 'limited', status: 503, code: BURST_CODE, text: 'The portal takes no more requests for now', isGivenUp: true } as const;
const USED_UP = { kind: 'limited', status: 429, code: OPERATING_CODE, text: 'The method has used up its time of the last ten minutes' } as const;

function toTicket({ transport, run, isLive }: Sender, { commands, ahead = [], keys = [], perform }: Errand): Ticket {
	const isAlone = perform !== undefined || commands.some(looksLikeReference);
	return { lane: transport.lane, run, isLive, methods: commands.map(({ method }) => method), ahead, keys, isAlone };
}

function isFull(outcome: Outcome<unknown>): boolean {
	return !outcome.ok && outcome.failure.code === BURST_CODE;
}

/**
 * How long the portal may go on with a request whose answer was lost: PHP does not notice that nobody listens any more.
 * Most likely no longer than twice the expected time, and never past the portal's own limit.
 */
function withPending(outcome: Outcome<unknown>, expected: number, elapsed: number): Outcome<unknown> {
	if (outcome.ok || outcome.failure.kind !== 'unknown' || outcome.failure.isOdd) return outcome;
	const pendingAtMost = Math.max(0, LONGEST_RUN - elapsed);
	const pending = Math.min(Math.max(0, 2 * expected - elapsed), pendingAtMost);
	return failed({ ...outcome.failure, pending, pendingAtMost });
}
