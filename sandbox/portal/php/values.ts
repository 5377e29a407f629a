/** A value as PHP holds it after reading a request: form fields give text, JSON gives every kind. */
export type PhpValue = string | number | boolean | null | PhpValue[] | PhpMap;

/** A PHP array whose keys are not 0, 1, 2 and so on. Made without a prototype, so no key is special. */
export interface PhpMap {
	[key: string]: PhpValue;
}

/** Makes an empty map that has no inherited keys. */
export function emptyMap(): PhpMap {
	const map: PhpMap = Object.create(null);
	return map;
}

/** Says whether a value is a map (an array with named keys). */
export function isMap(value: PhpValue | undefined): value is PhpMap {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * PHP's (bool). "", "0", 0, null and empty arrays are false; every other text is true, also "N" and "false".
 * [S vi_rest.php casts SHOW, CRM_CREATE and ADD_TO_CHAT this way]
 */
export function toBool(value: PhpValue | undefined): boolean {
	if (value === undefined || value === null) return false;
	if (typeof value === 'string') return value !== '' && value !== '0';
	if (typeof value === 'object') return Object.keys(value).length > 0;
	return Boolean(value);
}

/** PHP's (int): the leading number of a text, 0 when there is none. */
export function toInt(value: PhpValue | undefined): number {
	const number = Math.trunc(toFloat(value));
	if (!Number.isFinite(number)) return 0;
	return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, number)) + 0;
}

/** PHP's (float): the leading number of a text, 0 when there is none. */
export function toFloat(value: PhpValue | undefined): number {
	if (typeof value === 'number') return value;
	if (typeof value === 'string') {
		const match = /^[ \t\n\r\v\f]*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/i.exec(value);
		return match ? Number(match[1]) : 0;
	}
	return toBool(value) ? 1 : 0;
}

/** PHP's (string). An array becomes the word "Array", null and false become "". */
export function toText(value: PhpValue | undefined): string {
	if (value === undefined || value === null || value === false) return '';
	if (value === true) return '1';
	if (typeof value === 'object') return 'Array';
	return String(value);
}

/** The elements of an array in order; an absent or single value gives no elements. */
export function elements(value: PhpValue | undefined): PhpValue[] {
	if (Array.isArray(value)) return value;
	return isMap(value) ? Object.values(value) : [];
}

/** The keys and values of an array in order; a list has the keys "0", "1" and so on. */
export function entries(value: PhpValue | undefined): [string, PhpValue][] {
	return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** PHP knows one kind of array: keys 0..n-1 make a list, and an empty one is a list too. */
export function normalizeArray(pairs: readonly (readonly [string, PhpValue])[]): PhpValue[] | PhpMap {
	if (pairs.every(([key], index) => key === String(index))) return pairs.map(([, value]) => value);
	const map = emptyMap();
	for (const [key, value] of pairs) map[key] = value;
	return map;
}
