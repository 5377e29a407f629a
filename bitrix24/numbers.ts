/** What the portal leaves of a number (voximplant/lib/rest/helper.php). */
const DIALLED = /[^0-9#*+,;]/g;

/** So many digits without a plus are an extension or a service number, which has no other form. */
const SHORT = 6;

/** Digits of the longest number, without its prefix (ITU-T E.164). */
const LONGEST = 15;

/** What people write between digits. */
const SEPARATORS = /[\s().\-/\u2010-\u2015]/gu;
const TRUNK_ZERO = /\(\s*0\s*\)/u;

/** From here on a number goes on with what is dialled once somebody answers. */
const TAIL = /[;,]|\s(?:ext|доб)/iu;

/** What stands in front of a country code. */
const PREFIX = /^(?:\+|00)/u;

/** Country codes of two digits; 1 and 7 have one, all others three (ITU-T E.164, list of assigned codes). */
const TWO_DIGITS = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/u;

/** Digits by which numbers are told apart, whatever stands before them: a plus, a country code, a zero. */
const TELLING = 9;

/** What stands before a national number at home: 8 in Russia and Kazakhstan, 0 in most other countries. */
const trunkPrefix = (countryCode: string): string => (countryCode === '7' ? '8' : '0');

/** The number as a person wrote it, and what is dialled once somebody answers; empty when there is nothing of it. */
export function parted(text: string): [main: string, tail: string] {
	const whole = text.replace(/^tel:/iu, '');
	const at = whole.search(TAIL);
	return at < 0 ? [whole, ''] : [whole.slice(0, at), whole.slice(at).trim()];
}

/** The number without what people write between digits. @param main see {@link parted} */
export function compact(main: string): string {
	return (isInternational(main) ? main.replace(TRUNK_ZERO, '') : main).replace(SEPARATORS, '');
}

/** Whether an international number shows the zero that is dialled at home only, as +49 (0)40 does. */
export function hasTrunkZero(text: string): boolean {
	return TRUNK_ZERO.test(text) && isInternational(text);
}

function isInternational(text: string): boolean {
	return /^[\s(]*(?:\+|00)/u.test(text);
}

/**
 * Why nobody knows whom a number would reach, to go on after the number; undefined for a good one.
 * @param main see {@link parted}
 */
export function refusal(main: string): string | undefined {
	if (/[*#]/u.test(main)) return 'is a service code';
	if (/\p{L}/u.test(main)) return 'has letters';
	const number = compact(main);
	if (!/^\+?\d*[1-9]\d*$/u.test(number)) return 'is no phone number';
	return number.replace(PREFIX, '').length > LONGEST ? 'has too many digits' : undefined;
}

/**
 * The digits from the country code on.
 * @param number see {@link compact}.
 * @returns undefined where it says no country code
 */
export function internationalDigits(number: string): string | undefined {
	if (number.startsWith('+')) return number.slice(1);
	return number.startsWith('00') && number.length > SHORT ? number.slice(2) : undefined;
}

/**
 * The digits from the country code on, also of a number that does not say it.
 *
 * @param number see {@link compact}.
 * @param countryCode digits of the home country; without it 8 and ten digits are of +7.
 * @returns undefined when nobody can tell: a national number of an unknown country, a short one.
 */
function likelyInternational(number: string, countryCode = ''): string | undefined {
	if (!/^\+?\d+$/.test(number)) return undefined;
	const digits = number.replace(PREFIX, '');
	if (digits.length <= SHORT || digits.length > LONGEST) return undefined;
	if (digits !== number) return digits;
	const prefix = trunkPrefix(countryCode);
	if (countryCode !== '' && digits.startsWith(prefix)) return countryCode + digits.slice(prefix.length);
	if (countryCode === '' && /^8\d{10}$/.test(digits)) return `7${digits.slice(1)}`;
	return digits.startsWith('0') ? undefined : digits;
}

/**
 * The spellings under which the portal may keep a running call, few because each costs requests: the given one first,
 * then with and without plus, then national ones.
 *
 * @param countryCode digits of the home country, for national spellings. Without it only those of +7 are known: 8 and
 * ten digits.
 */
export function spellings(phoneNumber: string, countryCode = ''): string[] {
	const given = phoneNumber.replace(DIALLED, '');
	const international = likelyInternational(given, countryCode);
	if (international === undefined) return [given];
	const home = countryCode === '' && /^7\d{10}$/.test(international) ? '7' : countryCode;
	const national = home !== '' && international.startsWith(home) ? international.slice(home.length) : undefined;
	const more =
		national === undefined ? [] : [`${trunkPrefix(home)}${national}`, ...(countryCode === '' ? [] : [national])];
	return [...new Set([given, `+${international}`, international, ...more])];
}

/**
 * The spellings under which people put a number into a CRM.
 *
 * @param phoneNumber as a phone system says it, with or without plus.
 * @returns other spellings, each once, the likeliest first, without the given one; none for a short number and for none
 *   at all. Those of a number without country code stay without one.
 */
export function otherSpellings(phoneNumber: string): string[] {
	const [main] = parted(phoneNumber);
	const number = compact(main);
	const digits = number.replace('+', '');
	if (digits.length <= SHORT || refusal(main) !== undefined) return [];
	const known = likelyInternational(number);
	const others = known === undefined ? [] : inAnyCountry(known);
	return [...new Set([...others, digits])].filter((one) => one !== phoneNumber);
}

/** @param known digits from the country code on */
function inAnyCountry(known: string): string[] {
	const code = /^[17]/u.exec(known)?.[0] ?? TWO_DIGITS.exec(known)?.[0] ?? known.slice(0, 3);
	const rest = known.slice(code.length);
	return [`+${known}`, known, `${trunkPrefix(code)}${rest}`, `00${known}`, ...(code === '1' ? [rest] : [])];
}

/** Whether two spellings are most likely one number. Short ones must be equal. */
export function isSameNumber(one: string, other: string): boolean {
	const [first, second] = [one, other].map((number) => number.replace(/\D/g, '').slice(-TELLING));
	return first !== '' && first === second;
}
