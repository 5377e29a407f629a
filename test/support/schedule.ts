import { TROUBLES, type Blow, type Trouble } from './trouble';

/** Chance that can be repeated (mulberry32). @returns from 0 to below 1 */
export type Random = () => number;

/** The same numbers for the same seed. */
export function randomOf(seed: number): Random {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** One of a list. */
export function pick<One>(random: Random, list: readonly One[]): One {
	const one = list[Math.floor(random() * list.length)];
	if (one === undefined) throw new RangeError('Nothing to pick from');
	return one;
}

/** A whole number from and to. */
export function between(random: Random, from: number, to: number): number {
	return from + Math.floor(random() * (to - from + 1));
}

const METHODS = [
	'telephony.externalCall.register',
	'telephony.externalCall.finish',
	'telephony.externalCall.show',
	'telephony.externalCall.hide',
	'voximplant.statistic.get',
	'telephony.externalCall.attachRecord',
	'telephony.call.attachTranscription',
	'user.get',
];

/** Requests on which blows may fall. */
const REQUESTS = 24;

/** A lost request may be worked on for so many seconds; the portal's own limit is 60. */
const LONGEST = 55;

/** What a kill ends can strike once; what comes after it strikes whoever goes on. */
const KILLS: readonly Trouble[] = ['killRun', 'killProcess'];

/** A schedule of trouble: from a single blow to one on two requests of three. At most one of them kills. */
export function scheduleOf(random: Random, troubles: readonly Trouble[] = TROUBLES): Blow[] {
	const density = pick(random, [0.05, 0.15, 0.35, 0.65]);
	const blows: Blow[] = [];
	let kills = 1;
	for (let request = 0; request < REQUESTS; request += 1) {
		if (random() > density && !(request === 0 && random() < 0.5)) continue;
		const trouble = pick(random, troubles);
		if (KILLS.includes(trouble) && kills-- <= 0) continue;
		blows.push({ request, trouble, seconds: between(random, 1, LONGEST), method: pick(random, METHODS) });
	}
	return blows;
}

/** A schedule in one line, for whoever looks for the cause of a failure. */
export function inWords(blows: readonly Blow[]): string {
	return blows
		.map(({ request, trouble, seconds, method }) => `${request} ${trouble} ${seconds} s ${method}`)
		.join(', ');
}
