import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { PortalState } from './model';

/** Gives the next id of a kind: 1, 2, 3 and so on. */
export function nextId(state: PortalState, kind: string): number {
	const id = (state.counters[kind] ?? 0) + 1;
	state.counters[kind] = id;
	return id;
}

/** Random text of hexadecimal digits. */
export function hex(length: number): string {
	return randomBytes(Math.ceil(length / 2))
		.toString('hex')
		.slice(0, length);
}

/** Random text of decimal digits. */
export function digits(length: number): string {
	return Array.from({ length }, () => randomInt(10)).join('');
}

/** MD5 as hexadecimal text, which the portal uses for ids of queued events. */
export function md5(text: string): string {
	return createHash('md5').update(text).digest('hex');
}
