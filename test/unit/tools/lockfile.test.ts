import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minVersion, satisfies } from 'semver';
import { engines } from '../../../package.json';
import { ROOT } from '../../../tools/programs';

interface Locked {
	packages: Record<string, Entry>;
}

interface Entry {
	version?: string;
	link?: boolean;
	integrity?: string;
	engines?: { node?: string };
	optionalDependencies?: Record<string, string>;
}

const { packages }: Locked = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
const entries = Object.entries(packages);
/** Our own package, and our own stand-ins, which npm takes from the folder. */
const fetched = entries.filter(([path, { link }]) => path.startsWith('node_modules/') && !link);
const oldest = minVersion(engines.node)?.version ?? '';

describe('package-lock.json', () => {
	it('knows the hash of every package that npm fetches', () => {
		expect(fetched.filter(([, { integrity }]) => !integrity)).toEqual([]);
	});

	it.each([oldest, '22.13.0', '24.0.0'])('gives a newcomer on Node %s no engine warning', (node) => {
		const refused = fetched.filter(([, entry]) => entry.engines?.node && !satisfies(node, entry.engines.node));
		expect(refused.map(([path, entry]) => `${path} ${entry.engines?.node ?? ''}`)).toEqual([]);
	});

	it('names the binaries of all platforms, not only those of the machine that wrote it', () => {
		const wanted = entries.flatMap(([, { optionalDependencies }]) => Object.keys(optionalDependencies ?? {}));
		const missing = wanted.filter((name) => !entries.some(([path]) => path.endsWith(`node_modules/${name}`)));
		expect(missing).toEqual([]);
	});
});
