import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchors, files, read, ROOT, withoutCode } from './markdown';

const documents = files('*.md').filter((file) => existsSync(join(ROOT, file)));

/** Where the links of a document lead: Markdown and the HTML that GitHub shows. */
function links(file: string): string[] {
	const text = withoutCode(read(file));
	const found = [
		...text.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g),
		...text.matchAll(/(?:href|src|srcset)="([^"]+)"/g),
	];
	return found.map(([, target = '']) => decodeURI(target)).filter((target) => !/^[a-z]+:/i.test(target));
}

it('sees the documents', () => {
	expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/README.md', 'docs/operations/call-finish.md']));
	expect(links('docs/README.md').length).toBeGreaterThan(10);
});

it.each(documents)('%s links to what is there', (file) => {
	for (const link of links(file)) {
		const [path = '', anchor] = link.split('#');
		const target = path ? join(dirname(file), path) : file;
		expect([link, existsSync(join(ROOT, target))]).toEqual([link, true]);
		if (anchor && target.endsWith('.md')) expect([link, anchors(read(target)).includes(anchor)]).toEqual([link, true]);
	}
});

it('docs/README.md names every page of docs', () => {
	const linked = links('docs/README.md').map((link) => link.split('#')[0]);
	const pages = files('docs/*.md', 'docs/operations/README.md').filter(
		(file) => !/^docs\/(README|operations\/(?!README))/.test(file),
	);
	expect(pages.map((file) => file.replace('docs/', '')).filter((page) => !linked.includes(page))).toEqual([]);
});

it.each(documents.filter((file) => /^(docs\/[^/]+|CONTRIBUTING)\.md$/.test(file)))(
	'%s names sources that are there',
	(file) => {
		const sources = files('*.ts', '*.cjs', '*.mjs');
		const named = [...read(file).matchAll(/`([\w./-]+\.(?:ts|cjs|mjs))`/g)].map(([, name = '']) => name);
		for (const name of named)
			expect([name, sources.some((source) => `/${source}`.endsWith(`/${name}`))]).toEqual([name, true]);
	},
);
