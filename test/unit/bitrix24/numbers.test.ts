import fc from 'fast-check';
import { isSameNumber, otherSpellings, spellings } from '../../../bitrix24/numbers';

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

describe('otherSpellings', () => {
	it.each([
		['+4940123456', ['4940123456', '040123456', '004940123456']],
		['4940123456', ['+4940123456', '040123456', '004940123456']],
		['004940123456', ['+4940123456', '4940123456', '040123456']],
		['+49 40 123456', ['+4940123456', '4940123456', '040123456', '004940123456']],
		['+79991234567', ['79991234567', '89991234567', '0079991234567']],
		['89991234567', ['+79991234567', '79991234567', '0079991234567']],
		['+12125550100', ['12125550100', '02125550100', '0012125550100', '2125550100']],
		['+380441234567', ['380441234567', '0441234567', '00380441234567']],
		['040 123456', ['040123456']],
		['040123456', []],
		['102', []],
		['anonymous', []],
		['*21*0170123456#', []],
		['', []],
	])('of %j: %j', (number, expected) => {
		expect(otherSpellings(number)).toEqual(expected);
	});

	it('are few, each once, and never the given one', () => {
		fc.assert(
			fc.property(fc.oneof(fc.stringMatching(/^\+?[1-9]\d{7,14}$/), fc.string()), (number) => {
				const spellings = otherSpellings(number);
				expect(spellings).not.toContain(number);
				expect([new Set(spellings).size, spellings.length <= 6]).toEqual([spellings.length, true]);
				for (const one of spellings) expect(one).toMatch(/^\+?\d+$/);
			}),
		);
	});
});

it.each<[string, string, boolean]>([
	['+49 40 123456789', '040123456789', true],
	['89991234567', '+7 (999) 123-45-67', true],
	['101', '101', true],
	['101', '1101', false],
	['', '', false],
])('%j and %j are one number: %j', (one, other, isSame) => {
	expect(isSameNumber(one, other)).toBe(isSame);
});
