import type { PhoneSystem } from './system';
import { asterisk } from './systems/asterisk';
import { mango } from './systems/mango';
import { megafon } from './systems/megafon';
import { zadarma } from './systems/zadarma';

/** The phone systems by the names under which workflows keep them. */
export const phoneSystems = {
	asterisk,
	mango,
	megafon,
	zadarma,
} as const satisfies Record<string, PhoneSystem>;

/** Name of a phone system. */
export type SystemName = keyof typeof phoneSystems;

/** Finds a phone system by name. @returns undefined for anything else */
export function phoneSystem(name: unknown): PhoneSystem | undefined {
	return Object.entries(phoneSystems).find(([key]) => key === name)?.[1];
}
