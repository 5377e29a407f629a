import type { Check } from '../stage';
import { together } from '../together';

/** With a dead refresh token every execution ends, and says what to do. Connecting again mends it. */
export const reconnect: Check = {
	name: 'reconnect',
	title: 'Dead connection',
	async run(stage) {
		const { n8n, sandbox, credentials } = stage;
		sandbox.portal.control.expireTokens();
		sandbox.portal.control.revokeTokens('refresh');
		const { executions } = await together(stage, 5);
		const words = executions.map(({ error }) => `${error?.message ?? 'no error'} ${error?.description ?? ''}`);
		const silent = words.find((text) => !/connect/i.test(text));
		if (silent !== undefined) throw new Error(`An execution said: ${silent}`);
		await n8n.connectOAuth(credentials.bitrix24);
		const again = await together(stage, 1);
		if (again.executions.some(({ status }) => status !== 'success'))
			throw new Error(`After connecting again: ${again.executions[0]?.error?.message}`);
		return 'says “connect again”';
	},
};
