import { parseJsonBody } from '../../portal/php/json';
import type { Field } from '../data/timeline';

/** What stands in the place of a secret. */
const MASK = '••••';
/** Names of parameters and keys that are secrets, in lower case. */
const SECRETS: ReadonlySet<string> = new Set([
	'auth',
	'access_token',
	'refresh_token',
	'application_token',
	'client_secret',
	'token',
	'password',
	'secret',
	'api_key',
]);
/** With this n8n answers for its Webhook node when all is well (n8n 2.41, webhook-helpers.js). */
const BEGUN = 'Workflow was started';
const IN_ADDRESS = /([?&](?:auth|access_token|refresh_token|token|api_key|secret)=)[^&\s"]+/gi;
const LOGIN = /(\/\/)[^/\s"@]+@/g;
/** Characters of a value, of an answer and of its words, and fields, that are shown. */
const LONGEST_VALUE = 1000;
const LONGEST_ANSWER = 6000;
const LONGEST_WORDS = 300;
const MOST_FIELDS = 100;

/** The form of a value as fields: lists and maps as `name[key]`, in their order. */
export function fieldsOf(value: unknown): Field[] {
	const fields: Field[] = [];
	append(fields, '', value);
	return fields;
}

/** Fields of a form body as they stand in it. */
export function formFields(body: string): Field[] {
	return [...new URLSearchParams(body)].slice(0, MOST_FIELDS).map(([name, value]) => field(name, value));
}

/** An answer for people: JSON with line breaks, any other text as it is. Secrets are masked, and a long one is cut. */
export function answerText(text: string): string {
	return cut(isStructure(text) ? JSON.stringify(masked(parseJsonBody(Buffer.from(text))), null, 2) : inText(text));
}

/**
 * What an answer says in words: the `message` of its JSON, on one line. Secrets are masked.
 * @returns empty without one, and where n8n only says that it began
 */
export function answerWords(text: string | null): string {
	if (text === null || !isStructure(text)) return '';
	const { message } = parseJsonBody(Buffer.from(text));
	const words = typeof message === 'string' ? inText(message).replace(/\s+/g, ' ').trim() : '';
	if (words === BEGUN) return '';
	return words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words;
}

/** A part of an answer for people. */
export function valueText(value: unknown): string {
	return value === undefined ? '' : cut(JSON.stringify(masked(value), null, 2));
}

function isStructure(text: string): boolean {
	return /^\s*[{[]/.test(text) && Object.keys(parseJsonBody(Buffer.from(text))).length > 0;
}

function append(fields: Field[], name: string, value: unknown): void {
	if (fields.length >= MOST_FIELDS || value === undefined) return;
	if (typeof value !== 'object' || value === null) {
		fields.push(field(name, typeof value === 'string' ? value : JSON.stringify(value)));
		return;
	}
	for (const [key, child] of Object.entries(value)) append(fields, name === '' ? key : `${name}[${key}]`, child);
}

function field(name: string, value: string): Field {
	if (isSecret(name) && value !== '') return { name, value: MASK };
	const shown = inText(value);
	return {
		name,
		value: shown.length > LONGEST_VALUE ? `${shown.slice(0, LONGEST_VALUE)}… (${value.length} characters)` : shown,
	};
}

/** The last part of a name such as auth[access_token] decides. */
function isSecret(name: string): boolean {
	return SECRETS.has((name.match(/[^[\]]+/g)?.at(-1) ?? '').toLowerCase());
}

function masked(value: unknown, name = ''): unknown {
	if (typeof value === 'string') return isSecret(name) && value !== '' ? MASK : inText(value);
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((element: unknown) => masked(element));
	return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, masked(child, key)]));
}

function inText(text: string): string {
	return text.replace(IN_ADDRESS, `$1${MASK}`).replace(LOGIN, `$1${MASK}@`);
}

function cut(text: string): string {
	return text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER)}\n…` : text;
}
