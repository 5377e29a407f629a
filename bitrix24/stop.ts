/**
 * Ends what waits. As an AbortController, but for any number of listeners: Node warns of a leak at the eleventh, and a
 * run has one for each of its items.
 */
export class Stop {
	private readonly listeners = new Set<() => void>();
	private hasStopped = false;

	/** Whether it has been stopped. */
	get isStopped(): boolean {
		return this.hasStopped;
	}

	/** Calls back when it is stopped. @returns what takes the listener back */
	onStop(listener: () => void): () => void {
		this.listeners.add(listener);
		return () => void this.listeners.delete(listener);
	}

	/** Stops, once. */
	stop(): void {
		if (this.hasStopped) return;
		this.hasStopped = true;
		for (const listener of [...this.listeners]) listener();
		this.listeners.clear();
	}
}
