import { isRecord } from './failure';

/** A value as JSON carries it. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object; an absent field is undefined. */
export interface JsonObject {
	[key: string]: Json | undefined;
}

/** An answer that has not the shape it should have. Its message says what came, without the value itself. */
export class UnexpectedShape extends TypeError {}

/**
 * An object.
 *
 * @throws UnexpectedShape when it is something else.
 */
export function asObject(value: unknown): JsonObject {
	if (isJsonObject(value)) return value;
	throw new UnexpectedShape(`${shapeOf(value)} in place of an object`);
}

/**
 * A map of names and values. PHP sends an empty one as an empty list.
 *
 * @throws UnexpectedShape when it is something else.
 */
export function asMap(value: unknown): JsonObject {
	return Array.isArray(value) && value.length === 0 ? {} : asObject(value);
}

/**
 * A list of objects.
 *
 * @throws UnexpectedShape when it is something else.
 */
export function asRows(value: unknown): JsonObject[] {
	if (Array.isArray(value)) return value.map(asObject);
	throw new UnexpectedShape(`${shapeOf(value)} in place of a list`);
}

/**
 * An object that holds a text under a name.
 *
 * @throws UnexpectedShape when the text is not there.
 */
export function asObjectWith<Name extends string>(name: Name): (value: unknown) => JsonObject & Record<Name, string> {
	return (value) => {
		const object = asObject(value);
		if (!hasText(object, name)) throw new UnexpectedShape(`an object without ${name}`);
		return object;
	};
}

function hasText<Name extends string>(object: JsonObject, name: Name): object is JsonObject & Record<Name, string> {
	return typeof object[name] === 'string' && object[name] !== '';
}

/**
 * An object that holds a whole number from 0 under a name. The portal writes some of them as text (conflict C29).
 *
 * @throws UnexpectedShape when the number is not there.
 */
export function asObjectWithNumber(name: string): (value: unknown) => JsonObject {
	return (value) => {
		const object = asObject(value);
		const number = object[name];
		if (typeof number !== 'object' && /^\d+$/.test(String(number))) return object;
		throw new UnexpectedShape(`an object without ${name}`);
	};
}

/**
 * A list of texts.
 *
 * @throws UnexpectedShape when it is something else.
 */
export function asTexts(value: unknown): string[] {
	if (Array.isArray(value)) return value.map(asText);
	throw new UnexpectedShape(`${shapeOf(value)} in place of a list`);
}

/**
 * A text.
 *
 * @throws UnexpectedShape when it is something else.
 */
export function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	throw new UnexpectedShape(`${shapeOf(value)} in place of a text`);
}

/**
 * A yes or no. The portal writes them as JSON booleans; PHP's 1 and 0 count as well.
 *
 * @throws UnexpectedShape when it is something else.
 */
export function asBoolean(value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	if (value === 1 || value === 0) return value === 1;
	throw new UnexpectedShape(`${shapeOf(value)} in place of yes or no`);
}

/**
 * A yes: the answer of methods that say nothing else when they did their work.
 *
 * @throws UnexpectedShape when it is something else.
 */
export function asYes(value: unknown): true {
	if (value === true || value === 1) return true;
	throw new UnexpectedShape(`${shapeOf(value)} in place of yes`);
}

/**
 * An empty list: the answer of methods that have nothing to say.
 *
 * @throws UnexpectedShape when it is something else.
 */
export function asNothing(value: unknown): [] {
	if (Array.isArray(value) && value.length === 0) return [];
	throw new UnexpectedShape(`${shapeOf(value)} in place of an empty list`);
}

/** A positive whole number, from a number or digits; undefined for anything else. */
export function toId(value: unknown): number | undefined {
	const number = typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : Number.NaN;
	return Number.isInteger(number) && number > 0 ? number : undefined;
}

/** What comes here was read from JSON, so the values of an object are JSON as well. */
function isJsonObject(value: unknown): value is JsonObject {
	return isRecord(value);
}

function shapeOf(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
