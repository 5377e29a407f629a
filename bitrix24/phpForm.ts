/** A value that fits into a form-encoded request of Bitrix24. */
export type FormValue = string | number | boolean | null | undefined | FormValue[] | { [key: string]: FormValue };

/** What a form-encoded body decodes to: every scalar is text. */
export type Decoded = string | DecodedMap;

/** A decoded map. Lists are maps with the keys 0, 1, 2, as in PHP. Has no prototype. */
export interface DecodedMap {
	[key: string]: Decoded;
}

/** PHP's own default of max_input_vars and max_input_nesting_level are 1000 and 64. */
const MAX_PAIRS = 1000;
const MAX_DEPTH = 16;

/**
 * Encodes parameters the way PHP's http_build_query does, which the portal reads back with parse_str.
 *
 * @param values named values; nested ones become `a[b][c]`. Undefined and null are left out, booleans become 1 or 0.
 * @returns the encoded text without a leading question mark.
 */
export function encodeForm(values: Record<string, FormValue>): string {
	return Object.entries(values)
		.flatMap(([key, value]) => pairs(key, value))
		.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
		.join('&');
}

function pairs(key: string, value: FormValue): [string, string][] {
	if (value === undefined || value === null) return [];
	if (typeof value === 'boolean') return [[key, value ? '1' : '0']];
	if (typeof value !== 'object') return [[key, String(value)]];
	return Object.entries(value).flatMap(([inner, nested]) => pairs(`${key}[${inner}]`, nested as FormValue));
}

/**
 * Decodes a form-encoded body with nested keys, as an event delivery has it (sender of module `rest`:
 * nested square brackets, percent-encoded, everything text).
 *
 * @param body the raw body. Never throws: broken percent signs stay as they are, a key that clashes with an earlier
 *   scalar replaces it, pairs past the thousandth and levels past the sixteenth are dropped.
 * @returns a map without prototype, so that no key of a sender can reach into JavaScript.
 */
export function decodeForm(body: string): DecodedMap {
	const decoded = emptyMap();
	for (const pair of body.split('&', MAX_PAIRS)) {
		if (pair === '') continue;
		const cut = pair.indexOf('=');
		const path = keyPath(unescape(cut < 0 ? pair : pair.slice(0, cut)));
		if (path) put(decoded, path, cut < 0 ? '' : unescape(pair.slice(cut + 1)));
	}
	return decoded;
}

function emptyMap(): DecodedMap {
	return Object.create(null) as DecodedMap;
}

function unescape(text: string): string {
	const spaced = text.replace(/\+/g, ' ');
	try {
		return decodeURIComponent(spaced);
	} catch {
		return spaced;
	}
}

/** `a[b][]` becomes ['a', 'b', '']. Text after an unclosed bracket belongs to the name, as in PHP. */
function keyPath(key: string): string[] | undefined {
	const name = /^[^[]+/.exec(key)?.[0];
	if (name === undefined) return undefined;
	const inner = [...key.slice(name.length).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
	return inner.length < MAX_DEPTH ? [name, ...inner] : undefined;
}

function put(target: DecodedMap, path: string[], value: string): void {
	let map = target;
	path.forEach((part, level) => {
		const key = part === '' ? String(Object.keys(map).length) : part;
		if (level === path.length - 1) {
			map[key] = value;
			return;
		}
		const next = map[key];
		const inner = typeof next === 'object' ? next : emptyMap();
		map[key] = inner;
		map = inner;
	});
}
