import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { author, repository, version } from '../package.json';
import { ROOT } from './programs';

/**
 * What the changelog says of a version, for the release on GitHub.
 * @param tag such as `v0.2.0`
 * @param published the version in package.json
 * @param changelog Markdown with a heading `## 0.2.0` for each version
 * @throws Error when the tag is not that version, or the changelog says nothing of it
 */
export function releaseNotes(tag: string, published: string, changelog: string): string {
	if (tag !== `v${published}`) throw new Error(`The tag is ${tag}, but package.json has version ${published}`);
	const section = changelog.split(/^## /m).find((part) => part.split('\n', 1)[0]?.trim() === published);
	const notes = section?.slice(section.indexOf('\n')).trim();
	if (!notes) throw new Error(`CHANGELOG.md says nothing of ${published}`);
	return notes;
}

/**
 * Refuses to publish what still has an address that stands for a real one: CONTRIBUTING.md, "Before the first release".
 * @param addresses of package.json, for reports and of the repository
 * @param published from where this is published, as GitHub Actions names it (`owner/name`); undefined elsewhere
 * @throws Error that names the address
 */
export function refusePlaceholders({ email, url }: { email: string; url: string }, published?: string): void {
	if (email.endsWith('.invalid')) throw new Error(`package.json: nobody reads ${email}`);
	// npm refuses provenance, too, when this is not the same (docs.npmjs.com, Generating provenance statements).
	if (published && !url.endsWith(`/${published}.git`))
		throw new Error(`package.json: the repository is ${url}, but ${published} publishes`);
}

if (require.main === module) {
	refusePlaceholders({ email: author.email, url: repository.url }, process.env.GITHUB_REPOSITORY);
	const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
	console.log(releaseNotes(process.argv[2] ?? '', version, changelog));
}
