import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../package.json';
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

if (require.main === module) {
	const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
	console.log(releaseNotes(process.argv[2] ?? '', version, changelog));
}
