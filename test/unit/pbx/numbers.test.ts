import fc from 'fast-check';
import { dialNumber, type NumberStyle } from '../../../pbx/numbers';

const DIGITS: NumberStyle = { form: 'digits', countryCode: '', nationalPrefix: '', internationalPrefix: '' };
const PLUS: NumberStyle = { ...DIGITS, form: 'plus' };
const GERMAN: NumberStyle = { form: 'national', countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' };
const RUSSIAN: NumberStyle = { form: 'national', countryCode: '7', nationalPrefix: '8', internationalPrefix: '810' };
const OUTSIDE_LINE: NumberStyle = {
	form: 'national',
	countryCode: '1',
	nationalPrefix: '91',
	internationalPrefix: '9011',
};
const STYLES = [DIGITS, PLUS, GERMAN, RUSSIAN, OUTSIDE_LINE];

const style = fc.constantFrom(...STYLES);
const digit = fc.constantFrom(...'0123456789');
const international = fc
	.tuple(fc.integer({ min: 1, max: 9 }), fc.array(digit, { minLength: 7, maxLength: 14 }))
	.map(([first, rest]) => `${first}${rest.join('')}`);
const separator = fc.constantFrom('', '', ' ', '-', '.', '/', '(', ')', '\u00a0', '\u2011');
const spaced = (number: string) =>
	fc
		.array(separator, { minLength: number.length, maxLength: number.length })
		.map((gaps) => [...number].map((one, at) => `${one}${gaps[at] ?? ''}`).join(''));

describe('dialNumber', () => {
	it.each<[string[], string[]]>([
		// Digits only, with plus, German, Russian, American with an outside line.
		[
			['+4940123456', '040123456'],
			['4940123456', '+4940123456', '040123456', '8104940123456', '90114940123456'],
		],
		[['+79991234567'], ['79991234567', '+79991234567', '0079991234567', '89991234567', '901179991234567']],
		[['+12125550100'], ['12125550100', '+12125550100', '0012125550100', '81012125550100', '912125550100']],
		[
			['', '004940123456'],
			['4940123456', '+4940123456', '040123456', '8104940123456', '90114940123456'],
		],
		[['040 / 123-456'], STYLES.map(() => '040123456')],
		[['102', '102'], STYLES.map(() => '102')],
		[['0', '112'], STYLES.map(() => '112')],
		[['tel:+49 40 123456'], ['4940123456', '+4940123456', '040123456', '8104940123456', '90114940123456']],
		[
			['+490401234567', '+49 (0) 40 1234567'],
			['49401234567', '+49401234567', '0401234567', '81049401234567', '901149401234567'],
		],
		[['(+49) 40 123456'], ['4940123456', '+4940123456', '040123456', '8104940123456', '90114940123456']],
		[['(0)40 123456'], STYLES.map(() => '040123456')],
	])('of %j', (spellings, expected) => {
		expect(STYLES.map((one) => dialNumber(spellings, one))).toEqual(expected.map((number) => ({ number })));
	});

	it.each([
		['+4940123456;12', '4940123456', 'Only the number itself is dialled, without “;12”.'],
		['+4940123456,,12#', '4940123456', 'Only the number itself is dialled, without “,,12#”.'],
		['040 123456 ext. 12', '040123456', 'Only the number itself is dialled, without “ext. 12”.'],
		['8 (495) 123-45-67 доб. 12', '84951234567', 'Only the number itself is dialled, without “доб. 12”.'],
		['*21*0170123456#', '', '“*21*0170123456#” is a service code, so it is not dialled.'],
		['#31#0170123456', '', '“#31#0170123456” is a service code, so it is not dialled.'],
		['1-800-FLOWERS', '', '“1-800-FLOWERS” has letters, so it is not dialled.'],
		['anonymous', '', '“anonymous” has letters, so it is not dialled.'],
		['040+123456', '', '“040+123456” is no phone number, so it is not dialled.'],
		[';12', '', '“;12” is no phone number, so it is not dialled.'],
		['040123456\n&channel=x', '', '“040123456\n&channel=x” has letters, so it is not dialled.'],
		['040 123456 / 040 654321', '', '“040 123456 / 040 654321” has too many digits, so it is not dialled.'],
		['000', '', '“000” is no phone number, so it is not dialled.'],
	])('of %j it dials %j', (spelling, number, note) => {
		expect(dialNumber([spelling], DIGITS)).toEqual({ number, note });
	});

	it('dials no service code or word whose international form hides it', () => {
		expect(dialNumber(['+49210170123456', '*21*0170123456#'], DIGITS)).toEqual({
			number: '',
			note: '“*21*0170123456#” is a service code, so it is not dialled.',
		});
		expect(dialNumber(['+18003569377', '1-800-FLOWERS'], DIGITS).number).toBe('');
	});

	it('says nothing of no number', () => {
		for (const none of [[], [''], [null, undefined], [' ']]) expect(dialNumber(none, DIGITS)).toEqual({ number: '' });
	});

	it('gives digits, whatever it is given', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'+0(12)*#;, x') }), fc.constant(null))),
				style,
				(spellings, one) => {
					const { number, note } = dialNumber(spellings, one);
					expect(number).toMatch(one.form === 'plus' ? /^\+?\d*$/ : /^\d*$/);
					if (number === '' && spellings.some((spelling) => spelling?.trim())) expect(note).toBeDefined();
				},
			),
		);
	});

	it('dials the same however a number is written', () => {
		fc.assert(
			fc.property(
				international.chain((number) => fc.tuple(fc.constant(number), spaced(number), fc.constantFrom('+', '00'))),
				style,
				([number, written, prefix], one) => {
					fc.pre(!/\(0\)/.test(written));
					expect(dialNumber([`${prefix}${written}`], one)).toEqual(dialNumber([`+${number}`], one));
				},
			),
		);
	});

	it('never dials what comes behind the number', () => {
		fc.assert(
			fc.property(international, fc.constantFrom(';', ','), fc.string(), style, (number, mark, tail, one) => {
				expect(dialNumber([`+${number}${mark}${tail}`], one).number).toBe(dialNumber([`+${number}`], one).number);
			}),
		);
	});

	it('never dials a service code', () => {
		fc.assert(
			fc.property(international, fc.constantFrom('*', '#'), fc.nat(20), style, (number, mark, at, one) => {
				expect(dialNumber([`${number.slice(0, at)}${mark}${number.slice(at)}`, `+${number}`], one).number).toBe('');
			}),
		);
	});

	it('leaves short numbers as they are', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 999_999 }).map(String), style, (number, one) => {
				expect(dialNumber([number], one)).toEqual({ number });
			}),
		);
	});
});
