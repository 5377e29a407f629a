import { output } from '../../n8n/driver';
import type { Check } from '../stage';
import { chain, action, manualTrigger } from '../workflows';

/** *Check Setup* runs to its end by hand. */
export const setup: Check = {
	name: 'setup',
	title: 'Check Setup',
	async run({ n8n, credentials }) {
		const file = chain(
			'Check',
			manualTrigger('Start'),
			action('Check', { resource: 'setup', operation: 'check', checkDeliveries: true }),
		);
		const { id } = await n8n.importWorkflow(file, { credentials: [credentials.bitrix24] });
		const run = await n8n.runManually(id, { triggerName: 'Start', destinationName: 'Check' });
		if (!('executionId' in run)) throw new Error('n8n waits for an event');
		const findings = output(await n8n.waitForExecution({ id: run.executionId }), 'Check').map(({ json }) => json);
		await n8n.deleteWorkflow(id);
		const bad = findings.filter(({ RESULT }) => RESULT === 'problem');
		if (findings.length === 0 || bad.length > 0) throw new Error(`Check Setup found ${JSON.stringify(bad)}`);
		return `${findings.length} findings`;
	},
};
