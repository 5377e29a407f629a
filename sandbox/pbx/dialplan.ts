import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The dialplan that the simulation plays. */
const FOLDER = join(__dirname, '../../examples/asterisk');
const FILES = ['extensions.conf', 'incoming.conf'];

/** Contexts of the dialplan. Any other one has no extensions, so a call into it simply ends. */
export const AGENT_CONTEXT = 'b24-agent';
export const CLIENT_CONTEXT = 'from-bitrix24';
export const RETRY_CONTEXT = 'b24-retry';

/** `CURLOPT(failurecodes)`: for these CURL() answers nothing, as it does when nobody listens. */
export const FAILURE_CODES: readonly number[] = [401, 403, 404, 408, 429, 500, 502, 503, 504];
/** Pauses of b24-retry before a report is repeated, in seconds. */
export const RETRY_PAUSES: readonly number[] = [5, 10, 20, 40, 80, 160, 320];

/** Global variables by name; an absent one is empty. */
export type Globals = Record<string, string>;

/** Global variables as delivered: the sections `[globals]` of examples/asterisk, which Asterisk merges. */
export function deliveredGlobals(files = FILES): Globals {
	const sections = files.map(
		(file) => /^\[globals\]$([^[]*)/m.exec(readFileSync(join(FOLDER, file), 'utf8'))?.[1] ?? '',
	);
	return Object.fromEntries(
		[...sections.join('\n').matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value.trim()]),
	);
}

/**
 * The digits that the dialplan dials (b24-digits).
 * @param number as the workflow named it; what follows a semicolon is cut off
 * @returns empty when there is anything but digits and a plus before them
 */
export function digitsOf(number: string): string {
	return /^\+?(\d+)$/.exec(number.split(';')[0] ?? '')?.[1] ?? '';
}

/**
 * What the trunk is shown as caller (from-bitrix24).
 * @param line that the click named, or empty
 * @returns empty for none
 */
export function callerIdOf(line: string, globals: Globals): string {
	const digits = line.replace(/\D/g, '');
	return digits.length > 4 ? `${globals.B24_LINE_BEFORE ?? ''}${digits}` : (globals.B24_CALLER_ID ?? '');
}

/** Tones that are sent after the client's answer: his own extension. */
export function tonesOf(extension: string): string {
	return extension.replace(/[^0-9*#]/g, '');
}
