import strtotime from 'locutus/php/datetime/strtotime';
import { DateTime } from 'luxon';

/**
 * Reads a date the way the portal does: ISO 8601 first, then anything PHP's strtotime understands. A date without an
 * offset is local time of the portal.
 * @param text what the client sent
 * @param zone time zone of the portal, e.g. Europe/Berlin
 * @param nowMs the portal's time, for words such as "now" and "tomorrow"
 * @returns milliseconds since 1970, or undefined when the text is no date
 */
export function parseDate(text: string, zone: string, nowMs: number): number | undefined {
	const trimmed = text.trim();
	const iso = DateTime.fromISO(trimmed, { zone });
	if (iso.isValid && /^\d{4}-\d{2}-\d{2}/.test(trimmed)) return iso.toMillis();
	const seconds = strtotime(withOffset(trimmed, zone, nowMs), Math.floor(nowMs / 1000));
	return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

/** Writes a time as ISO 8601 in the portal's zone with its offset, without fractions: 2026-03-10T11:19:38+01:00. */
export function isoDate(ms: number, zone: string): string {
	return DateTime.fromMillis(ms, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
}

/** strtotime takes dates without a zone as this computer's local time; the portal has a zone of its own. */
function withOffset(text: string, zone: string, nowMs: number): string {
	const isAbsolute = /\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/.test(text);
	const namesZone = /(?:[+-]\d{2}:?\d{2}|z|utc|gmt)$/i.test(text);
	return isAbsolute && !namesZone ? `${text} ${DateTime.fromMillis(nowMs, { zone }).toFormat('ZZ')}` : text;
}
