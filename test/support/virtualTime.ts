/** More waits than any test needs. Who waits for ever would go on behind the back of a test that has failed. */
const MOST_WAITS = 100_000;

/** Time that passes only when everybody waits: hours go by in milliseconds. */
export class VirtualTime {
	private current: number;
	private readonly sleepers: { at: number; order: number; wake: () => void }[] = [];
	private count = 0;

	/** @param start milliseconds since 1970 */
	constructor(start = Date.parse('2026-03-01T09:00:00Z')) {
		this.current = start;
	}

	readonly now = (): number => this.current;

	readonly sleep = async (milliseconds: number): Promise<void> => {
		await new Promise<void>((wake) => {
			this.sleepers.push({ at: this.current + milliseconds, order: this.count++, wake });
			this.sleepers.sort((one, other) => one.at - other.at || one.order - other.order);
		});
	};

	/**
	 * Lets time pass until the work is done.
	 * @throws Error when everybody waits for something that never comes, or waits without end
	 */
	async until<Result>(work: Promise<Result>): Promise<Result> {
		let isDone = false;
		const ended = work.finally(() => {
			isDone = true;
		});
		// Whoever awaits the result sees the failure; here it only ends the loop.
		ended.catch(() => undefined);
		for (let waits = 0; waits < MOST_WAITS; waits += 1) {
			await settle();
			if (isDone) return await ended;
			const next = this.sleepers.shift();
			if (!next) throw new Error('Nobody sleeps, and the work is not done');
			this.current = Math.max(this.current, next.at);
			next.wake();
		}
		throw new Error('The work waits without end');
	}
}

/** Lets everything run that does not wait for time. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
