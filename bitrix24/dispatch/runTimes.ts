/**
 * Milliseconds that methods take, before anything is learned: middle of what the `time` blocks of the documentation's
 * examples show (contract data, `examples`).
 */
const FIRST_GUESS: Record<string, number> = {
	'telephony.externalcall.register': 670,
	'telephony.externalcall.finish': 1860,
	'telephony.externalcall.show': 750,
	'telephony.externalcall.hide': 460,
	'telephony.externalcall.attachrecord': 1400,
	'telephony.call.attachtranscription': 320,
	'telephony.externalcall.searchcrmentities': 180,
	'voximplant.statistic.get': 230,
	'voximplant.callback.start': 750,
	'voximplant.infocall.startwithtext': 750,
	'voximplant.infocall.startwithsound': 750,
};

/** Everything else is a quick look-up. */
const USUAL = 60;

/** How much of a surprise is believed at once. */
const TRUST = 0.25;

/** One request may run 60 s (contract data, limits). */
const LONGEST = 60_000;
const SHORTEST = 1;

/**
 * What methods take on this portal, learned from how long requests took. The portal's own `time` blocks are not used:
 * their start is a whole number lately, so they are up to a second off (SERVER, answers).
 */
export class RunTimes {
	private readonly learned = new Map<string, number>();

	/** Milliseconds that a method will take. */
	of(method: string): number {
		const name = method.toLowerCase();
		return this.learned.get(name) ?? FIRST_GUESS[name] ?? USUAL;
	}

	/** Milliseconds that commands will take, one after the other as the portal runs them. */
	sum(methods: readonly string[]): number {
		return methods.reduce((total, method) => total + this.of(method), 0);
	}

	/**
	 * Learns from a request that was answered.
	 *
	 * @param methods its commands.
	 * @param milliseconds from sending to the answer.
	 */
	learn(methods: readonly string[], milliseconds: number): void {
		const expected = this.sum(methods);
		if (expected <= 0 || !(milliseconds >= 0)) return;
		const factor = (Math.max(milliseconds, SHORTEST) / expected) ** TRUST;
		for (const name of new Set(methods.map((method) => method.toLowerCase()))) {
			this.learned.set(name, Math.min(LONGEST, Math.max(SHORTEST, this.of(name) * factor)));
		}
	}
}
