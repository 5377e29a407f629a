import { endOf } from '../../../bitrix24/tokenEnd';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const DAY = 24 * 3_600_000;
/** A token as the authorisation server makes it: its end in seconds, little-endian, then whatever. */
const token = (end: number): string => {
	const bytes = Buffer.alloc(35, 0xab);
	bytes.writeUInt32LE(Math.floor(end / 1000));
	return bytes.toString('hex');
};

it('tells when it ends', () => {
	expect(endOf(`5bfd2468${'0'.repeat(62)}`, Date.parse('2025-05-01T00:00:00Z'))).toBe(0x6824fd5b * 1000);
	expect(endOf(token(NOW + 30 * DAY), NOW)).toBe(NOW + 30 * DAY);
	expect(endOf(token(NOW + 30 * DAY).toUpperCase(), NOW)).toBe(NOW + 30 * DAY);
});

it.each<[string, unknown]>([
	['has ended', token(NOW)],
	['ended long ago', token(NOW - DAY)],
	['would outlive every known one', token(NOW + 400 * DAY + 1000)],
	['is too short', '5bfd24'],
	['is no hex', `s7p6eclr${'0'.repeat(62)}`],
	['is hex at its beginning only', `${token(NOW + DAY)}-z`],
	['is none', undefined],
	['is a number', 12345678],
])('tells nothing when it %s', (_what, given) => {
	expect(endOf(given, NOW)).toBeUndefined();
});

it('is believed up to 400 days', () => {
	expect(endOf(token(NOW + 1000), NOW)).toBe(NOW + 1000);
	expect(endOf(token(NOW + 400 * DAY), NOW)).toBe(NOW + 400 * DAY);
});
