import { asMap } from './form';
import { normalizeArray, type PhpMap, type PhpValue } from './values';

/** PHP's json_decode gives up below this depth. */
const MAX_DEPTH = 512;

/**
 * Reads a JSON body like PHP's json_decode into arrays. Broken JSON, bad UTF-8, a bare scalar or too deep nesting is
 * no failure: the method then sees no parameters. [S rest.server/component.php]
 */
export function parseJsonBody(body: Buffer): PhpMap {
	try {
		const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
		const value = toPhp(JSON.parse(text), 1);
		return typeof value === 'object' && value !== null ? asMap(value) : asMap([]);
	} catch {
		return asMap([]);
	}
}

function toPhp(value: unknown, depth: number): PhpValue {
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
	if (typeof value !== 'object' || value === null) return null;
	if (depth > MAX_DEPTH) throw new RangeError('nested too deep');
	return normalizeArray(Object.entries(value).map(([key, child]) => [key, toPhp(child, depth + 1)]));
}

/**
 * A PHP date object inside an answer. The portal's serialiser cannot print it and writes `{}`.
 * [D finish example: CALL_START_DATE]
 */
export const DATE_OBJECT = Symbol('date object');

/** A value that a method may answer with. */
export type Wire =
	| string
	| number
	| boolean
	| null
	| undefined
	| typeof DATE_OBJECT
	| readonly Wire[]
	| { readonly [key: string]: Wire };

/**
 * Writes an answer as PHP's json_encode would: an empty array is `[]` even where an object is meant, keys 0..n-1 make
 * a list, a date object is `{}`. [DS SERVER "Answers": empty lists and empty maps are both []]
 */
export function encodeJson(value: Wire): string {
	return JSON.stringify(toJson(value)).replace(/\//g, '\\/');
}

function toJson(value: Wire): unknown {
	if (value === DATE_OBJECT) return {};
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((element: Wire) => toJson(element) ?? null);
	const pairs = Object.entries<Wire>(value).filter(([, child]) => child !== undefined);
	if (pairs.every(([key], index) => key === String(index))) return pairs.map(([, child]) => toJson(child));
	// fromEntries defines keys instead of assigning them, so a key called __proto__ stays a plain key.
	return Object.fromEntries(pairs.map(([key, child]) => [key, toJson(child)]));
}
