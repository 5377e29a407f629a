import { DateTime } from 'luxon';

/**
 * Reads a date as n8n's parameters hand it over: text of the date picker (without offset), ISO 8601 or SQL text, a
 * luxon DateTime (what `{{ $now }}` yields), a Date, or Unix time in seconds or milliseconds.
 *
 * @param zone IANA time zone of a text without offset.
 * @returns ISO 8601 with offset and whole seconds, or undefined when it is no date.
 */
export function toIso(value: unknown, zone: string): string | undefined {
	const date = toDateTime(value, zone);
	return date?.isValid ? (date.toISO({ suppressMilliseconds: true }) ?? undefined) : undefined;
}

/** Unix seconds have ten digits until the year 2286. */
const FIRST_MILLISECONDS = 1e11;

function toDateTime(value: unknown, zone: string): DateTime | undefined {
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone }).startOf('second');
	if (typeof value === 'number') {
		return (value < FIRST_MILLISECONDS ? DateTime.fromSeconds(value, { zone }) : DateTime.fromMillis(value, { zone })).startOf('second');
	}
	if (typeof value === 'string') return fromText(value.trim(), zone);
	// n8n's DateTime comes from its own copy of luxon, so instanceof would not know it.
	const { toISO } = (value ?? {}) as { toISO?: () => unknown };
	return typeof toISO === 'function' ? fromText(String(toISO.call(value)), zone) : undefined;
}

function fromText(text: string, zone: string): DateTime | undefined {
	const read = [
		DateTime.fromISO(text, { zone, setZone: true }),
		DateTime.fromSQL(text, { zone, setZone: true }),
		DateTime.fromRFC2822(text, { setZone: true }),
	];
	return read.find(({ isValid }) => isValid)?.startOf('second');
}
