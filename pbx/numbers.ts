import { compact, hasTrunkZero, internationalDigits, parted, refusal } from '../bitrix24/numbers';

/** How a phone system wants numbers. */
export interface NumberStyle {
	/** `digits`: 4940123456. `plus`: +4940123456. `national`: 040123456, and 004420… for other countries. */
	form: 'digits' | 'plus' | 'national';
	/** Digits of the own country, which `national` leaves out; empty for the other forms. */
	countryCode: string;
	/** Digits before a number of the own country. */
	nationalPrefix: string;
	/** Digits before the country code of another country. */
	internationalPrefix: string;
}

/** A number ready to dial, empty for one that must not be dialled; and what a person should know of it. */
export interface DialNumber {
	number: string;
	note?: string;
}

/**
 * Makes a number ready to dial.
 *
 * @param spellings of the same number, the best first: as a rule the international one. Empty ones and zeros alone are
 * none.
 * @returns digits, with a plus in front for the form `plus`. What stands behind `;` or `,` is left out, and the note
 *   says so. A service code, a number with letters, one that is too long: nobody knows who would answer, so the number
 *   is empty and the note says why. Without any number both are missing.
 */
export function dialNumber(spellings: readonly unknown[], style: NumberStyle): DialNumber {
	const texts = spellings.map((one) => (typeof one === 'string' ? one.trim() : '')).filter((one) => one !== '');
	// An international form may have lost what shows that a number is a service code, or a word.
	const odd = texts.find((one) => /[*#\p{L}]/u.test(parted(one)[0]));
	// Whoever takes the trunk zero of +49 (0)40 for a digit dials a stranger: only this spelling shows that it is none.
	const text = odd ?? texts.find((one) => hasTrunkZero(one)) ?? texts.find((one) => /[1-9]/u.test(one)) ?? texts[0];
	if (text === undefined) return { number: '' };
	const [main, tail] = parted(text);
	const refused = refusal(main);
	if (refused !== undefined) return { number: '', note: `“${text}” ${refused}, so it is not dialled.` };
	return {
		number: styled(compact(main), style),
		...(tail !== '' && { note: `Only the number itself is dialled, without “${tail}”.` }),
	};
}

function styled(number: string, { form, countryCode, nationalPrefix, internationalPrefix }: NumberStyle): string {
	const international = internationalDigits(number);
	if (international === undefined) return number;
	if (form === 'digits') return international;
	if (form === 'plus') return `+${international}`;
	const isOwn = countryCode !== '' && international.startsWith(countryCode);
	return isOwn ? nationalPrefix + international.slice(countryCode.length) : internationalPrefix + international;
}
