import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../../..');

/** Files that git knows or would take up, by their path from the root. @param pattern as `git ls-files` takes it */
export function files(...pattern: string[]): string[] {
	const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...pattern], { cwd: ROOT });
	return [...new Set(listed.toString().split('\n').filter(Boolean))];
}

/** Text of a file by its path from the root. */
export function read(file: string): string {
	return readFileSync(join(ROOT, file), 'utf8');
}

/** The document without code, where brackets and asterisks mean nothing. */
export function withoutCode(text: string): string {
	return text.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

/** Names under which GitHub lets headings be linked: repeated ones are counted. */
export function anchors(text: string): string[] {
	const seen = new Map<string, number>();
	const headings = [...text.replace(/^```[^]*?^```/gm, '').matchAll(/^#{1,6} +(.+)$/gm)].map(([, title = '']) =>
		slug(title),
	);
	return headings.map((name) => {
		const count = seen.get(name) ?? 0;
		seen.set(name, count + 1);
		return count === 0 ? name : `${name}-${count}`;
	});
}

function slug(title: string): string {
	return title
		.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
		.replaceAll(' ', '-');
}
