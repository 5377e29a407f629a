import { RunTimes } from '../../bitrix24/dispatch/runTimes';
import { Scheduler, type Departure } from '../../bitrix24/dispatch/scheduler';
import type { Ticket } from '../../bitrix24/dispatch/queue';
import type { LoadCall, PortalModel } from './bound';

/** One call of a load, and whose it is. */
export interface SimulatedCall extends LoadCall {
	run: string;
	isLive: boolean;
	lane?: string;
	keys?: readonly string[];
}

/** What became of a call. */
export interface Answered {
	call: SimulatedCall;
	/** Milliseconds from the beginning. */
	sent: number;
	answered: number;
	/** Order in which the portal ran it. */
	position: number;
}

/** What came of a load. */
export interface Simulated {
	answered: Answered[];
	/** Milliseconds from the beginning until the last answer. */
	end: number;
	requests: number;
	/** Requests that the portal refused because its bucket was full. */
	refused: number;
	/** Expected milliseconds of the longest request. */
	longest: number;
}

/** The portal's own bucket: requests that come too soon are refused and not counted. */
class ModelBucket {
	private level = 0;
	private at = 0;

	constructor(private readonly limit: PortalModel['limit']) {}

	take(now: number): boolean {
		this.level = Math.max(0, this.level - ((now - this.at) / 1000) * this.limit.perSecond);
		this.at = now;
		// A hair's breadth for rounding.
		if (this.level + 1 > this.limit.burst + 1e-3) return false;
		this.level += 1;
		return true;
	}
}

/** Things that happen, the earliest first. */
class Agenda {
	private readonly things: { at: number; happen: () => void }[] = [];

	add(at: number, happen: () => void): void {
		let [low, high] = [0, this.things.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			// What comes later stands before; of one instant, what was added later.
			if ((this.things[middle]?.at ?? 0) > at) low = middle + 1;
			else high = middle;
		}
		this.things.splice(low, 0, { at, happen });
	}

	next(): { at: number; happen: () => void } | undefined {
		return this.things.pop();
	}
}

/**
 * Runs the scheduler through a load on a model of the portal, without a clock.
 *
 * @param strangers requests of other programs on the same server, which fill the same bucket: milliseconds at which
 * they come.
 * @throws Error when the schedule comes to a standstill before every call is answered.
 */
export function simulate(
	load: readonly SimulatedCall[],
	model: PortalModel,
	random: () => number,
	strangers: readonly number[] = [],
): Simulated {
	const scheduler = new Scheduler(model.limit, knownTimes(load), random);
	const bucket = new ModelBucket(model.limit);
	const agenda = new Agenda();
	const callOf = new Map<Ticket, SimulatedCall>();
	const result: Simulated = { answered: [], end: 0, requests: 0, refused: 0, longest: 0 };
	let wakeAt = Infinity;

	const ask = (now: number): void => {
		const decision = scheduler.next(now);
		for (const departure of decision.departures) send(departure, now);
		if (decision.wakeAt === undefined || (decision.wakeAt >= wakeAt && wakeAt > now)) return;
		wakeAt = Math.max(decision.wakeAt, now + 0.01);
		const mine = wakeAt;
		agenda.add(mine, () => {
			if (wakeAt === mine) wakeAt = Infinity;
			ask(mine);
		});
	};
	const send = (departure: Departure, now: number): void => {
		result.requests += 1;
		if (!bucket.take(now)) {
			result.refused += 1;
			agenda.add(now + 1, () => {
				scheduler.refused(departure, now + 1);
				ask(now + 1);
			});
			return;
		}
		const calls = departure.tickets.map((ticket) => callOf.get(ticket)).filter((call) => call !== undefined);
		const end = now + calls.reduce((sum, { duration }) => sum + duration, 0);
		result.longest = Math.max(result.longest, departure.expected);
		agenda.add(end, () => {
			for (const call of calls)
				result.answered.push({ call, sent: now, answered: end, position: result.answered.length });
			result.end = end;
			scheduler.arrived(departure);
			ask(end);
		});
	};
	for (const at of strangers) agenda.add(at, () => void bucket.take(at));
	for (const at of new Set(load.map(({ release }) => release))) {
		agenda.add(at, () => {
			for (const call of load.filter(({ release }) => release === at)) {
				const ticket = toTicket(call);
				callOf.set(ticket, call);
				scheduler.add(ticket, at);
			}
			ask(at);
		});
	}
	for (let thing = agenda.next(); thing; thing = agenda.next()) thing.happen();
	if (result.answered.length !== load.length)
		throw new Error(`Standstill: ${result.answered.length} of ${load.length} calls were answered`);
	return result;
}

function toTicket({ lane = 'lane', run, isLive, method, keys = [] }: SimulatedCall): Ticket {
	return { lane, run, isLive, methods: [method], ahead: [], isAlone: false, keys };
}

/** A scheduler that has learned the middle of what each method takes. */
function knownTimes(load: readonly LoadCall[]): RunTimes {
	const times = new RunTimes();
	for (const method of new Set(load.map((call) => call.method))) {
		const durations = load.filter((call) => call.method === method).map(({ duration }) => duration);
		const mean = durations.reduce((sum, duration) => sum + duration, 0) / durations.length;
		for (let round = 0; round < 30; round += 1) times.learn([method], mean);
	}
	return times;
}
