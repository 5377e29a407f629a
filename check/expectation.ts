import { isDate, join, keyNames, kindOf, say, wordsOf, type Clean } from './clean';

/** What an expectation makes of a value. */
export interface Judgement {
	readonly ok: boolean;
	/** What was seen, without anything that belongs to a portal. */
	readonly seen: Clean;
	/** Which side of which conflict this is, such as "C14: as the server says". */
	readonly side?: Clean;
}

/** What one part of an answer must be. */
export interface Expectation {
	readonly shown: Clean;
	/** The conflict whose sides it knows. */
	readonly conflict?: Clean;
	judge(value: unknown): Judgement;
}

/** Kinds of values that can be told apart on the wire. */
export type Kind =
	'text' | 'integer' | 'number' | 'boolean' | 'null' | 'list' | 'object' | 'date' | 'empty list' | 'empty object';

const KINDS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
	text: (value) => typeof value === 'string',
	integer: (value) => Number.isInteger(value),
	number: (value) => typeof value === 'number',
	boolean: (value) => typeof value === 'boolean',
	null: (value) => value === null,
	list: (value) => Array.isArray(value),
	object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	date: (value) => typeof value === 'string' && isDate(value),
	'empty list': (value) => Array.isArray(value) && value.length === 0,
	'empty object': (value) =>
		typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0,
};

const NAMES: Readonly<Record<Kind, Clean>> = {
	text: say`text`,
	integer: say`integer`,
	number: say`number`,
	boolean: say`boolean`,
	null: say`null`,
	list: say`list`,
	object: say`object`,
	date: say`date`,
	'empty list': say`empty list`,
	'empty object': say`empty object`,
};

const judged = (shown: Clean, ok: boolean, otherwise: () => Clean): Judgement => ({
	ok,
	seen: ok ? shown : otherwise(),
});

/** One of these kinds. */
export function kind(...kinds: readonly Kind[]): Expectation {
	const shown = join(
		kinds.map((name) => NAMES[name]),
		say` or `,
	);
	return {
		shown,
		judge: (value) =>
			judged(
				shown,
				kinds.some((name) => KINDS[name](value)),
				() => kindOf(value),
			),
	};
}

/** Just this value. */
export function is(expected: Clean | number | boolean): Expectation {
	const shown = typeof expected === 'boolean' ? kindOf(expected) : say`${expected}`;
	return { shown, judge: (value) => judged(shown, value === expected, () => kindOf(value)) };
}

/** One of these texts; a number is read as one, as the portal writes flags both ways. */
export function oneOf(words: readonly Clean[]): Expectation {
	const shown = join(words, say`/`);
	return {
		shown,
		judge: (value) =>
			judged(
				shown,
				words.some((word) => word === value || (typeof value === 'number' && word === String(value))),
				() => kindOf(value),
			),
	};
}

/** An HTTP status. */
export function status(expected: number): Expectation {
	const shown = say`${expected}`;
	return {
		shown,
		judge: (value) => judged(shown, value === expected, () => (typeof value === 'number' ? say`${value}` : say`none`)),
	};
}

/** A text that the portal's program says, such as a code; {N} stands for anything. */
export function words(template: Clean): Expectation {
	const shown = template === '' ? say`""` : template;
	const pattern = new RegExp(`^${template.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\\\{\w+\\\}/g, '.*')}$`, 's');
	return {
		shown,
		judge: (value) => judged(shown, typeof value === 'string' && pattern.test(value), () => wordsOf(value)),
	};
}

/** A text of this form, which is said in words. */
export function matching(shown: Clean, pattern: RegExp): Expectation {
	return {
		shown,
		judge: (value) => judged(shown, typeof value === 'string' && pattern.test(value), () => kindOf(value)),
	};
}

/** So many days, given in seconds; an hour more or less is the time between two clocks. */
export function days(count: number): Expectation {
	const shown = say`${count} days`;
	const seen = (value: unknown): Clean =>
		typeof value === 'number' ? say`${Math.round(value / 8640) / 10} days` : say`unreadable`;
	return {
		shown,
		judge: (value) =>
			judged(shown, typeof value === 'number' && Math.abs(value - count * 86_400) < 3600, () => seen(value)),
	};
}

/** Nothing under this key. */
export function absent(): Expectation {
	return { shown: say`absent`, judge: (value) => judged(say`absent`, value === undefined, () => kindOf(value)) };
}

/** Anything under this key, but something. */
export function present(): Expectation {
	return { shown: say`present`, judge: (value) => judged(say`present`, value !== undefined, () => say`missing`) };
}

/** May be missing, which a ? says. */
export function optional(expectation: Expectation): Expectation {
	const shown = say`${expectation.shown}?`;
	return {
		shown,
		judge: (value) => (value === undefined ? { ok: true, seen: say`missing` } : { ...expectation.judge(value) }),
	};
}

/** An object without other keys than these. */
export function onlyKeys(known: readonly string[]): Expectation {
	const shown = say`none`;
	const others = (value: unknown): string[] =>
		KINDS.object(value) ? Object.keys(Object(value)).filter((name) => !known.includes(name)) : [];
	return { shown, judge: (value) => judged(shown, others(value).length === 0, () => keyNames(others(value))) };
}

/** A list of just these texts, in any order. */
export function exactly(expected: readonly Clean[]): Expectation {
	const shown = join(expected, say`, `);
	const same = (value: unknown): boolean =>
		Array.isArray(value) && value.length === expected.length && expected.every((word) => value.includes(word));
	return {
		shown,
		judge: (value) =>
			judged(shown, same(value), () => (Array.isArray(value) ? keyNames(value.map(String)) : kindOf(value))),
	};
}

/** What the sides of an open question or a contradiction expect; the first one is what the sandbox does by itself. */
export function either(
	conflict: Clean,
	sides: readonly (readonly [says: Clean, expectation: Expectation])[],
): Expectation {
	const shown = join(
		sides.map(([, { shown: words }]) => words),
		say` or `,
	);
	return {
		shown,
		conflict,
		judge(value) {
			for (const [says, expectation] of sides) {
				const judgement = expectation.judge(value);
				if (judgement.ok) return { ...judgement, side: say`${conflict}: ${says}` };
			}
			return { ok: false, seen: sides[0]?.[1].judge(value).seen ?? kindOf(value) };
		},
	};
}

/** The side of the server's source. */
export const SERVER = say`as the server says`;
/** The side of the documentation. */
export const DOCS = say`as the documentation says`;
