import type { IDataObject } from 'n8n-workflow';
import { events } from './events';
import type { TriggerOptions } from './options';

/** Calls to remember before old ones are looked for: some minutes of a large call centre. */
const MANY = 1000;

/**
 * Remembers calls for a short while, in the memory of this process. A restart forgets them, and several processes of
 * n8n
 * do not share them, so a workflow may see a repeat all the same. The portal repeats a click with the same CALL_ID
 * (register looks back 30 minutes).
 */
export class Repeats {
	private readonly seen = new Map<string, number>();
	private room = MANY;

	/**
	 * @param window seconds; 0 remembers nothing.
	 * @param now milliseconds since 1970.
	 * @returns true when the same key came less than `window` seconds ago. The first one starts the window.
	 */
	isRepeat(key: string, window: number, now: number): boolean {
		if (window <= 0) return false;
		const until = this.seen.get(key);
		if (until !== undefined && until > now) return true;
		if (this.seen.size >= this.room) this.forgetOld(now);
		this.seen.set(key, now + window * 1000);
		return false;
	}

	/** Keeps as much room again as it keeps calls, so that looking for old ones costs the same for each call. */
	private forgetOld(now: number): void {
		for (const [key, until] of this.seen) if (until <= now) this.seen.delete(key);
		this.room = Math.max(MANY, this.seen.size * 2);
	}
}

/** Entries of a filter that are named when none of them fits. */
const NAMED = 5;

/**
 * Why the user does not want this item, for whoever asks why nothing starts. Events without an employee or a line pass
 * the filter for it. A click names an empty line when the application itself is the outgoing number. [DS click]
 *
 * @returns the reason as a part of a sentence; undefined when the item is wanted.
 */
export function unwanted(
	item: IDataObject,
	{ employees, lines }: Pick<TriggerOptions, 'employees' | 'lines'>,
): string | undefined {
	const employee = item.USER_ID ?? item.PORTAL_USER_ID;
	const line = item.LINE_NUMBER ?? item.PORTAL_NUMBER;
	if (!fits(employee === undefined ? undefined : Number(employee), employees))
		return `the event is of employee ${String(employee ?? '(none)')}, and Only for Employees has ${named(employees)}`;
	if (!fits(line, lines)) return `${lineWords(line)}, and Only for Lines has ${named(lines)}`;
	return undefined;
}

function lineWords(line: unknown): string {
	return typeof line === 'string' && line !== ''
		? `the event is of the line ${line}`
		: 'the event names no line, because the application itself is the outgoing number';
}

function named(wanted: readonly unknown[]): string {
	return `${wanted.slice(0, NAMED).join(', ')}${wanted.length > NAMED ? ' and others' : ''}`;
}

/**
 * True for an event of something that goes on right now, when it arrives later than the user wants: a phone that rings
 * minutes after the click is worse than none. A call that ended has ended, however late the portal says so.
 *
 * @param seconds largest age; 0 for any. The age is n8n's clock less the portal's, which stamps an event when it is
 *   made
 *   (conflict C35 of the contract data), so an event from the future is fresh.
 * @param now milliseconds since 1970.
 */
export function isTooOld(item: IDataObject, seconds: number, now: number): boolean {
	const isLive = events.some(({ code, live }) => live === true && code === item.event);
	return isLive && seconds > 0 && now - Date.parse(String(item.time)) > seconds * 1000;
}

function fits(value: unknown, wanted: readonly unknown[]): boolean {
	return wanted.length === 0 || value === undefined || wanted.includes(value);
}
