import type { Demo } from '../../../tools/demo';
import { output } from '../../../tools/host/driver';
import { readExample } from '../../support/example';

export const examples = ['import-call-records'];

export function declareTests(demo: () => Demo): void {
	it('imports call records, and skips what is there on the second run', async () => {
		const { n8n, credentials, sandbox } = demo();
		const { id } = await n8n.importWorkflow(readExample('import-call-records'), { credentials: [credentials.bitrix24] });
		const before = sandbox.portal.state.history.length;
		const run = async () => {
			const started = await n8n.runManually(id, { triggerName: 'Start', destinationName: 'Log Call' });
			if (!('executionId' in started)) throw new Error('The workflow waits for an event');
			return output(await n8n.waitForExecution({ id: started.executionId }), 'Log Call').map(({ json }) => json);
		};
		expect((await run()).map(({ LOGGED, CALL_FAILED_CODE, PORTAL_USER_ID }) => [LOGGED, CALL_FAILED_CODE, PORTAL_USER_ID])).toEqual([
			[true, '200', 2],
			[true, '603-S', 3],
			[true, '304', 3],
			[true, '486', 4],
		]);
		expect((await run()).map(({ LOGGED, ID }) => [LOGGED, typeof ID])).toEqual(Array.from({ length: 4 }, () => [false, 'number']));
		expect(sandbox.portal.state.history).toHaveLength(before + 4);
	});
}
