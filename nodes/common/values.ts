/** Longest text that an error repeats. */
const SHOWN = 60;

/** What a value is, for an error. */
export function kindOf(value: unknown): string {
	if (value === undefined || value === null) return 'empty';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	if (typeof value !== 'string') return `the ${typeof value} ${String(value)}`;
	if (value.trim() === '') return 'empty';
	return `the text “${value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value}”`;
}

/** True when an expression brought nothing, or only blanks. */
export function isMissing(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** An object with keys, as opposed to a list, a date or a plain value. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/**
 * A number as a person writes one; 0x10, 1e3 and “12 s” are none.
 *
 * @returns undefined when it is no number, or too large to be exact.
 */
export function toNumber(value: unknown): number | undefined {
	const number = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
	return typeof number === 'number' && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined;
}

/**
 * Numbers count as text: phone numbers and ids often come as such.
 *
 * @returns the text, trimmed; undefined when it is none, or a number that JavaScript writes otherwise than it was meant
 *   (1e+21, or digits lost beyond 2^53).
 */
export function toText(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim();
	return toNumber(value) !== undefined && NUMBER.test(String(value)) ? String(value) : undefined;
}

const ON = ['true', '1', 'y', 'yes', 'on', 'да'];
const OFF = ['false', '0', 'n', 'no', 'off', 'нет'];

/** A switch as a person means it. Undefined when it can be read neither way. */
export function toFlag(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const word = toText(value)?.toLowerCase() ?? '';
	return ON.includes(word) ? true : OFF.includes(word) ? false : undefined;
}

/** Numbers as a person writes them: `0-8, 10`. @param numbers in rising order */
export function numbersInWords(numbers: readonly number[]): string {
	const spans: [number, number][] = [];
	for (const number of numbers) {
		const last = spans.at(-1);
		if (last && number === last[1] + 1) last[1] = number;
		else spans.push([number, number]);
	}
	return spans
		.map(([from, to]) => (from === to ? String(from) : to === from + 1 ? `${from}, ${to}` : `${from}-${to}`))
		.join(', ');
}
