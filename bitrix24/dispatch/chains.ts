import { BATCH_LIMIT } from '../plan';
import { fill, type Parcel } from './packing';
import type { Ticket } from './queue';

/**
 * No request shall take longer, milliseconds: a portal ends one after 60 s, and nobody knows then what of it was
 * carried out.
 */
export const LONGEST_REQUEST = 20_000;

/** A parcel of tickets that must stay in order, because they act on the same thing. */
export interface Chain extends Parcel {
	lane: string;
	tickets: Ticket[];
	isAlone: boolean;
}

/** Makes chains: tickets that act on the same thing stay together, and one that has to wait keeps those behind it. */
export class ChainBuilder {
	readonly chains: Chain[] = [];
	private readonly chainOf = new Map<string, Chain>();
	private readonly held = new Set<string>();

	/** A ticket may go: alone, or behind its fellows when that fits into one request. Else it has to wait. */
	add(ticket: Ticket, parcel: Parcel): void {
		const fellows = new Set(ticket.keys.map((key) => this.chainOf.get(key)).filter((chain) => chain !== undefined));
		const [fellow] = fellows;
		if (!fellow) {
			const chain = { ...parcel, lane: ticket.lane, tickets: [ticket], isAlone: ticket.isAlone };
			this.chains.push(chain);
			this.lead(ticket, chain);
		} else if (fellows.size === 1 && joins(fellow, ticket, parcel)) {
			fellow.tickets.push(ticket);
			fellow.duration += parcel.duration;
			fellow.commands += parcel.commands;
			this.lead(ticket, fellow);
		} else {
			this.hold(ticket);
		}
	}

	/** A ticket has to wait. */
	hold({ keys }: Ticket): void {
		for (const key of keys) this.held.add(key);
	}

	/** Whether a ticket stands behind one that has to wait. */
	isHeld({ keys }: Ticket): boolean {
		return keys.some((key) => this.held.has(key));
	}

	private lead({ keys }: Ticket, chain: Chain): void {
		for (const key of keys) this.chainOf.set(key, chain);
	}
}

/** Whether a ticket can travel behind the others of a chain. */
function joins(chain: Chain, ticket: Ticket, parcel: Parcel): boolean {
	const isSameRequest = chain.lane === ticket.lane && !chain.isAlone && !ticket.isAlone;
	return (
		isSameRequest &&
		chain.commands + parcel.commands <= BATCH_LIMIT &&
		chain.duration + parcel.duration <= LONGEST_REQUEST
	);
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
