import type { Ticket } from './queue';

/** Methods that have used up their time, by lane: the portal counts by credential. */
export class Blocked {
	private readonly times = new Map<string, number>();

	/** A method of a lane has used up its time. @param until milliseconds */
	add(lane: string, method: string, until: number): void {
		this.times.set(keyOf(lane, method), until);
	}

	/** Whether some method is blocked. @param now milliseconds */
	hasSome(now: number): boolean {
		for (const [key, until] of this.times) if (until <= now) this.times.delete(key);
		return this.times.size > 0;
	}

	/** Until when a ticket cannot leave because of one of its methods, milliseconds; 0 when it can. */
	until({ lane, methods }: Ticket): number {
		return Math.max(0, ...methods.map((method) => this.times.get(keyOf(lane, method)) ?? 0));
	}
}

function keyOf(lane: string, method: string): string {
	return `${lane} ${method.toLowerCase()}`;
}
