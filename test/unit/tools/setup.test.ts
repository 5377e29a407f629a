import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryDirectory } from './temporary';

const temporary = temporaryDirectory();
const setup = pathToFileURL(join(__dirname, '../../../tools/setup.mjs')).href;
const stamp = () => join(temporary(), 'node_modules/.lockfile-hash');

const write = (path: string, content: unknown) => {
	mkdirSync(dirname(join(temporary(), path)), { recursive: true });
	writeFileSync(join(temporary(), path), JSON.stringify(content));
};

/**
 * Runs it with a stand-in for npm that does what a whole or a failing `npm ci` does.
 * @returns how often npm was called
 */
function ensure(npm: 'works' | 'fails' = 'works') {
	const calls = join(temporary(), 'calls');
	const script =
		npm === 'works'
			? `rm -rf node_modules && mkdir -p node_modules/a && echo '{"name":"a"}' > node_modules/a/package.json && echo '{"packages":{"node_modules/a":{"version":"1.0.0"}}}' > node_modules/.package-lock.json`
			: 'rm -rf node_modules && mkdir node_modules && exit 1';
	mkdirSync(join(temporary(), 'bin'), { recursive: true });
	writeFileSync(join(temporary(), 'bin/npm'), `#!/bin/sh\necho call >> ${calls}\n${script}\n`, { mode: 0o755 });
	writeFileSync(calls, '');
	const program = `import(${JSON.stringify(setup)}).then((m) => m.ensureNodeModules(${JSON.stringify(temporary())}))`;
	const env = { ...process.env, PATH: `${join(temporary(), 'bin')}:${process.env.PATH ?? ''}` };
	const { status } = spawnSync(process.execPath, ['-e', program], { env, encoding: 'utf8' });
	return { calls: readFileSync(calls, 'utf8').split('\n').length - 1, ok: status === 0 };
}

const lockfile = (version: string) => {
	write('package-lock.json', {
		packages: {
			'': {},
			'node_modules/a': { version },
			'node_modules/windows-only': { version: '1.0.0', optional: true },
		},
	});
};

beforeEach(() => {
	lockfile('1.0.0');
});

it('installs on a fresh clone, and not a second time', () => {
	expect(ensure()).toEqual({ calls: 1, ok: true });
	expect(ensure()).toEqual({ calls: 0, ok: true });
});

it('installs again when the lockfile has changed', () => {
	ensure();
	lockfile('2.0.0');
	expect(ensure().calls).toBe(1);
});

it('installs again after an installation that broke off', () => {
	expect(ensure('fails')).toEqual({ calls: 1, ok: false });
	expect(existsSync(stamp())).toBe(false);
	expect(ensure()).toEqual({ calls: 1, ok: true });
});

it("accepts what npm install has brought to the lockfile's state by itself", () => {
	write('node_modules/a/package.json', {});
	write('node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '1.0.0' } } });
	expect(ensure()).toEqual({ calls: 0, ok: true });
	expect(existsSync(stamp())).toBe(true);
});
