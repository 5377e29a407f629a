/** A value that fits into a form-encoded request of Bitrix24. */
export type FormValue = string | number | boolean | null | undefined | FormValue[] | { [key: string]: FormValue };

/** What a form-encoded body decodes to: every scalar is text. */
export type Decoded = string | DecodedMap;

/** A decoded map. Lists are maps with the keys 0, 1, 2, as in PHP. Has no prototype. */
export interface DecodedMap {
	[key: string]: Decoded;
}

/** PHP's own defaults of max_input_vars and max_input_nesting_level. */
const MAX_PAIRS = 1000;
const MAX_DEPTH = 64;

/**
 * Encodes parameters the way PHP's http_build_query does, which the portal reads back with parse_str.
 *
 * @param values named values; nested ones become `a[b][c]`. Undefined and null are left out, booleans become 1 or 0.
 * @returns the encoded text without a leading question mark.
 */
export function encodeForm(values: Record<string, FormValue>): string {
	return Object.entries(values)
		.flatMap(([key, value]) => pairs(key, value))
		.map(([key, value]) => `${encodeURIComponent(wellFormed(key))}=${encodeURIComponent(wellFormed(value))}`)
		.join('&');
}

/**
 * Half of a character stands where a text was cut in the middle of an emoji. It has no encoding (JavaScript throws, PHP
 * drops the whole JSON), so the sign for an unknown character goes out in its place.
 */
export function wellFormed(text: string): string {
	return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

function pairs(key: string, value: FormValue): [string, string][] {
	if (value === undefined || value === null) return [];
	if (typeof value === 'boolean') return [[key, value ? '1' : '0']];
	if (typeof value !== 'object') return [[key, String(value)]];
	return Object.entries<FormValue>(value).flatMap(([inner, nested]) => pairs(`${key}[${inner}]`, nested));
}

/**
 * Decodes a form-encoded body as PHP's parse_str does, for that is what event deliveries are written for (sender of
 * module `rest`: nested square brackets, percent-encoded, everything text). The rules are those of PHP 8.2
 * (main/php_variables.c): spaces, dots and an unclosed bracket in a name become underscores, what follows a closed
 * bracket is dropped, a later pair replaces an earlier one, pairs past the thousandth are dropped, and so is a name
 * with more than 64 brackets, whatever it held before.
 *
 * @param body the raw body. Never throws, and takes a time that grows with its length only.
 * @returns a map without prototype, so that no key of a sender can reach into JavaScript.
 */
export function decodeForm(body: string): DecodedMap {
	const decoded = emptyMap();
	const lists: Lists = new Map();
	for (const pair of pairsIn(body)) {
		const cut = pair.indexOf('=');
		const path = keyPath(unescape(cut < 0 ? pair : pair.slice(0, cut)));
		if (path) put(decoded, path, cut < 0 ? '' : unescape(pair.slice(cut + 1)), lists);
	}
	return decoded;
}

/** The index that `[]` takes next in a map: one above the largest so far, as in PHP. */
type Lists = Map<DecodedMap, number>;

function* pairsIn(body: string): Generator<string> {
	let count = 0;
	for (let start = 0; start < body.length && count < MAX_PAIRS;) {
		const found = body.indexOf('&', start);
		const end = found < 0 ? body.length : found;
		if (end > start) {
			count += 1;
			yield body.slice(start, end);
		}
		start = end + 1;
	}
}

function emptyMap(): DecodedMap {
	const map: DecodedMap = Object.create(null);
	return map;
}

function unescape(text: string): string {
	const spaced = text.replace(/\+/g, ' ');
	try {
		return decodeURIComponent(spaced);
	} catch {
		return byBytes(spaced);
	}
}

/**
 * For percent signs that are none, or that spell no text: PHP leaves the former as they are and takes the latter as
 * bytes.
 */
function byBytes(text: string): string {
	const bytes = Buffer.from(text)
		.toString('latin1')
		.replace(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
	return Buffer.from(bytes, 'latin1').toString();
}

/**
 * `a[b][]` becomes ['a', 'b', ''], where the empty one stands for the next index. Undefined for a pair without a name.
 */
function keyPath(key: string): string[] | undefined {
	const name = (key.split('\0', 1)[0] ?? '').replace(/^ +/, '');
	let open = name.indexOf('[');
	const head = underscored(open < 0 ? name : name.slice(0, open));
	if (head === '') return undefined;
	const path = [head];
	while (open >= 0 && name[open] === '[' && path.length <= MAX_DEPTH + 1) {
		const close = name.indexOf(']', open);
		if (close < 0) return path.length === 1 ? [underscored(name)] : path;
		const inner = name.slice(open + 1, close);
		path.push(/^[ \t-\r]$/.test(inner) ? '' : inner);
		open = close + 1;
	}
	return path;
}

function underscored(name: string): string {
	return name.replace(/[ .[]/g, '_');
}

function put(target: DecodedMap, path: string[], value: string, lists: Lists): void {
	const [head = ''] = path;
	if (path.length > MAX_DEPTH + 1) {
		Reflect.deleteProperty(target, head);
		return;
	}
	let map = target;
	for (const [level, part] of path.entries()) {
		const key = part === '' ? String(lists.get(map) ?? 0) : part;
		countIndex(map, key, lists);
		const present = map[key];
		const inner = level === path.length - 1 ? value : typeof present === 'object' ? present : emptyMap();
		map[key] = inner;
		if (typeof inner === 'object') map = inner;
	}
}

function countIndex(map: DecodedMap, key: string, lists: Lists): void {
	const index = /^(0|-?[1-9]\d*)$/.test(key) ? Number(key) : undefined;
	const next = lists.get(map);
	if (index !== undefined && (next === undefined || index >= next)) lists.set(map, index + 1);
}
