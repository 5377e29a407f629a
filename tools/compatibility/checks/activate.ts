import { activateExample } from '../../demo';
import type { Check } from '../stage';
import { boundTo } from '../seen';

/** The click-to-call example is published, and Bitrix24 knows its address. */
export const activate: Check = {
	name: 'activate',
	title: 'Activate',
	isEssential: true,
	async run(stage) {
		const { n8n, sandbox, credentials, server } = stage;
		stage.workflowId = await activateExample(n8n, sandbox, Object.values(credentials));
		const bound = boundTo(stage);
		if (bound.length !== 1 || !bound[0]?.startsWith(`${server.url}/webhook/`))
			throw new Error(`Bitrix24 has ${bound.length} handlers: ${bound.join(', ')}`);
		return 'bound once';
	},
};
