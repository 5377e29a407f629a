import { vocabulary } from './vocabulary';

declare const clean: unique symbol;

/**
 * Text that may stand in a report: it cannot hold a token, a name, a number or an address, because it is made only of
 * texts of this repository, of kinds of values, and of words that the contract uses. Nothing but this file and the
 * contract makes one.
 */
export type Clean = string & { readonly [clean]: true };

const mark = (text: string): Clean => text as Clean;

/**
 * Words of this program, as a tagged template: what is put in must be clean or a number that the program counted
 * itself.
 */
export function say(texts: TemplateStringsArray, ...values: readonly (Clean | number)[]): Clean {
	return mark(String.raw({ raw: texts }, ...values));
}

/** Puts clean texts together. */
export function join(texts: readonly Clean[], between: Clean): Clean {
	return mark(texts.join(between));
}

/** The pieces of a clean text. */
export function split(text: Clean, between: string): Clean[] {
	return text.split(between).map(mark);
}

/** Says what kind of value something is, never which. A truth value is said, for it belongs to nobody. */
export function kindOf(value: unknown): Clean {
	if (value === undefined) return say`missing`;
	if (value === null) return say`null`;
	if (Array.isArray(value)) return value.length === 0 ? say`empty list` : say`list`;
	switch (typeof value) {
		case 'string':
			return kindOfText(value);
		case 'number':
			return Number.isInteger(value) ? say`integer` : say`number`;
		case 'boolean':
			return value ? say`true` : say`false`;
		default:
			return Object.keys(value).length === 0 ? say`empty object` : say`object`;
	}
}

/** A time of ISO 8601 with its zone, as the portal writes it. */
export const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$/.test(text);

function kindOfText(text: string): Clean {
	if (text === '') return say`empty text`;
	return isDate(text) ? say`date` : say`text`;
}

/** How long a text may get in a report, in characters. */
const LONGEST = 200;

/**
 * What may be told of a text that a portal wrote: the words that the contract uses too, and the signs between them. Any
 * other word becomes an ellipsis and any number a #, so that a new error can be understood although nobody knew it.
 */
export function wordsOf(value: unknown): Clean {
	if (typeof value !== 'string') return kindOf(value);
	if (value === '') return say`""`;
	const parts = value.slice(0, LONGEST).match(/[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+/gu) ?? [];
	return mark(
		parts
			.map(onlyKnown)
			.join('')
			.replace(/…(?:[ .,·'-]*…)+/g, '…'),
	);
}

function onlyKnown(part: string): string {
	if (/^\p{N}+$/u.test(part)) return '#';
	// A piece of a token or of a code.
	if (/\p{N}/u.test(part)) return '…';
	if (!/[\p{L}\p{M}]/u.test(part)) return part.replace(/[^ .,:;!?()'"_[\]{}/=<>-]/g, '·');
	if (isKnown(part)) return part;
	return (part.match(/\p{Lu}?\p{Ll}+|\p{Lu}+|[^\p{Lu}\p{Ll}]+/gu) ?? [])
		.map((piece) => (isKnown(piece) ? piece : '…'))
		.join('');
}

const isKnown = (word: string): boolean => vocabulary.has(word.toLowerCase());

/** Names of keys, as far as the contract knows them; the others are counted. */
export function keyNames(names: readonly string[]): Clean {
	const shown = names.filter((name) => wordsOf(name) === name).map(mark);
	const hidden = names.length - shown.length;
	return join(hidden === 0 ? shown : [...shown, say`${hidden} unknown`], say`, `);
}
