/** What the portal leaves of a number (voximplant/lib/rest/helper.php). */
const DIALLED = /[^0-9#*+,;]/g;

/** Digits of the shortest number that can have an international form; shorter ones are extensions and service numbers. */
const SHORTEST = 7;

/** Longest number, without its prefix (ITU-T E.164). */
const LONGEST = 15;

/** What stands before a national number at home: 8 in Russia and Kazakhstan, 0 in most other countries. */
const trunkPrefix = (countryCode: string): string => (countryCode === '7' ? '8' : '0');

/**
 * The spellings under which a CRM may have a number, as the portal keeps them: the given one first, then with and without
 * plus, then national ones.
 *
 * @param countryCode digits of the home country, for national spellings. Without it only those of +7 are known: 8 and ten digits.
 */
export function spellings(phoneNumber: string, countryCode = ''): string[] {
	const given = phoneNumber.replace(DIALLED, '');
	const international = internationalDigits(given, countryCode);
	if (international === undefined) return [given];
	const home = countryCode === '' && /^7\d{10}$/.test(international) ? '7' : countryCode;
	const national = home !== '' && international.startsWith(home) ? international.slice(home.length) : undefined;
	const more =
		national === undefined ? [] : [`${trunkPrefix(home)}${national}`, ...(countryCode === '' ? [] : [national])];
	return [...new Set([given, `+${international}`, international, ...more])];
}

/** @returns undefined when a number has none, or nobody can tell: a national one of an unknown country */
function internationalDigits(given: string, countryCode: string): string | undefined {
	if (!/^\+?\d+$/.test(given)) return undefined;
	const digits = given.replace(/^(\+|00)/, '');
	if (digits.length < SHORTEST || digits.length > LONGEST) return undefined;
	if (digits !== given) return digits;
	const prefix = trunkPrefix(countryCode);
	if (countryCode !== '' && digits.startsWith(prefix)) return countryCode + digits.slice(prefix.length);
	if (countryCode === '' && /^8\d{10}$/.test(digits)) return `7${digits.slice(1)}`;
	return digits.startsWith('0') ? undefined : digits;
}
