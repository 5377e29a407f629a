import { asterisk } from './asterisk';
import { freeswitch } from './freeswitch';
import { mango } from './mango';
import { megafon } from './megafon';
import { q850 } from './q850';
import { sip } from './sip';
import { twilio } from './twilio';
import { uis } from './uis';
import { vonage } from './vonage';
import { yeastar } from './yeastar';
import { zadarma } from './zadarma';
import type { Words } from './words';

/** The one table of what PBXs and providers say. Each file names its sources. */
export const VOCABULARIES = {
	sip,
	q850,
	asterisk,
	freeswitch,
	mango,
	megafon,
	twilio,
	uis,
	vonage,
	yeastar,
	zadarma,
} satisfies Record<string, Words>;

/** Who speaks. */
export type Vocabulary = keyof typeof VOCABULARIES;
