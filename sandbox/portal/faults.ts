import type { ChangeFeed } from './changes';

/** What can befall a request on demand, of REST or of tokens. */
export const REQUEST_FAULTS = [
	'resetBeforeWork',
	'resetAfterWork',
	'delay',
	'html502',
	'html503',
	'html504',
	'html504AfterWork',
	'cutJson',
	'wrongContentType',
	'error',
] as const;

/** What can befall an event. */
export const EVENT_FAULTS = ['eventLost', 'eventDoubled', 'eventLate', 'eventOutOfOrder'] as const;

/** What can go wrong on demand. */
export const FAULT_KINDS = [...REQUEST_FAULTS, ...EVENT_FAULTS] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault that waits for its victim. */
export interface Fault {
	id: number;
	kind: FaultKind;
	/**
	 * Method (telephony.externalCall.finish), "oauth/token", "upload", an event's name, or "*" for any. A method inside a
	 * batch is hit by `error` only; everything else befalls the request, whose method is then "batch".
	 */
	target: string;
	/** How many times it still strikes. eventOutOfOrder holds the event back until the next one has been delivered. */
	count: number;
	/** For delay and eventLate: seconds. */
	seconds?: number;
	/** For error: code of the error, e.g. expired_token; see commonErrors.ts. */
	code?: string;
}

/** Faults on demand. Each strikes its target so many times and is gone. */
export class Faults {
	private readonly waiting: Fault[] = [];
	private lastId = 0;

	constructor(private readonly changes: ChangeFeed) {}

	/** Adds a fault. @throws RangeError on an unknown kind */
	add(fault: Omit<Fault, 'id' | 'count' | 'target'> & { count?: number; target?: string }): Fault {
		if (!FAULT_KINDS.includes(fault.kind)) throw new RangeError(`A fault is one of ${FAULT_KINDS.join(', ')}`);
		this.lastId += 1;
		const added: Fault = { ...fault, id: this.lastId, target: fault.target ?? '*', count: fault.count ?? 1 };
		this.waiting.push(added);
		this.changes.tell('fault', 'added', { id: added.id });
		return added;
	}

	/** Takes the first fault that fits, and counts it. */
	take(target: string, kinds: readonly FaultKind[]): Fault | undefined {
		const wanted = target.toLowerCase();
		const index = this.waiting.findIndex(
			(fault) => kinds.includes(fault.kind) && (fault.target === '*' || fault.target.toLowerCase() === wanted),
		);
		const fault = this.waiting[index];
		if (!fault) return undefined;
		fault.count -= 1;
		if (fault.count <= 0) this.waiting.splice(index, 1);
		this.changes.tell('fault', 'struck', { id: fault.id, delay: fault.kind === 'delay' ? (fault.seconds ?? 1) : 0 });
		return { ...fault };
	}

	/** Faults that have not struck yet. */
	list(): Fault[] {
		return this.waiting.map((fault) => ({ ...fault }));
	}

	/** Removes one fault, or all. */
	clear(id?: number): void {
		for (let index = this.waiting.length - 1; index >= 0; index -= 1) {
			if (id === undefined || this.waiting[index]?.id === id) this.waiting.splice(index, 1);
		}
		this.changes.tell('fault', 'cleared');
	}
}
