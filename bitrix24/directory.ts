import { asRows, type JsonObject } from './decode';
import type { Failure } from './failure';
import { employees, type Employee } from './methods/employees';
import { PAGE } from './methods/paging';
import { ask, type Call, type Conversation } from './plan';

/** Everybody active, as the portal said last. */
export interface Directory {
	employees: Employee[];
	/** Milliseconds since the portal said so. */
	age: number;
	/** True when it was asked now and did not answer. */
	isStale: boolean;
}

const KEY = 'employees';

/** True when a portal does not answer. One that refuses has answered. */
export function isSilence({ kind }: Failure): boolean {
	return kind === 'unreachable' || kind === 'unknown' || kind === 'limited';
}

/**
 * Lists the active employees. A portal does not find them by phone number as people write it, so all are needed.
 *
 * @param atMost milliseconds that the last list may be old without asking again.
 * @param isExtra whether it comes besides other work, which it must not fail: a failure is a warning then.
 * @returns the last list when the portal does not answer; an empty one when there is none and nothing may fail.
 */
export function* directory(atMost: number, isExtra = false): Conversation<Directory> {
	const last = yield* lastDirectory();
	if (last && last.age <= atMost) return last;
	const whole = yield* everybody(isExtra ? 'warn' : last && isSilence);
	if (whole) yield* ask({ keep: KEY, value: whole });
	return whole || !last ? { employees: whole ?? [], age: 0, isStale: false } : { ...last, isStale: true };
}

/** The list as this process knows it, however old. */
export function* lastDirectory(): Conversation<Directory | undefined> {
	const last = yield* ask({ recall: KEY });
	return last && { employees: asRows(last.value), age: last.age, isStale: false };
}

/** @param optional which failures fail nothing. @returns undefined then */
function* everybody(optional: Call['optional']): Conversation<Employee[] | undefined> {
	const found = new Map<string, Employee>();
	for (let start = 0; ; start += PAGE) {
		const list: Call<JsonObject[] | undefined> = {
			...employees({ ACTIVE: true }, { sort: 'ID', order: 'ASC', start }),
			shared: true,
			optional,
		};
		const page = yield* ask(list);
		if (!page) return undefined;
		const before = found.size;
		for (const one of page) found.set(String(one.ID), one);
		if (page.length < PAGE || found.size === before) return [...found.values()];
	}
}
