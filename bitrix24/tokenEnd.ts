/**
 * Milliseconds. The longest life of a refresh token that any source names is 180 days (conflict C31); what lies beyond
 * this is no date.
 */
const FURTHEST_END = 400 * 24 * 3_600_000;

/**
 * Reads from a token when it ends: its first four bytes are that time, in seconds since 1970, little-endian, written as
 * hex (source of the authorisation server; the tokens captured since 2020 fit).
 *
 * @param now milliseconds since 1970.
 * @returns milliseconds since 1970; undefined when the token has another form, or names a time that cannot be its end.
 */
export function endOf(token: unknown, now: number): number | undefined {
	const [, start] = /^([0-9a-f]{8})[0-9a-f]*$/i.exec(typeof token === 'string' ? token : '') ?? [];
	if (!start) return undefined;
	const end = Buffer.from(start, 'hex').readUInt32LE() * 1000;
	return end > now && end <= now + FURTHEST_END ? end : undefined;
}
