import fc from 'fast-check';
import { spellings } from '../../../bitrix24/numbers';

it.each<[string, string | undefined, string[]]>([
	['+49 40 66969-441', undefined, ['+494066969441', '494066969441']],
	['494066969441', undefined, ['494066969441', '+494066969441']],
	['00494066969441', undefined, ['00494066969441', '+494066969441', '494066969441']],
	['+494066969441', '49', ['+494066969441', '494066969441', '04066969441', '4066969441']],
	['04066969441', '49', ['04066969441', '+494066969441', '494066969441', '4066969441']],
	['04066969441', undefined, ['04066969441']],
	['79991234567', undefined, ['79991234567', '+79991234567', '89991234567']],
	['89991234567', undefined, ['89991234567', '+79991234567', '79991234567']],
	['8 (999) 123-45-67', '7', ['89991234567', '+79991234567', '79991234567', '9991234567']],
	['+442079460111', '49', ['+442079460111', '442079460111']],
	['101', undefined, ['101']],
	['112', '49', ['112']],
	['*43', undefined, ['*43']],
	['+493023125077;12', undefined, ['+493023125077;12']],
	['', undefined, ['']],
	['123456789012345678', undefined, ['123456789012345678']],
])('%s in country %s is spelt %j', (number, countryCode, expected) => {
	expect(spellings(number, countryCode)).toEqual(expected);
});

it('begins with the given one as the portal keeps it, and has each once', () => {
	fc.assert(
		fc.property(fc.string(), fc.constantFrom('', '49', '7', '1'), (number, countryCode) => {
			const all = spellings(number, countryCode);
			expect(all[0]).toBe(number.replace(/[^0-9#*+,;]/g, ''));
			expect(new Set(all).size).toBe(all.length);
			expect(all.length).toBeLessThanOrEqual(5);
		}),
	);
});

it('gives the same spellings for each of them', () => {
	fc.assert(
		fc.property(fc.stringMatching(/^[1-9]\d{6,9}$/), fc.constantFrom('49', '44', '380'), (national, countryCode) => {
			const sorted = (number: string): string[] => spellings(number, countryCode).sort();
			const international = `+${countryCode}${national}`;
			expect(sorted(`0${national}`)).toEqual(sorted(international));
			expect(sorted(international.slice(1))).toEqual(sorted(international));
		}),
	);
});
