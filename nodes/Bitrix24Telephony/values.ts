import type { IDataObject } from 'n8n-workflow';

/** Text, trimmed; numbers count as text. Undefined when empty or anything else. */
export function textOf(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	return String(value).trim() || undefined;
}

/** The chosen value of a resource locator, or a plain text. */
export function locatorText(value: unknown): string | undefined {
	return textOf(typeof value === 'object' && value !== null ? (value as IDataObject).value : value);
}

/** A switch as a person means it: the texts "N", "no" and "false" are off. */
export function toFlag(value: unknown): boolean {
	return typeof value === 'string' ? !['', '0', 'n', 'no', 'false'].includes(value.trim().toLowerCase()) : Boolean(value);
}

/** What a value is, for an error. */
export function kindOf(value: unknown): string {
	if (value === undefined || value === null || value === '') return 'empty';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	return typeof value === 'string' ? `the text “${value}”` : `the ${typeof value} ${String(value)}`;
}
