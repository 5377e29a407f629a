import type { Check } from '../stage';
import { boundTo } from '../seen';

/** Taking the workflow out of production takes its address out of Bitrix24. */
export const deactivate: Check = {
	name: 'deactivate',
	title: 'Deactivate',
	async run(stage) {
		await stage.n8n.deactivate(stage.workflowId);
		if (boundTo(stage).length > 0) throw new Error(`Bitrix24 still has ${boundTo(stage).join(', ')}`);
		return 'unbound';
	},
};
