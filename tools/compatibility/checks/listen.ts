import { output, until } from '../../n8n/driver';
import type { Check } from '../stage';
import { boundTo } from '../seen';
import { chain, clickTrigger } from '../workflows';

/** *Execute workflow* listens for one click, and stops listening after it. */
export const listen: Check = {
	name: 'listen',
	title: 'Listen in the editor',
	async run(stage) {
		const { n8n, sandbox, credentials } = stage;
		const before = boundTo(stage).length;
		const { id } = await n8n.importWorkflow(chain('Listening', clickTrigger('Click')), {
			credentials: [credentials.bitrix24],
		});
		const run = await n8n.runManually(id, { triggerName: 'Click' });
		if (!('waitingForWebhook' in run)) throw new Error('n8n does not listen');
		const { callId } = sandbox.portal.control.click({ userId: 2, phoneNumber: '+4930231259100' });
		const heard = await n8n.waitForExecution({ workflowId: id, status: 'success' });
		if (output(heard, 'Click')[0]?.json.CALL_ID !== callId)
			throw new Error(`The trigger gave ${JSON.stringify(output(heard, 'Click')[0]?.json)}`);
		await until(
			() => Promise.resolve(boundTo(stage).length === before || undefined),
			() => `Bitrix24 has ${boundTo(stage).join(', ')}`,
		);
		await n8n.deleteWorkflow(id);
		return 'one click';
	},
};
