import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './process';

/** What is read here of a package.json. */
interface Manifest {
	name: string;
	n8n: { nodes: string[] };
}

/**
 * Places a built package where n8n's own "Install community node" puts it (`<user folder>/.n8n/nodes/node_modules`), so
 * that its node types carry the names they have in production. Only what would be published is copied.
 * @param directory the package's repository, already built
 * @param userFolder n8n's N8N_USER_FOLDER
 * @returns the path of the placed package
 * @throws Error when the package is not built, or packing fails
 */
export async function placePackage(directory: string, userFolder: string): Promise<string> {
	const { name, n8n }: Manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
	const missing = n8n.nodes.find((file) => !existsSync(join(directory, file)));
	if (missing) throw new Error(`${name} is not built: ${missing} is missing. Run "npm run build" first.`);
	const target = join(userFolder, '.n8n/nodes/node_modules', name);
	const workshop = mkdtempSync(join(tmpdir(), 'n8n-package-'));
	try {
		const packed: { filename: string }[] = JSON.parse(
			await run('npm', ['pack', '--ignore-scripts', '--json', '--loglevel=error', `--pack-destination=${workshop}`], {
				cwd: directory,
			}),
		);
		const archive = packed[0]?.filename;
		if (!archive) throw new Error(`npm pack made no archive of ${name}`);
		rmSync(target, { recursive: true, force: true });
		mkdirSync(target, { recursive: true });
		await run('tar', ['-xzf', join(workshop, archive), '-C', target, '--strip-components=1'], { cwd: workshop });
	} finally {
		rmSync(workshop, { recursive: true, force: true });
	}
	return target;
}
