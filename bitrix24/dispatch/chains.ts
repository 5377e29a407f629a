import { BATCH_LIMIT } from '../plan';
import { fill, type Parcel } from './packing';
import type { Ticket } from './queue';

/** No request shall take longer, milliseconds: a portal ends one after 60 s with an unknown outcome for all in it. */
export const LONGEST_REQUEST = 20_000;

/** A parcel of tickets that must stay in order, because they act on the same thing. */
export interface Chain extends Parcel {
	lane: string;
	tickets: Ticket[];
	isAlone: boolean;
}

/** Whether a ticket can travel behind the others of a chain. */
export function joins(chain: Chain, ticket: Ticket, parcel: Parcel): boolean {
	const isSameRequest = chain.lane === ticket.lane && !chain.isAlone && !ticket.isAlone;
	return isSameRequest && chain.commands + parcel.commands <= BATCH_LIMIT && chain.duration + parcel.duration <= LONGEST_REQUEST;
}

/** Milliseconds, all together. */
export function workOf(chains: readonly Chain[]): number {
	return chains.reduce((sum, { duration }) => sum + duration, 0);
}

/** Chains by the credential that they belong to. */
export function byLane(chains: Chain[]): Chain[][] {
	const lanes = new Map<string, Chain[]>();
	for (const chain of chains) {
		const lane = lanes.get(chain.lane);
		if (lane) lane.push(chain);
		else lanes.set(chain.lane, [chain]);
	}
	return [...lanes.values()];
}

/** Fills requests with the chains of one credential; what travels alone comes last. See {@link fill}. */
export function fillLane(chains: Chain[], length: number, spread: number): Chain[][] {
	const alone = chains.filter(({ isAlone }) => isAlone);
	const others = chains.filter((chain) => !chain.isAlone);
	return [...fill(others, length, BATCH_LIMIT, spread - alone.length), ...alone.map((chain) => [chain])];
}
