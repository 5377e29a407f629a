import { DateTime } from 'luxon';

/**
 * Reads a date as n8n's parameters hand it over: text of the date picker (without offset), ISO 8601 or SQL text, a date
 * of an e-mail (RFC 2822), a luxon DateTime (what `{{ $now }}` yields), a Date, or Unix time in seconds or
 * milliseconds, as a number or as text.
 *
 * @param zone IANA time zone of a text without offset.
 * @returns ISO 8601 with offset and whole seconds, or undefined when it is no date, or one before 1970 (call records
 *   with an empty date say 0000-00-00 or 0001-01-01). A time of day, a year or a month alone is no date.
 */
export function toIso(value: unknown, zone: string): string | undefined {
	const date = toDateTime(value, zone);
	if (!date?.isValid || date.toMillis() < 0) return undefined;
	return date.startOf('second').toISO({ suppressMilliseconds: true }) ?? undefined;
}

/** Unix time of the years 2001 to 2286: ten digits of seconds, thirteen of milliseconds. A fraction may follow. */
const UNIX = /^\d{10}(\d{3})?(\.\d+)?$/;
const FIRST_MILLISECONDS = 1e12;

/** A whole date comes first. Luxon alone would take a year for one, and add today's date to a time of day. */
const WHOLE_DATE = /^(\d{4}-\d{2}-\d{2}|\d{8})([T ]|$)/i;

function toDateTime(value: unknown, zone: string): DateTime | undefined {
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone });
	if (typeof value === 'number') return fromUnix(String(value), zone);
	if (typeof value === 'string') return fromUnix(value.trim(), zone) ?? fromText(value.trim(), zone);
	// n8n's DateTime comes from its own copy of luxon, so instanceof would not know it.
	const { toISO }: { toISO?: unknown } = Object(value);
	return typeof toISO === 'function' ? fromText(String(toISO.call(value)), zone) : undefined;
}

function fromUnix(digits: string, zone: string): DateTime | undefined {
	if (!UNIX.test(digits) || digits.startsWith('0')) return undefined;
	const number = Number(digits);
	return number < FIRST_MILLISECONDS ? DateTime.fromSeconds(number, { zone }) : DateTime.fromMillis(number, { zone });
}

function fromText(text: string, zone: string): DateTime | undefined {
	if (!WHOLE_DATE.test(text)) return DateTime.fromRFC2822(text, { setZone: true });
	const read = [DateTime.fromISO(text, { zone, setZone: true }), DateTime.fromSQL(text, { zone, setZone: true })];
	return read.find(({ isValid }) => isValid);
}

/**
 * When to go on, in the workflow's time zone.
 *
 * @param retryAt milliseconds since 1970.
 */
export function retryHint(retryAt: number, zone: string): string {
	return `Go on after ${DateTime.fromMillis(retryAt, { zone }).toFormat('HH:mm:ss')} (${zone}).`;
}
