/** Type of an output field; with a question mark it may be null. */
export type FieldType = `${'string' | 'integer' | 'number' | 'boolean' | 'list' | 'object'}${'' | '?'}`;

/** Fields of an output item, for the editor. The build makes n8n's schema files of them. */
export type OutputFields = Record<string, FieldType>;

const TYPES: Record<string, string> = { list: 'array' };

/**
 * Makes the file that n8n's editor reads to offer a node's fields before it has run.
 *
 * @returns JSON schema as n8n keeps it under `__schema__` (n8n-core output-schema-resolver).
 */
export function outputSchema(fields: OutputFields): {
	type: 'object';
	properties: Record<string, { type: string | string[] }>;
	version: 1;
} {
	return {
		type: 'object',
		properties: Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { type: jsonType(type) }])),
		version: 1,
	};
}

function jsonType(type: FieldType): string | string[] {
	const name = type.replace('?', '');
	const known = TYPES[name] ?? name;
	return type.endsWith('?') ? [known, 'null'] : known;
}
