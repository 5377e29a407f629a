import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowFile } from '../../tools/n8n/driver';

/** The folder of the importable workflows. */
export const EXAMPLES = join(__dirname, '../../examples');

/** Names of all examples in alphabetical order, without `.json`. */
export function exampleNames(): string[] {
	return readdirSync(EXAMPLES)
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.slice(0, -'.json'.length))
		.sort();
}

/**
 * Reads an example as somebody does who imports it and fills in what is different at their place.
 * @param name without `.json`
 * @param fillIn replacements of literal texts, wherever they stand: `{ 'http://127.0.0.1:8088': pbx.url }`
 * @throws Error when a text to replace is not there, for then a test would talk to nobody
 */
export function readExample(name: string, fillIn: Record<string, string> = {}): WorkflowFile {
	const file = JSON.parse(readFileSync(join(EXAMPLES, `${name}.json`), 'utf8')) as WorkflowFile;
	for (const text of Object.keys(fillIn)) {
		if (!JSON.stringify(file.nodes).includes(inner(text)))
			throw new Error(`examples/${name}.json does not contain ${text}`);
	}
	const filled = Object.entries(fillIn).reduce(
		(json, [text, replacement]) => json.replaceAll(inner(text), inner(replacement)),
		JSON.stringify(file.nodes),
	);
	return { ...file, nodes: JSON.parse(filled) as WorkflowFile['nodes'] };
}

/** A text as it stands inside a JSON string. */
function inner(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}
