import { output } from '../../n8n/driver';
import { boundTo } from '../seen';
import type { Check } from '../stage';
import { chain, clickTrigger } from '../workflows';

/** *Delivery: Poll* fetches a click from the portal's queue, and leaves nothing behind. */
export const poll: Check = {
	name: 'poll',
	title: 'Poll',
	async run(stage) {
		const { n8n, sandbox, credentials } = stage;
		const before = boundTo(stage).length;
		const file = chain('Polling', clickTrigger('Click', { delivery: 'poll', options: { pollInterval: 1 } }));
		const { id } = await n8n.importWorkflow(file, { credentials: [credentials.bitrix24] });
		await n8n.activate(id);
		const { callId } = sandbox.portal.control.click({ userId: 2, phoneNumber: '+4930231259100' });
		const fetched = await n8n.waitForExecution({ workflowId: id, status: 'success' });
		if (output(fetched, 'Click')[0]?.json.CALL_ID !== callId)
			throw new Error(`The trigger gave ${JSON.stringify(output(fetched, 'Click')[0]?.json)}`);
		await n8n.deleteWorkflow(id);
		if (boundTo(stage).length !== before) throw new Error(`Bitrix24 has ${boundTo(stage).join(', ')}`);
		return 'click fetched';
	},
};
