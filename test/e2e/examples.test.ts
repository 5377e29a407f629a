import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDemo, type Demo } from '../../tools/demo';
import { output, type WorkflowFile } from '../../tools/host/driver';

const FOLDER = join(__dirname, '../../examples');
const TESTED = ['click-to-call.json', 'import-call-records.json'];

let demo: Demo;
beforeAll(async () => {
	demo = await startDemo({ example: false });
}, 180_000);
afterAll(async () => {
	await demo.stop();
});

it('there is no example that no test runs', () => {
	expect(readdirSync(FOLDER).filter((file) => file.endsWith('.json')).sort()).toEqual(TESTED);
});

it('imports call records, and skips what is there on the second run', async () => {
	const file = JSON.parse(readFileSync(join(FOLDER, 'import-call-records.json'), 'utf8')) as WorkflowFile;
	const { id } = await demo.n8n.importWorkflow(file, { credentials: [demo.credentials.bitrix24] });
	const run = async () => {
		const started = await demo.n8n.runManually(id, { triggerName: 'Start', destinationName: 'Log Call' });
		if (!('executionId' in started)) throw new Error('The workflow waits for an event');
		return output(await demo.n8n.waitForExecution({ id: started.executionId }), 'Log Call').map(({ json }) => json);
	};
	expect((await run()).map(({ LOGGED, CALL_FAILED_CODE, PORTAL_USER_ID }) => [LOGGED, CALL_FAILED_CODE, PORTAL_USER_ID])).toEqual([
		[true, '200', 2],
		[true, '603-S', 3],
		[true, '304', 3],
		[true, '486', 4],
	]);
	expect((await run()).map(({ LOGGED, ID }) => [LOGGED, typeof ID])).toEqual(Array.from({ length: 4 }, () => [false, 'number']));
	expect(demo.sandbox.portal.state.history).toHaveLength(4);
});
