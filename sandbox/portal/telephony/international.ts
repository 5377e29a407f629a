import { stripNumber } from '../state/find';
import type { Settings } from '../state/model';

/** Digits of the longest number that counts as short. Where the real portal draws the line is not known. */
const SHORT = 6;

/**
 * The international form of a number as the CRM has it: + and the portal's country code for a national number, while a
 * short number stays bare, without +. [F 2020]
 */
export function internationalNumber(
	number: string,
	{ countryCode, trunkPrefix }: Pick<Settings, 'countryCode' | 'trunkPrefix'>,
): string {
	const bare = stripNumber(number);
	const digits = bare.replace(/\D/g, '');
	if (bare.startsWith('+')) return `+${digits}`;
	if (digits.length <= SHORT) return bare;
	if (digits.startsWith('00')) return `+${digits.slice(2)}`;
	if (trunkPrefix !== '' && digits.startsWith(trunkPrefix)) return `+${countryCode}${digits.slice(trunkPrefix.length)}`;
	return digits.startsWith(countryCode) ? `+${digits}` : `+${countryCode}${digits}`;
}
