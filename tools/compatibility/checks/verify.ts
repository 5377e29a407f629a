import type { Check } from '../stage';
import { boundTo } from '../seen';
import { chain, clickTrigger } from '../workflows';

/** *Verify Delivery on Publishing* sees its test event arrive, and leaves nothing behind. */
export const verify: Check = {
	name: 'verify',
	title: 'Verified activation',
	async run(stage) {
		const { n8n, sandbox, credentials } = stage;
		const before = boundTo(stage).length;
		const { id } = await n8n.importWorkflow(chain('Verified', clickTrigger('Click', { verifyDelivery: true })), {
			credentials: [credentials.bitrix24],
		});
		await n8n.activate(id);
		const { event, status } = sandbox.portal.state.deliveries.at(-1) ?? {};
		if (event !== 'ONAPPTEST' || status !== 200) throw new Error(`The last delivery is ${event} with ${status}`);
		await n8n.deleteWorkflow(id);
		if (boundTo(stage).length !== before) throw new Error(`Bitrix24 has ${boundTo(stage).join(', ')}`);
		return 'test event arrives';
	},
};
