import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startDemo, type Demo } from '../../tools/demo';
import { exampleNames } from '../support/example';
import { READABLE_FOLDER, TIME_FACTOR } from './examples/_world';

/**
 * What each file of `test/e2e/examples/` exports. Its folders, and files that begin with `_`, are for what they share.
 */
interface ExampleTests {
	/** Names of the examples that it runs, without `.json`. */
	examples: readonly string[];
	/**
	 * Declares its tests. All files share one portal and one n8n: the history is empty when a file begins, import by
	 * `importWorkflow`. What a file published is taken out of production at its end, so that its triggers hear no other's
	 * events.
	 */
	declareTests(demo: () => Demo): void;
}

const FOLDER = join(__dirname, 'examples');
/** Run by test files of their own. */
const ELSEWHERE = ['asterisk-unreported', 'click-to-call'];

const files = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.ts') && !file.startsWith('_'))
	.sort();
const all = files.map((file) => ({
	name: file.slice(0, -'.ts'.length),
	tests: jest.requireActual<ExampleTests>(join(FOLDER, file)),
}));

let demo: Demo;
beforeAll(async () => {
	mkdirSync(READABLE_FOLDER, { recursive: true });
	demo = await startDemo({
		example: false,
		sandbox: { pbx: { timeFactor: TIME_FACTOR, answerSeconds: 120 } },
		n8n: { env: { N8N_RESTRICT_FILE_ACCESS_TO: READABLE_FOLDER } },
	});
});
afterAll(async () => {
	await demo?.stop();
	rmSync(READABLE_FOLDER, { recursive: true, force: true });
});

it('there is no example that no test runs', () => {
	expect([...ELSEWHERE, ...all.flatMap(({ tests }) => tests.examples)].sort()).toEqual(exampleNames());
});

describe.each(all)('$name', ({ tests }) => {
	beforeAll(() => {
		const { state } = demo.sandbox.portal;
		state.history.splice(0);
		state.historyByCall.clear();
	});
	tests.declareTests(() => demo);
	afterAll(async () => {
		for (const { id } of await demo.n8n.activeWorkflows()) await demo.n8n.deactivate(id);
	});
});
