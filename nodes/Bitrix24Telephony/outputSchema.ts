import type { FieldType, OutputFields } from './operations/operation';

const TYPES: Record<string, string> = { list: 'array' };

/**
 * Makes the file that n8n's editor reads to offer an operation's fields before it has run.
 *
 * @returns JSON schema as n8n keeps it under `__schema__` (n8n-core output-schema-resolver).
 */
export function outputSchema(fields: OutputFields): { type: 'object'; properties: Record<string, { type: string | string[] }>; version: 1 } {
	return { type: 'object', properties: Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { type: jsonType(type) }])), version: 1 };
}

function jsonType(type: FieldType): string | string[] {
	const name = type.replace('?', '');
	const known = TYPES[name] ?? name;
	return type.endsWith('?') ? [known, 'null'] : known;
}
