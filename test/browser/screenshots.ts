import { mkdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startDemo } from '../../tools/demo';
import { installN8n } from '../../tools/n8n/install';
import { buildPackage } from '../../tools/build';
import { Editor } from './support/editor';
import { importExample } from './support/example';
import { Visit } from './support/visit';

const ROOT = join(__dirname, '../..');
const IMAGES = join(ROOT, 'docs/images');
/** Bytes. A page with larger pictures is slow to read. */
const LARGEST = 300_000;

// Makes the pictures of the documentation anew: npx tsx test/browser/screenshots.ts
main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});

async function main(): Promise<void> {
	await installN8n();
	if (!(await buildPackage())) throw new Error('The package could not be built.');
	mkdirSync(IMAGES, { recursive: true });
	await clickToCall(join(IMAGES, 'click-to-call.png'));
}

/** The canvas of the click-to-call example, while the employee's phone rings. */
async function clickToCall(path: string): Promise<void> {
	const demo = await startDemo({ example: false });
	const visit = await Visit.start({ size: { width: 1280, height: 800 }, scale: 2 });
	try {
		const editor = await Editor.login(await visit.tab(), demo.n8n);
		await editor.open(await importExample(demo));
		await editor.listen('Click in Bitrix24');
		demo.sandbox.portal.control.click({ userId: 2, phoneNumber: '+4930231259007' });
		await editor.greenNode('Ring the Employee').waitFor();
		await editor.page.getByText('Workflow executed successfully').waitFor();
		// The lines turn green a moment after the nodes.
		await editor.part('canvas').getByText('1 item').first().waitFor();
		await editor.picture(path);
	} finally {
		await visit.end();
		await demo.stop();
	}
	const { size } = statSync(path);
	if (size > LARGEST) throw new Error(`${relative(ROOT, path)} has ${size} bytes, more than ${LARGEST}`);
	console.log(`${relative(ROOT, path)}: ${Math.round(size / 1_000)} kB`);
}
