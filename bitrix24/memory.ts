/** Something that a process knows of a portal. */
export interface Recalled {
	value: unknown;
	/** Milliseconds since it was learned. */
	age: number;
}

/** Things remembered; the oldest are forgotten first. */
const MANY = 10_000;

/** What a process remembers of one portal, for the time when that does not answer. It is gone when the process ends. */
export class Memory {
	private readonly known = new Map<string, { value: unknown; at: number }>();

	/** @param now milliseconds by a clock that never runs backwards */
	constructor(private readonly now: () => number) {}

	/** Remembers in place of what was known. */
	keep(key: string, value: unknown): void {
		this.known.delete(key);
		this.known.set(key, { value, at: this.now() });
		const [oldest] = this.known.keys();
		if (this.known.size > MANY && oldest !== undefined) this.known.delete(oldest);
	}

	/** @returns undefined when nothing is known */
	recall(key: string): Recalled | undefined {
		const one = this.known.get(key);
		return one && { value: one.value, age: this.now() - one.at };
	}
}
