import type { RequestLimit } from '../../bitrix24/dispatch/bucket';

/** One call of a load. */
export interface LoadCall {
	/** Milliseconds from the beginning at which somebody wants it. */
	release: number;
	method: string;
	/** Milliseconds that it takes the portal. */
	duration: number;
}

/** What a portal allows; the model of it that bounds and simulation share. */
export interface PortalModel {
	limit: RequestLimit;
	/** Milliseconds that one request may run: 60 s at the portal, 20 s by our own rule. */
	longest: number;
	/** Commands that one request holds. */
	commands: number;
	/** Milliseconds of work that one method may have in ten minutes; infinite to leave it out. */
	operating: number;
}

/**
 * Ten slots of a minute: the first used minute is forgotten after nine to ten (rest/lib/engine/access/loadlimiter.php).
 */
const FORGETTING = 9 * 60_000;

/**
 * A time before which no client whatsoever can have all calls of a load answered, from first principles: a request that
 * leaves at s and is back at T has worked for T - s at most, one call after the other, and no longer than it may; by s
 * no more than the burst and what has leaked since can have left. The true optimum may lie later.
 *
 * @returns milliseconds from the beginning.
 */
export function lowerBound(load: readonly LoadCall[], model: PortalModel): number {
	const alone = Math.max(0, ...load.map(({ release, duration }) => release + duration));
	const releases = [...new Set(load.map(({ release }) => release))].sort((one, other) => one - other);
	// Twenty instants are enough: each gives a bound that holds.
	const instants = releases.filter((_, index) => index % Math.ceil(releases.length / 20) === 0);
	const parts = instants.map(
		(instant) =>
			instant +
			together(
				load.filter(({ release }) => release >= instant),
				model,
			),
	);
	return Math.max(alone, ...parts, byOperatingTime(load, model));
}

/** Bound for calls that are all there at the beginning. */
function together(load: readonly LoadCall[], model: PortalModel): number {
	const durations = load.map(({ duration }) => duration);
	const all = {
		work: durations.reduce((sum, duration) => sum + duration, 0),
		count: load.length,
		shortest: Math.min(...durations),
	};
	let [low, high] = [0, all.work];
	while (high - low > 1) {
		const middle = (low + high) / 2;
		if (canBeOver(middle, all, model)) high = middle;
		else low = middle;
	}
	return low;
}

/** What there is to do. */
interface Work {
	/** Milliseconds, all calls together. */
	work: number;
	count: number;
	/** Milliseconds of the shortest call. */
	shortest: number;
}

/** Two conditions that any schedule must meet: enough room for the work, and for the number of calls. */
function canBeOver(end: number, { work, count, shortest }: Work, { limit, longest, commands }: PortalModel): boolean {
	const interval = 1000 / limit.perSecond;
	for (let request = 0; work > 0 || count > 0; request += 1) {
		const room = Math.min(longest, end - Math.max(0, request - limit.burst + 1) * interval);
		if (room < shortest) return work <= 1e-6 && count <= 0;
		work -= room;
		count -= Math.min(commands, Math.floor(room / shortest + 1e-9));
	}
	return true;
}

/**
 * Calls that run at the moment when the time is used up still end: taken as one in each request of a burst, every time.
 */
function byOperatingTime(load: readonly LoadCall[], { operating, limit }: PortalModel): number {
	const methods = new Set(load.map(({ method }) => method));
	const bounds = [...methods].map((method) => {
		const durations = load.filter((call) => call.method === method).map(({ duration }) => duration);
		const work = durations.reduce((sum, duration) => sum + duration, 0);
		return Math.max(0, Math.ceil(work / (operating + limit.burst * Math.max(...durations))) - 1) * FORGETTING;
	});
	return Math.max(0, ...bounds);
}
