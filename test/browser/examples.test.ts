import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startDemo, type Demo } from '../../tools/demo';
import type { WorkflowFile } from '../../tools/n8n/driver';
import { EXAMPLES, exampleNames, readExample } from '../support/example';
import { Editor } from './support/editor';
import { Visit } from './support/visit';

const PICTURES = join(EXAMPLES, 'pictures');
/** The editor marks notes in another way. */
const NOTE = 'n8n-nodes-base.stickyNote';
/** Bytes. All pictures are on one page. */
const LARGEST = 64_000;
/**
 * `EXAMPLE_PICTURES=write npx jest --selectProjects browser --testPathPatterns browser/examples` makes the pictures
 * anew.
 */
const WRITES = process.env.EXAMPLE_PICTURES === 'write';

let demo: Demo;
let visit: Visit;
let editor: Editor;
const credentials = new Map<string, string>();

beforeAll(async () => {
	demo = await startDemo({ example: false });
	credentials.set('bitrix24OAuth2Api', demo.credentials.bitrix24);
	visit = await Visit.start({ pictures: 'examples', size: { width: 1280, height: 800 } });
	editor = await Editor.login(await visit.tab(), demo.n8n);
	await editor.open(await importFile(readExample('click-to-call')));
	mkdirSync(PICTURES, { recursive: true });
});
afterAll(async () => {
	await visit?.end();
	await demo?.stop();
});

/** Imports a file whose credentials are all there, so that the editor has nothing to say about them. */
async function importFile(file: WorkflowFile): Promise<string> {
	for (const type of file.nodes.flatMap((node) => Object.keys(node.credentials ?? {}))) {
		if (!credentials.has(type)) credentials.set(type, await demo.n8n.createCredential({ name: type, type, data: {} }));
	}
	return (await demo.n8n.importWorkflow(file, { credentials: [...credentials.values()] })).id;
}

describe.each(exampleNames())('%s', (name) => {
	it('opens in the editor, with nothing unknown and nothing missing', () =>
		visit.attempt(async () => {
			const file = readExample(name);
			const types = await demo.n8n.nodeTypes();
			expect(file.nodes.filter(({ type }) => !types.includes(type)).map(({ type }) => type)).toEqual([]);
			await editor.change(await importFile(file), file.name ?? '');
			await editor.nodesAre(file.nodes.length);
			for (const node of file.nodes.filter(({ type }) => type !== NOTE)) await editor.node(node.name).waitFor();
			expect(await editor.issues()).toEqual([]);
			await visit.look(editor.page, name);
			if (WRITES) await editor.picture(join(PICTURES, `${name}.jpg`));
		}));

	it('has a picture, which is small (EXAMPLE_PICTURES=write makes it)', () => {
		const { size } = statSync(join(PICTURES, `${name}.jpg`));
		expect(size).toBeLessThanOrEqual(LARGEST);
	});
});

it('there is no picture without an example', () => {
	expect(readdirSync(PICTURES).sort()).toEqual(exampleNames().map((name) => `${name}.jpg`));
});
