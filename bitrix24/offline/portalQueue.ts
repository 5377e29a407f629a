import type { Answer, Failure } from '../failure';
import {
	canReserve,
	confirm,
	reserved,
	takeQueued,
	takeReserved,
	waiting,
	type QueuedEvent,
	type Taken,
} from '../methods/offline';
import type { Call } from '../plan';

/** The part of the portal client that fetching needs. */
export interface Asking {
	ask: <Result>(call: Call<Result>) => Promise<Answer<Result>>;
}

/** A portal that did not give what it was asked for. */
export class Trouble extends Error {
	constructor(readonly failure: Failure) {
		super(failure.text);
	}
}

/**
 * The queue that the portal keeps for an application, as one process sees it: what it may hold that nobody works on,
 * and whether events can be reserved there. Every method throws {@link Trouble} when the portal does not answer as it
 * should.
 */
export class PortalQueue {
	private reserves: boolean | undefined;
	private mayBeLeftOver = true;

	/** There may be events that are reserved, and that nobody works on. */
	suspect(): void {
		this.mayBeLeftOver = true;
	}

	/** The first events that nobody has taken. */
	async waiting(portal: Asking): Promise<QueuedEvent[]> {
		return await answer(portal, waiting);
	}

	/** Removes events that nobody needs any more. */
	async drop(portal: Asking, events: readonly QueuedEvent[]): Promise<void> {
		if (events.length > 0) await answer(portal, takeQueued({ ID: events.map(({ id }) => id) }, false));
	}

	/** Takes events. When the answer is lost, they may be reserved, and are looked for. */
	async take(portal: Asking, filter: Parameters<typeof takeQueued>[0]): Promise<Taken> {
		this.reserves ??= await mayReserve(portal);
		const taken = await portal.ask(takeQueued(filter, this.reserves));
		if (taken.ok) return taken.value;
		this.mayBeLeftOver = true;
		// How a plan without reserving refuses it is not known (contract data, event.offline.get), so it is tried without.
		if (taken.failure.kind === 'refused') this.reserves = false;
		throw new Trouble(taken.failure);
	}

	/**
	 * Takes what was reserved and not confirmed, by a process that is gone or with an answer that was lost.
	 *
	 * @param isHeld tells what this process works on.
	 */
	async takeLeftOver(portal: Asking, isHeld: (processId: string) => boolean): Promise<Taken[]> {
		this.reserves ??= await mayReserve(portal);
		if (!this.mayBeLeftOver || !this.reserves) return [];
		const left = new Set(
			(await answer(portal, reserved)).map(({ processId }) => processId).filter((processId) => !isHeld(processId)),
		);
		const taken: Taken[] = [];
		for (const processId of left) taken.push({ ...(await answer(portal, takeReserved(processId))), processId });
		this.mayBeLeftOver = false;
		return taken;
	}

	/** Confirms the events that are done with. What is not confirmed is taken again. Never throws. */
	async confirm(portal: Asking, { processId, events }: Taken, done: readonly QueuedEvent[]): Promise<void> {
		const confirmed = processId && done.length > 0 ? await portal.ask(confirm(processId, done)) : undefined;
		if (done.length < events.length || confirmed?.ok === false) this.mayBeLeftOver = true;
	}
}

/** A portal that does not know the question is taken for one that cannot. */
async function mayReserve(portal: Asking): Promise<boolean> {
	const answer = await portal.ask(canReserve);
	if (answer.ok) return answer.value;
	if (answer.failure.kind === 'refused') return false;
	throw new Trouble(answer.failure);
}

async function answer<Result>(portal: Asking, call: Call<Result>): Promise<Result> {
	const answer = await portal.ask(call);
	if (answer.ok) return answer.value;
	throw new Trouble(answer.failure);
}
