import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { author, repository, scripts } from '../../../package.json';
import { refusePlaceholders, releaseNotes } from '../../../tools/release';
import { files, read, ROOT } from '../docs/markdown';

const forms = files('.github/ISSUE_TEMPLATE/*.yml');
const workflows = files('.github/workflows/*.yml');
const documents = files('*.md').filter((file) => file !== 'CHANGELOG.md');

interface Step {
	uses?: string;
	run?: string;
}

interface Job {
	needs?: string;
	permissions?: Record<string, string>;
	steps: Step[];
}

interface Workflow {
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const steps = (file: string) => Object.values((parse(read(file)) as Workflow).jobs).flatMap((job) => job.steps);

it.each([...documents, ...workflows, ...forms])('%s names only npm scripts that there are', (file) => {
	const named = [...read(file).matchAll(/npm run ([a-z][\w:]*)/g)].map(([, script = '']) => script);
	expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
});

it.each([...documents, ...workflows])('%s runs only programs of this repository that there are', (file) => {
	const named = [...read(file).matchAll(/(?:npx tsx|node) ((?:tools|test|bench|check|sandbox)\/[\w./-]+)/g)];
	for (const [, program = ''] of named) expect([program, existsSync(join(ROOT, program))]).toEqual([program, true]);
});

it.each(forms)('%s links only to files that there are', (file) => {
	const own = 'https://github.com/n8n-nodes-bitrix24-telephony/n8n-nodes-bitrix24-telephony/blob/main/';
	const targets = read(file).split(own).slice(1);
	for (const target of targets.map((rest) => /^[\w./-]+/.exec(rest)?.[0] ?? '')) {
		expect([target, existsSync(join(ROOT, target))]).toEqual([target, true]);
	}
});

describe.each(workflows)('%s', (file) => {
	it('may read only, but where a job says more', () => {
		expect((parse(read(file)) as Workflow).permissions).toEqual({ contents: 'read' });
	});

	it('pins each action to a commit, and says which version that is', () => {
		for (const { uses } of steps(file).filter((step) => step.uses)) expect(uses).toMatch(/@[0-9a-f]{40}$/);
		for (const [line] of read(file).matchAll(/^.*uses:.*$/gm)) expect(line).toMatch(/ # v\d+\.\d+\.\d+$/);
	});

	it('runs only files that there are', () => {
		const runs = steps(file).flatMap(({ run }) => run?.split('\n') ?? []);
		const paths = runs.flatMap((line) => line.match(/(?:^|\s)(\.ci\/\w+|tsconfig[\w.]*\.json)/g) ?? []);
		expect(paths.length).toBeGreaterThan(0);
		for (const path of paths) expect(existsSync(join(ROOT, path.trim()))).toBe(true);
	});
});

describe('a release', () => {
	const { jobs } = parse(read('.github/workflows/release.yml')) as Workflow;

	it('is published with provenance, after all tests, and by the job alone that may say who it is', () => {
		expect(jobs.publish?.needs).toBe('test');
		expect(jobs.publish?.permissions).toEqual({ contents: 'write', 'id-token': 'write' });
		expect(jobs.test?.permissions).toBeUndefined();
		expect(jobs.test?.steps.map(({ run }) => run)).toContain('.ci/run');
		expect(jobs.publish?.steps.map(({ run }) => run)).toContain('npm publish --provenance --access public');
	});

	const changelog = '# Changelog\n\n## Unreleased\n\n- Later\n\n## 0.2.0\n\n- New\n\n## 0.1.0\n\n- First\n';

	it('tells what the changelog says of that version', () => {
		expect(releaseNotes('v0.2.0', '0.2.0', changelog)).toBe('- New');
		expect(releaseNotes('v0.1.0', '0.1.0', changelog)).toBe('- First');
	});

	it.each([
		['v0.2.0', '0.1.0', 'The tag is v0.2.0, but package.json has version 0.1.0'],
		['0.2.0', '0.2.0', 'The tag is 0.2.0, but package.json has version 0.2.0'],
		['v0.3.0', '0.3.0', 'CHANGELOG.md says nothing of 0.3.0'],
	])('of tag %s with version %s stops', (tag, version, message) => {
		expect(() => releaseNotes(tag, version, changelog)).toThrow(message);
	});

	const url = 'git+https://github.com/somebody/telephony.git';

	it('stops while an address stands for a real one', () => {
		expect(() => refusePlaceholders({ email: 'us@telephony.invalid', url }, 'somebody/telephony')).toThrow(
			'package.json: nobody reads us@telephony.invalid',
		);
		expect(() => refusePlaceholders({ email: 'us@example.com', url }, 'other/telephony')).toThrow(
			`package.json: the repository is ${url}, but other/telephony publishes`,
		);
	});

	it('goes on with real ones', () => {
		expect(() => refusePlaceholders({ email: 'us@example.com', url }, 'somebody/telephony')).not.toThrow();
		expect(() => refusePlaceholders({ email: 'us@example.com', url })).not.toThrow();
	});
});

/** What stands for something real until the first release. */
const PLACEHOLDERS = [author.email, repository.url.replace(/^git\+|\.git$/g, ''), 'not on npm', 'не в npm'];

it('CONTRIBUTING.md names every file that has to change before the first release', () => {
	const [, section = ''] = read('CONTRIBUTING.md').split(/^## Before the first release$/m);
	const named = [...(section.split(/^## /m)[0] ?? '').matchAll(/`([\w./-]+)`/g)].map(([, name = '']) => name);
	const texts = files('*.md', '*.json', '*.yml').filter(
		(file) => !['CONTRIBUTING.md', 'package-lock.json'].includes(file),
	);
	const left = texts.filter((file) => PLACEHOLDERS.some((one) => read(file).includes(one)));
	expect(left.length).toBeGreaterThan(5);
	expect(
		left.filter((file) => !named.some((name) => file === name || (name.endsWith('/') && file.startsWith(name)))),
	).toEqual([]);
});

interface Form {
	name: string;
	description: string;
	body: { type: string; id?: string; attributes: { label?: string; options?: unknown[]; value?: string } }[];
}

it.each(forms.filter((file) => !file.endsWith('config.yml')))('%s is a form as GitHub reads it', (file) => {
	const { name, description, body } = parse(read(file)) as Form;
	expect([name, description]).toEqual([expect.any(String), expect.any(String)]);
	const ids = body.flatMap(({ id }) => id ?? []);
	expect(new Set(ids).size).toBe(ids.length);
	for (const { type, id, attributes } of body) {
		expect(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']).toContain(type);
		expect(type === 'markdown' ? attributes.value : attributes.label).toEqual(expect.any(String));
		expect(id === undefined).toBe(type === 'markdown');
		if (type === 'dropdown') for (const option of attributes.options ?? []) expect(option).toEqual(expect.any(String));
	}
});

it('names one address for reports everywhere', () => {
	for (const file of ['SECURITY.md', 'CODE_OF_CONDUCT.md']) expect(read(file)).toContain(author.email);
});
