/** A request that reached the address for reports. */
export interface Post {
	method: 'GET' | 'POST';
	/** The public address that was asked, with its query. */
	url: string;
	/** What the address has below that of the trigger, such as `events/call`; empty for most systems. */
	path: string;
	/** By lower-case name. */
	headers: Record<string, string>;
	query: Record<string, string>;
	/** As it came. */
	body: Buffer;
}

/**
 * The fields of a form body. Of a repeated name the last one counts.
 *
 * @returns an empty record for a body of another kind.
 */
export function formOf({ body }: Post): Record<string, string> {
	return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
}

/**
 * The object in a JSON body.
 *
 * @returns undefined when it is none.
 */
export function jsonOf({ body }: Post): Record<string, unknown> | undefined {
	return parseObject(body.toString('utf8'));
}

/** Reads a text that should hold a JSON object. @returns undefined when it does not */
export function parseObject(text: string): Record<string, unknown> | undefined {
	try {
		const parsed: unknown = JSON.parse(text);
		return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
	} catch {
		return undefined;
	}
}

/** The fields of an object that came from outside; none of anything else. */
export function fieldsOf(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}

/**
 * A row of a table by a word that came from outside; undefined for one that only JavaScript's objects know, such as
 * `constructor`.
 */
export function rowOf<Row>(table: Readonly<Record<string, Row>>, word: string): Row | undefined {
	return Object.hasOwn(table, word) ? table[word] : undefined;
}
