import type { PortalModel } from '../../../../bench/model/bound';
import type { SimulatedCall } from '../../../../bench/model/simulation';
import { STANDARD_LIMIT } from '../../../../bitrix24/dispatch/bucket';
import { LONGEST_REQUEST } from '../../../../bitrix24/dispatch/chains';
import type { Ticket } from '../../../../bitrix24/dispatch/queue';
import { RunTimes } from '../../../../bitrix24/dispatch/runTimes';
import { Scheduler, type Departure } from '../../../../bitrix24/dispatch/scheduler';

/** Takes 1860 ms at first guess. */
export const FINISH = 'telephony.externalCall.finish';
/** Takes 750 ms at first guess. */
export const SHOW = 'telephony.externalCall.show';
/** A time at which nothing has happened yet. */
export const START = 1_000_000;

/** A ticket of an import with one finish, unless something else is said. */
export function ticket(change: Partial<Ticket> = {}): Ticket {
	return { lane: 'lane', run: 'run', isLive: false, methods: [FINISH], ahead: [], isAlone: false, keys: [], ...change };
}

export const tickets = (count: number, change: (index: number) => Partial<Ticket> = () => ({})): Ticket[] =>
	Array.from({ length: count }, (_, index) => ticket(change(index)));

/**
 * A scheduler whose bucket has room for some requests.
 *
 * @param chance what chance gives, from 0 to below 1.
 */
export function scheduler(room = 50, chance = 0.5) {
	const one = new Scheduler(STANDARD_LIMIT, new RunTimes(), () => chance);
	for (let request = room; request < 50; request += 1) one.bucket.take(START);
	const add = (list: Ticket[], now = START): void => {
		for (const each of list) one.add(each, now);
	};
	return { scheduler: one, add, leave: (now = START): readonly Departure[] => one.next(now).departures };
}

/** How many tickets each request carries. */
export const loads = (departures: readonly Departure[]): number[] =>
	departures.map((departure) => departure.tickets.length);
/** What left, in order. */
export const gone = (departures: readonly Departure[]): Ticket[] =>
	departures.flatMap((departure) => departure.tickets);

/** The portal as it is documented, without a limit of used time. */
export const MODEL: PortalModel = {
	limit: { burst: 50, perSecond: 2 },
	longest: LONGEST_REQUEST,
	commands: 50,
	operating: Infinity,
};
/** No chance at all. */
export const still = (): number => 0.5;

/** A load of executions with one call each, at once, unless something else is said. */
export const calls = (count: number, change: (index: number) => Partial<SimulatedCall> = () => ({})): SimulatedCall[] =>
	Array.from({ length: count }, (_, index) => ({
		release: 0,
		method: 'm',
		duration: 700,
		run: `e${index}`,
		isLive: true,
		...change(index),
	}));
