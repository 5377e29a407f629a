import { DateTime } from 'luxon';
import { toIso } from '../../../nodes/Bitrix24Telephony/dates';

const zone = 'Europe/Berlin';

it.each<[string, unknown, string | undefined]>([
	['a picker value in winter', '2026-03-01T10:00:00', '2026-03-01T10:00:00+01:00'],
	['a picker value in summer', '2026-07-01T10:00:00', '2026-07-01T10:00:00+02:00'],
	['ISO with offset', '2026-03-01T10:00:00-05:00', '2026-03-01T10:00:00-05:00'],
	['ISO in UTC', '2026-03-01T10:00:00.123Z', '2026-03-01T10:00:00Z'],
	['a date alone', '2026-03-01', '2026-03-01T00:00:00+01:00'],
	['SQL text of a call record', '2026-03-01 10:00:05', '2026-03-01T10:00:05+01:00'],
	['a luxon DateTime', DateTime.fromISO('2026-03-01T10:00:00.500', { zone: 'Asia/Tokyo' }), '2026-03-01T10:00:00+09:00'],
	['a Date', new Date('2026-03-01T09:00:00Z'), '2026-03-01T10:00:00+01:00'],
	['Unix seconds', 1772355600, '2026-03-01T10:00:00+01:00'],
	['Unix milliseconds', 1772355600123, '2026-03-01T10:00:00+01:00'],
	['no date', 'tomorrow', undefined],
	['an impossible date', '2026-02-30', undefined],
	['an object', { year: 2026 }, undefined],
	['a broken DateTime', DateTime.fromISO('nonsense'), undefined],
	['nothing', null, undefined],
])('%s', (_name, value, expected) => {
	expect(toIso(value, zone)).toBe(expected);
});
