/** What is to be packed: something that takes time and a number of commands. */
export interface Parcel {
	/** Expected milliseconds. */
	duration: number;
	commands: number;
}

/** What the portal and we ourselves allow. */
export interface Room {
	/** Requests that may go now, one at least. */
	now: number;
	/** Milliseconds between further requests. */
	interval: number;
	/** Milliseconds that one request should take at most. */
	longest: number;
	/** Commands that one request may hold. */
	commands: number;
}

/** Steps in which the best length is searched: the remaining error is a thousandth. */
const STEPS = 12;

/**
 * Finds how long requests should run so that everything is over soonest: short ones would use up the burst and leave
 * the rest to wait, long ones would make the first wait for the last.
 *
 * @param parcels what waits, in order.
 * @param later milliseconds of work that will come on top.
 * @returns milliseconds, at most `room.longest`.
 */
export function bestLength(parcels: readonly Parcel[], later: number, room: Room): number {
	if (!fitsWithin(room.longest, parcels, later, room)) return room.longest;
	let short = Math.max(...parcels.map(({ duration }) => duration), 0);
	if (fitsWithin(short, parcels, later, room)) return short;
	let long = room.longest;
	for (let step = 0; step < STEPS; step += 1) {
		const middle = (short + long) / 2;
		if (fitsWithin(middle, parcels, later, room)) long = middle;
		else short = middle;
	}
	return long;
}

/**
 * Whether everything can be over within so many milliseconds, by requests that start now and further ones that follow.
 */
function fitsWithin(end: number, parcels: readonly Parcel[], later: number, room: Room): boolean {
	let request = 0;
	let [left, commands] = [end, room.commands];
	const next = (): boolean => {
		request += 1;
		left = end - Math.max(0, request - room.now + 1) * room.interval;
		commands = room.commands;
		return left > 0;
	};
	for (const parcel of parcels) {
		while (parcel.duration > left + 1e-9 || parcel.commands > commands) if (!next()) return false;
		left -= parcel.duration;
		commands -= parcel.commands;
	}
	let rest = later - Math.max(0, left);
	while (rest > 0) {
		if (!next()) return false;
		rest -= left;
	}
	return true;
}

/**
 * Fills requests with parcels in order.
 *
 * @param length milliseconds that a request may run; a parcel that is longer travels alone.
 * @param spread as many requests as there should be, filled evenly; without it each is filled up.
 * @returns the requests.
 */
export function fill<One extends Parcel>(
	parcels: readonly One[],
	length: number,
	commands: number,
	spread = 0,
): One[][] {
	let total = parcels.reduce((sum, { duration }) => sum + duration, 0);
	const requests: One[][] = [];
	let [left, room] = [0, 0];
	for (const parcel of parcels) {
		const last = requests.at(-1);
		if (last && parcel.duration <= left + 1e-9 && parcel.commands <= room) {
			last.push(parcel);
		} else {
			requests.push([parcel]);
			const share = requests.length <= spread ? total / (spread - requests.length + 1) : Infinity;
			// Half a parcel more or less is the nearest that one can come to an even share.
			left = Math.min(length, share + parcel.duration / 2);
			room = commands;
		}
		left -= parcel.duration;
		room -= parcel.commands;
		total -= parcel.duration;
	}
	return requests;
}
