import type { IDataObject } from 'n8n-workflow';

/** What the user wants of the genuine deliveries. */
export interface Wanted {
	/** Ids of employees; empty for all. */
	employees: string[];
	/** Numbers of lines; empty for all. */
	lines: string[];
}

/** Reads a list that the user typed: numbers separated by commas. */
export function typedList(text: unknown): string[] {
	return String(text ?? '')
		.split(/[,;\n]/)
		.map((one) => one.trim())
		.filter(Boolean);
}

/** Calls to remember before old ones are looked for: some minutes of a large call centre. */
const MANY = 1000;

/**
 * Remembers calls for a short while, in this process. The portal repeats a click with the same CALL_ID (register looks
 * back 30 minutes), and several processes of n8n do not share the memory, so workflows must survive a repeat too.
 */
export class Repeats {
	private readonly seen = new Map<string, number>();

	/**
	 * @param now milliseconds since 1970.
	 * @returns true when the same key came less than `window` seconds ago. The first one starts the window.
	 */
	isRepeat(key: string, window: number, now: number): boolean {
		if (this.seen.size > MANY) this.forgetOld(now);
		const until = this.seen.get(key);
		if (until !== undefined && until > now) return true;
		this.seen.set(key, now + window * 1000);
		return false;
	}

	private forgetOld(now: number): void {
		for (const [key, until] of this.seen) if (until <= now) this.seen.delete(key);
	}
}

/** True when the user wants this item. Events without an employee or a line pass the filter for it. */
export function isWanted(item: IDataObject, { employees, lines }: Wanted): boolean {
	const employee = item.USER_ID ?? item.PORTAL_USER_ID;
	const line = item.LINE_NUMBER ?? item.PORTAL_NUMBER;
	return fits(employee, employees) && fits(line, lines);
}

function fits(value: unknown, wanted: string[]): boolean {
	return wanted.length === 0 || value === undefined || wanted.includes(String(value ?? ''));
}
