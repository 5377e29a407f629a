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

/** So many digits without a plus are an extension or a short number, which stays as it is. */
const SHORT = 6;
/** Digits of the longest number (ITU-T E.164). */
const LONGEST = 15;
/** What people write between digits. */
const SEPARATORS = /[\s().\-/\u2010-\u2015]/gu;
const TRUNK_ZERO = /\(\s*0\s*\)/u;
/** From here on a number goes on with what is dialled once somebody answers. */
const TAIL = /[;,]|\s(?:ext|доб)/iu;

/**
 * Makes a number ready to dial.
 *
 * @param spellings of the same number, the best first: as a rule the international one. Empty ones and zeros alone are none.
 * @returns digits, with a plus in front for the form `plus`. What stands behind `;` or `,` is left out, and the note says so.
 *   A service code, a number with letters, one that is too long: nobody knows who would answer, so the number is empty and
 *   the note says why. Without any number both are missing.
 */
export function dialNumber(spellings: readonly unknown[], style: NumberStyle): DialNumber {
	const texts = spellings.map((one) => (typeof one === 'string' ? one.trim() : '')).filter((one) => one !== '');
	// An international form may have lost what shows that a number is a service code, or a word.
	const odd = texts.find((one) => /[*#\p{L}]/u.test(parted(one)[0]));
	// Whoever takes the trunk zero of +49 (0)40 for a digit dials a stranger: only this spelling shows that it is none.
	const text =
		odd ??
		texts.find((one) => TRUNK_ZERO.test(one) && isInternational(one)) ??
		texts.find((one) => /[1-9]/u.test(one)) ??
		texts[0];
	if (text === undefined) return { number: '' };
	const [main, tail] = parted(text);
	const refused = refusal(main);
	if (refused !== undefined) return { number: '', note: `“${text}” ${refused}, so it is not dialled.` };
	return {
		number: styled(compact(main), style),
		...(tail !== '' && { note: `Only the number itself is dialled, without “${tail}”.` }),
	};
}

/** Why a number must not be dialled. */
function refusal(main: string): string | undefined {
	if (/[*#]/u.test(main)) return 'is a service code';
	if (/\p{L}/u.test(main)) return 'has letters';
	const number = compact(main);
	if (!/^\+?\d*[1-9]\d*$/u.test(number)) return 'is no phone number';
	return number.replace(/^(?:\+|00)/u, '').length > LONGEST ? 'has too many digits' : undefined;
}

/** The number, and what is dialled once somebody answers. */
function parted(text: string): [main: string, tail: string] {
	const whole = text.replace(/^tel:/iu, '');
	const at = whole.search(TAIL);
	return at < 0 ? [whole, ''] : [whole.slice(0, at), whole.slice(at).trim()];
}

function isInternational(number: string): boolean {
	return /^[\s(]*(?:\+|00)/u.test(number);
}

/** The number without what people write between digits. */
function compact(main: string): string {
	return (isInternational(main) ? main.replace(TRUNK_ZERO, '') : main).replace(SEPARATORS, '');
}

function styled(number: string, { form, countryCode, nationalPrefix, internationalPrefix }: NumberStyle): string {
	const international = internationalDigits(number);
	if (international === undefined) return number;
	if (form === 'digits') return international;
	if (form === 'plus') return `+${international}`;
	const isOwn = countryCode !== '' && international.startsWith(countryCode);
	return isOwn ? nationalPrefix + international.slice(countryCode.length) : internationalPrefix + international;
}

/** Digits that begin with a country code; undefined where none is known to be there. */
function internationalDigits(number: string): string | undefined {
	if (number.startsWith('+')) return number.slice(1);
	return number.startsWith('00') && number.length > SHORT ? number.slice(2) : undefined;
}

/** Country codes of two digits; 1 and 7 have one, all others three (ITU-T E.164, list of assigned codes). */
const TWO_DIGITS = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/u;

/**
 * The spellings under which people put a number into a CRM.
 *
 * @param number as a phone system says it, with or without plus.
 * @returns other spellings, each once, the likeliest first, without the given one; none for a short number and for none at
 *   all. Those of a number without country code stay without one.
 */
export function otherSpellings(number: string): string[] {
	const [main] = parted(number);
	const bare = compact(main);
	const digits = bare.replace('+', '');
	if (digits.length <= SHORT || refusal(main) !== undefined) return [];
	return [...new Set([...internationalSpellings(bare, digits), digits])].filter((one) => one !== number);
}

function internationalSpellings(bare: string, digits: string): string[] {
	// In Russia and Kazakhstan 8 takes the place of +7.
	const russian = /^8\d{10}$/u.test(bare) ? `7${bare.slice(1)}` : undefined;
	const known = russian ?? internationalDigits(bare) ?? (digits.startsWith('0') ? undefined : digits);
	if (known === undefined) return [];
	const code = /^[17]/u.exec(known)?.[0] ?? TWO_DIGITS.exec(known)?.[0] ?? known.slice(0, 3);
	const rest = known.slice(code.length);
	return [`+${known}`, known, `${code === '7' ? '8' : '0'}${rest}`, `00${known}`, ...(code === '1' ? [rest] : [])];
}
