import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../programs';

const FOLDER = join(ROOT, 'examples');

interface Workflow {
	nodes: { parameters?: { resource?: string; operation?: string } }[];
}

const workflows = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file) => ({ file, ...(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Workflow) }));

/** File names of the workflows to import that have a node with this operation, in alphabetical order. */
export function examplesWith(resource: string, operation: string): string[] {
	return workflows
		.filter(({ nodes }) =>
			nodes.some(
				({ parameters }) => (parameters?.resource ?? 'call') === resource && parameters?.operation === operation,
			),
		)
		.map(({ file }) => file);
}
