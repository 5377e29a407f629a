import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowFile } from './n8n/driver';
import { ROOT } from './programs';

const FOLDER = join(ROOT, 'examples');
const STICKY = 'n8n-nodes-base.stickyNote';
const SYSTEMS = ['Asterisk', 'FreeSWITCH', 'FusionPBX', 'Zadarma', 'MegaFon', 'Mango Office', 'Yeastar', 'Twilio'];

/**
 * The list of examples for `examples/README.md`: of each what its note *About* says first, its picture, and how large
 * it is.
 */
export function exampleList(): string {
	const files = readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.sort();
	return files.map((file) => section(file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8')))).join('\n\n');
}

function section(file: string, { name = file, nodes }: WorkflowFile): string {
	const about = String(nodes.find((node) => node.name === 'About')?.parameters.content ?? '');
	const [what = ''] = about.replace(/^## .*\n+/, '').split('\n\n');
	const systems = SYSTEMS.filter((system) => `${name} ${about}`.includes(system));
	const count = nodes.filter(({ type }) => type !== STICKY).length;
	return [
		`### [${name}](${file})`,
		what.replaceAll('\n', ' '),
		`For ${systems.join(', ') || 'any phone system'}; ${count} nodes.`,
		`![${name} in n8n’s editor](pictures/${file.replace('.json', '.jpg')})`,
	].join('\n\n');
}
