import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage } from './build';
import { placePackage } from './n8n/package';
import { ROOT } from './programs';

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});

/**
 * Runs the scanner that n8n runs on each verified package, as it does itself: on the sources of nodes and credentials,
 * and on what would be published. Only the way there, over npm's registry and GitHub, is left out.
 */
async function main(): Promise<void> {
	if (!(await buildPackage())) throw new Error('The package could not be built.');
	const folder = mkdtempSync(join(tmpdir(), 'n8n-scan-'));
	// The scanner makes a folder when it is loaded, and leaves it behind.
	process.env.TMPDIR = folder;
	try {
		const { analyzePackage, SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
		const published = await placePackage(ROOT, folder);
		const parts = {
			'the sources': await analyzePackage(ROOT, SOURCE_FILE_PATTERNS),
			'the published package': await analyzePackage(published, ['**/*.js', 'package.json']),
		};
		for (const [name, { passed, message, details = '' }] of Object.entries(parts)) {
			console.log(`n8n's scanner on ${name}: ${passed ? 'no findings' : `${message ?? 'failed'}\n${details}`}`);
			if (!passed) process.exitCode = 1;
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
