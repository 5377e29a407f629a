import type { Check } from '../stage';
import { boundTo, clickAnswered, logged } from '../seen';

/** What was published before n8n started anew goes on, at the same address. */
export const restart: Check = {
	name: 'restart',
	title: 'After a restart',
	async run(stage) {
		const before = boundTo(stage).join(', ');
		await stage.server.restart();
		await logged(stage, clickAnswered(stage));
		const after = boundTo(stage).join(', ');
		if (after !== before) throw new Error(`Bitrix24 had ${before}, and now has ${after}`);
		return 'goes on';
	},
};
