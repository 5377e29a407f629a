import { entries, toText, type PhpValue } from '../php/values';

/** Value of a field for comparing and sorting; numbers compare as numbers. */
export type FieldValue = string | number | boolean | null;

/** Reads a field of a row; undefined = there is no such field. */
export type ReadField<Row> = (row: Row, field: string) => FieldValue | undefined;

const YES = ['y', '1', 'true'];
const NO = ['n', '0', '', 'false'];

type Test = (value: FieldValue, wanted: PhpValue) => boolean;

/** Operators that Bitrix24 knows as prefixes of a filter's keys. [DS voximplant-statistic-get.md] */
const OPERATORS: Record<string, Test> = {
	'': (value, wanted) => isOneOf(value, wanted),
	'=': (value, wanted) => isOneOf(value, wanted),
	'!': (value, wanted) => !isOneOf(value, wanted),
	'!=': (value, wanted) => !isOneOf(value, wanted),
	'<': (value, wanted) => value !== null && compare(value, wanted) < 0,
	'<=': (value, wanted) => value !== null && compare(value, wanted) <= 0,
	'>': (value, wanted) => value !== null && compare(value, wanted) > 0,
	'>=': (value, wanted) => value !== null && compare(value, wanted) >= 0,
	'><': (value, wanted) => isBetween(value, wanted),
	'!><': (value, wanted) => !isBetween(value, wanted),
	'?': (value, wanted) => contains(value, toText(wanted)),
	'%': (value, wanted) => contains(value, toText(wanted)),
	'!%': (value, wanted) => !contains(value, toText(wanted)),
};

/**
 * Keeps the rows that a filter lets through. Keys are field names with an operator in front. Unknown operators and
 * fields are dropped without a word. [DS SERVER "Other telephony methods"]
 */
export function filterRows<Row>(rows: readonly Row[], filter: PhpValue | undefined, read: ReadField<Row>): Row[] {
	const conditions = entries(filter).flatMap(([key, wanted]) => {
		const match = /^([^A-Za-z_]*)(.*)$/s.exec(key);
		const test = OPERATORS[match?.[1] ?? ''];
		return test ? [{ test, field: (match?.[2] ?? '').toUpperCase(), wanted }] : [];
	});
	return rows.filter((row) =>
		conditions.every(({ test, field, wanted }) => {
			const value = read(row, field);
			return value === undefined || test(value, wanted);
		}),
	);
}

/** Sorts rows by a field; an unknown field leaves the order as it is. */
export function sortRows<Row>(rows: readonly Row[], field: string, order: string, read: ReadField<Row>): Row[] {
	const direction = order.toUpperCase() === 'DESC' ? -1 : 1;
	const name = field.toUpperCase();
	return [...rows].sort((a, b) => direction * compareValues(read(a, name) ?? null, read(b, name) ?? null));
}

/** `%` and `_` in a pattern match any text and any sign, as in SQL. */
export function isLike(value: string, pattern: string): boolean {
	const source = pattern
		.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
		.replace(/%/g, '.*')
		.replace(/_/g, '.');
	return new RegExp(`^${source}$`, 'is').test(value);
}

function isOneOf(value: FieldValue, wanted: PhpValue): boolean {
	if (typeof wanted === 'object' && wanted !== null) return entries(wanted).some(([, one]) => isOneOf(value, one));
	if (value === null) return wanted === null || wanted === '';
	if (typeof value === 'number') return compare(value, wanted) === 0;
	// A form and a batch can only send text for true and false.
	if (typeof value === 'boolean') return (value ? YES : NO).includes(comparableText(wanted));
	return comparableText(value) === comparableText(wanted);
}

function isBetween(value: FieldValue, wanted: PhpValue): boolean {
	const [from, to] = entries(wanted).map(([, bound]) => bound);
	return (
		value !== null && from !== undefined && to !== undefined && compare(value, from) >= 0 && compare(value, to) <= 0
	);
}

function contains(value: FieldValue, wanted: string): boolean {
	return comparableText(value).includes(wanted.replace(/^%|%$/g, '').toLowerCase());
}

function compare(value: FieldValue, wanted: PhpValue): number {
	const other = typeof value === 'number' ? Number(toText(wanted)) : toText(wanted);
	return compareValues(value, Number.isNaN(other) ? null : other);
}

function compareValues(a: FieldValue, b: FieldValue): number {
	if (a === null || b === null) return Number(a !== null) - Number(b !== null);
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	const [left, right] = [comparableText(a), comparableText(b)];
	return left < right ? -1 : left > right ? 1 : 0;
}

function comparableText(value: PhpValue): string {
	return value === true ? 'y' : value === false ? 'n' : toText(value).toLowerCase();
}
