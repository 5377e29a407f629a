import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../../programs';
import type { Check, Stage } from '../stage';

/** What the package is called, and the files of its nodes and credentials, for n8n. */
interface Manifest {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
}

/** A node or credential as n8n tells the editor of it, with the addresses of its icon. */
interface Offered {
	name: string;
	iconUrl?: string | { light: string; dark: string };
}

/** n8n offers every node and credential of the package, and their icons. */
export const load: Check = {
	name: 'load',
	title: 'Load',
	isEssential: true,
	async run({ n8n }) {
		const { name, n8n: files }: Manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
		await offers(
			n8n,
			'/types/nodes.json',
			files.nodes.map((file) => `${name}.${typeName(file)}`),
		);
		await offers(n8n, '/types/credentials.json', files.credentials.map(typeName));
		return `${files.nodes.length} nodes`;
	},
};

/** n8n wants the class to be called like the file, and the type like the class. */
function typeName(file: string): string {
	const [first = '', ...rest] = basename(file).split('.')[0] ?? '';
	return first.toLowerCase() + rest.join('');
}

/** @throws Error that names what n8n does not offer, or an icon that it does not give */
async function offers({ session }: Stage['n8n'], path: string, wanted: string[]): Promise<void> {
	const offered = await session.request<Offered[]>('GET', path);
	for (const name of wanted) {
		const { iconUrl } = offered.find((one) => one.name === name) ?? {};
		if (!iconUrl) throw new Error(`n8n does not offer ${name} with an icon`);
		for (const icon of typeof iconUrl === 'string' ? [iconUrl] : [iconUrl.light, iconUrl.dark]) {
			const { status, headers } = await session.fetch(`/${icon}`);
			if (status !== 200 || !headers.get('content-type')?.includes('svg'))
				throw new Error(`n8n answers ${status} to the icon ${icon} of ${name}`);
		}
	}
}
