import type { Claimed } from './plan';

interface Waiting {
	owner: object;
	grant: (claimed: Claimed) => void;
}

interface Held {
	owner: object;
	/** Set when what the key stands for is done. */
	done?: { word: unknown };
	waiting: Waiting[];
}

/** Things left open are remembered until they are done, up to this number; the oldest are forgotten first. */
const REMEMBERED = 10_000;

/**
 * Keeps two items of a process from doing the same thing: whoever claims a key first goes on, whoever claims it later
 * waits and is given the word of the first, or goes on when that one failed.
 */
export class Claims {
	private readonly held = new Map<string, Held>();
	private readonly keysOf = new Map<object, Set<string>>();
	private readonly left = new Map<string, unknown>();

	/**
	 * Claims a key for an owner. Resolves when it is theirs, when somebody has done what it stands for, or at their
	 * release.
	 */
	async take(key: string, owner: object): Promise<Claimed> {
		const keys = this.keysOf.get(owner) ?? new Set();
		this.keysOf.set(owner, keys.add(key));
		const held = this.held.get(key);
		if (held) return await new Promise((grant) => held.waiting.push({ owner, grant }));
		this.held.set(key, { owner, waiting: [] });
		return { isMine: true, left: this.left.get(key) };
	}

	/** What the key stands for is done: all who wait are told so when the owner lets go. */
	settle(key: string, owner: object, word: unknown): void {
		const held = this.held.get(key);
		if (held?.owner === owner) held.done = { word };
	}

	/** Ends an owner's waiting. What it holds stays held until it lets go: its last call may still be under way. */
	withdraw(owner: object): void {
		for (const key of this.keysOf.get(owner) ?? []) {
			const held = this.held.get(key);
			if (held && held.owner !== owner) refuse(held, owner);
		}
	}

	/**
	 * Lets go of everything that an owner holds or waits for.
	 *
	 * @param left what the owner leaves open, for whoever takes it up; undefined for nothing.
	 */
	release(owner: object, left?: unknown): void {
		for (const key of this.keysOf.get(owner) ?? []) {
			const held = this.held.get(key);
			if (held?.owner === owner) this.passOn(key, held, left);
			else if (held) refuse(held, owner);
		}
		this.keysOf.delete(owner);
	}

	private passOn(key: string, { done, waiting }: Held, left: unknown): void {
		if (done || left !== undefined) this.remember(key, done ? undefined : left);
		const [next, ...others] = waiting;
		this.held.delete(key);
		if (done) {
			for (const { grant } of waiting) grant({ isMine: false, done: done.word });
		} else if (next) {
			this.held.set(key, { owner: next.owner, waiting: others });
			next.grant({ isMine: true, left: this.left.get(key) });
		}
	}

	private remember(key: string, left: unknown): void {
		this.left.delete(key);
		if (left === undefined) return;
		this.left.set(key, left);
		const [oldest] = this.left.keys();
		if (this.left.size > REMEMBERED && oldest !== undefined) this.left.delete(oldest);
	}
}

function refuse(held: Held, owner: object): void {
	for (const { grant } of held.waiting.filter((one) => one.owner === owner)) grant({ isMine: false, done: undefined });
	held.waiting = held.waiting.filter((one) => one.owner !== owner);
}
