import type { PhoneSystem } from './system';
import { asterisk } from './systems/asterisk';
import { freeswitch } from './systems/freeswitch';
import { mango } from './systems/mango';
import { megafon } from './systems/megafon';
import { twilio } from './systems/twilio';
import { yeastar } from './systems/yeastar';
import { zadarma } from './systems/zadarma';

/** The phone systems by the names under which workflows keep them. */
export const phoneSystems = {
	asterisk,
	freeswitch,
	mango,
	megafon,
	twilio,
	yeastar,
	zadarma,
} as const satisfies Record<string, PhoneSystem>;

/** Name of a phone system. */
export type SystemName = keyof typeof phoneSystems;

/** Finds a phone system by name. @returns undefined for anything else */
export function phoneSystem(name: unknown): PhoneSystem | undefined {
	return Object.entries(phoneSystems).find(([key]) => key === name)?.[1];
}
