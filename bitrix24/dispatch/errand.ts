import { looksLikeReference } from '../batch';
import type { Transport } from '../http';
import type { Stop } from '../stop';
import type { Load } from './exchange';
import type { Ticket } from './queue';

/** Who sends, and how long a limit of the portal may hold it up. */
export interface Sender {
	transport: Transport;
	/** The execution, for fairness. */
	run: string;
	/** Whether somebody waits for this on the phone. */
	isLive: boolean;
	/** Milliseconds that a limit of the portal may hold a call up. */
	maximumWait: number;
	/**
	 * Ends the waiting; a request under way is not touched, for others may travel in it, and somebody must know its
	 * answer.
	 */
	stop?: Stop;
}

/** Until when the limits of the portal may hold a call up, however often it is sent: set when one first does. */
export interface Hold {
	/** Milliseconds by the dispatcher's clock. */
	deadline?: number;
}

/** Calls of one item that travel together. */
export interface Errand extends Load {
	/** Methods that will most likely follow. */
	ahead?: readonly string[];
	/** What they act on; errands with a key in common keep their order. */
	keys?: readonly string[];
	/** That of the same call sent before. */
	hold?: Hold;
}

/** What the scheduler needs to know of an errand. */
export function toTicket(
	{ transport, run, isLive }: Sender,
	{ commands, ahead = [], keys = [], perform }: Errand,
): Ticket {
	const isAlone = perform !== undefined || commands.some(looksLikeReference);
	return { lane: transport.lane, run, isLive, methods: commands.map(({ method }) => method), ahead, keys, isAlone };
}
