import { emptyMap, isMap, normalizeArray, type PhpMap, type PhpValue } from './values';

interface Branch {
	readonly children: Map<string, Branch | string>;
	nextIndex: number;
}

/** PHP drops a variable that nests deeper (max_input_nesting_level). */
const MAX_DEPTH = 64;

/**
 * Reads `a=1&b[c][]=2` like PHP's parse_str: nested brackets, `[]` appends, the last value wins, dots and spaces in
 * the first part of a name become underscores. Bytes that are no UTF-8 become U+FFFD.
 * @param text query string or form body, without a leading question mark
 */
export function parseForm(text: string): PhpMap {
	const root = branch();
	for (const pair of text.split('&')) {
		if (pair === '') continue;
		const equals = pair.indexOf('=');
		const name = decode(equals < 0 ? pair : pair.slice(0, equals));
		const path = splitName(name);
		if (path && path.length <= MAX_DEPTH) store(root, path, equals < 0 ? '' : decode(pair.slice(equals + 1)));
	}
	return asMap(toPhp(root));
}

/** Makes a map of a list, so that names can be looked up; a map stays what it is. */
export function asMap(value: PhpValue): PhpMap {
	if (isMap(value)) return value;
	const map = emptyMap();
	if (Array.isArray(value))
		value.forEach((element, index) => {
			map[String(index)] = element;
		});
	return map;
}

/**
 * Writes a value as a form body the way PHP's http_build_query does: percent-encoded brackets, booleans as 1 and 0,
 * null and empty arrays left out, empty texts kept. [S rest/lib/sqs.php]
 */
export function buildForm(value: Readonly<Record<string, unknown>>): string {
	const pairs: string[] = [];
	for (const [key, child] of Object.entries(value)) append(pairs, key, child);
	return pairs.join('&');
}

function append(pairs: string[], name: string, value: unknown): void {
	if (value === null || value === undefined) return;
	if (typeof value === 'object') {
		for (const [key, child] of Object.entries(value)) append(pairs, `${name}[${key}]`, child);
		return;
	}
	const text = typeof value === 'boolean' ? (value ? '1' : '0') : String(value);
	pairs.push(`${urlencode(name)}=${urlencode(text)}`);
}

/** PHP's urlencode: everything but letters, digits, `-`, `_` and `.` is encoded, a space becomes `+`. */
function urlencode(text: string): string {
	return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'))
		.replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
		.replace(/%20/g, '+');
}

function decode(text: string): string {
	const spaced = text.replace(/\+/g, ' ');
	if (!spaced.includes('%')) return spaced;
	const bytes = Buffer.from(spaced, 'utf8')
		.toString('latin1')
		.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}

function splitName(raw: string): string[] | undefined {
	const name = raw.replace(/^ +/, '').split('\0')[0] ?? '';
	if (name === '') return undefined;
	const open = name.indexOf('[', 1);
	const safe = (text: string): string => text.replace(/^\[/, '_').replace(/[ .]/g, '_');
	if (open < 0 || !name.includes(']', open)) return [safe(name).replace(/\[/g, '_')];
	const path = [safe(name.slice(0, open))];
	let rest = name.slice(open);
	for (let match = /^\[([^\]]*)\]/.exec(rest); match; match = /^\[([^\]]*)\]/.exec(rest)) {
		path.push((match[1] ?? '').trimStart());
		rest = rest.slice(match[0].length);
	}
	return path;
}

function store(root: Branch, path: readonly string[], value: string): void {
	let node = root;
	path.forEach((part, depth) => {
		const key = part === '' && depth > 0 ? String(node.nextIndex) : part;
		if (/^(0|[1-9]\d{0,14})$/.test(key)) node.nextIndex = Math.max(node.nextIndex, Number(key) + 1);
		if (depth === path.length - 1) {
			node.children.set(key, value);
			return;
		}
		const present = node.children.get(key);
		const next = typeof present === 'object' ? present : branch();
		if (next !== present) node.children.set(key, next);
		node = next;
	});
}

function branch(): Branch {
	return { children: new Map(), nextIndex: 0 };
}

function toPhp(node: Branch): PhpValue[] | PhpMap {
	return normalizeArray(
		[...node.children].map(([key, child]) => [key, typeof child === 'string' ? child : toPhp(child)]),
	);
}
