import { BURST_CODE, failed, OPERATING_CODE, type Answer, type Failure } from '../failure';
import type { Errand, Hold, Sender } from './errand';
import type { Ticket } from './queue';

/** An errand on its way. */
export interface Traveller {
	ticket: Ticket;
	errand: Errand;
	sender: Sender;
	/** Milliseconds. */
	since: number;
	hold: Hold;
	/** Whether a limit holds it up since it came. */
	isHeld: boolean;
	/** Whether it has left: from then on only its answer ends it. */
	isUnderWay: boolean;
	done: (answers: Answer<unknown>[]) => void;
}

/** Why something was not sent: its execution was stopped. */
export const CANCELLED = {
	kind: 'cancelled',
	status: 0,
	code: '',
	text: 'The execution was stopped before this was sent',
} as const;

/** The same, because the portal said for too long that its bucket is full. */
export const FULL = {
	kind: 'limited',
	status: 503,
	code: BURST_CODE,
	text: 'The portal takes no more requests for now',
	isGivenUp: true,
} as const;

/** The same, because its method has used up its time. */
export const USED_UP = {
	kind: 'limited',
	status: 429,
	code: OPERATING_CODE,
	text: 'The method has used up its time of the last ten minutes',
} as const;

/** The answers of an errand of which nothing was sent: one a command, one alone where it performs itself. */
export function unsent({ commands, perform }: Errand, failure: Omit<Failure, 'method'>): Answer<unknown>[] {
	const methods = perform ? commands.slice(0, 1) : commands;
	return methods.map(({ method }) => failed({ ...failure, method }));
}

/** A limit holds a traveller up; from the first time on its patience counts. @param now milliseconds */
export function holdUp(traveller: Traveller, now: number): void {
	traveller.isHeld = true;
	traveller.hold.deadline ??= now + traveller.sender.maximumWait;
}

/**
 * When the patience of a traveller ends, milliseconds. A full bucket holds up all who wait; a queue that moves holds up
 * nobody, however long it is.
 *
 * @param fullSince since when the portal says nothing but that its bucket is full; Infinity when it does not.
 */
export function deadlineOf({ hold, isHeld, since, sender }: Traveller, fullSince: number): number {
	const own = isHeld || fullSince < Infinity ? (hold.deadline ?? Infinity) : Infinity;
	return Math.min(own, Math.max(fullSince, since) + sender.maximumWait);
}
