import { output } from '../../n8n/driver';
import type { Check } from '../stage';
import { clickAnswered, rings } from '../seen';

const TRIGGER = 'Click in Bitrix24';

/** A click on a number starts the workflow, and the phone rings. */
export const click: Check = {
	name: 'click',
	title: 'Click',
	async run(stage) {
		const callId = clickAnswered(stage);
		await rings(stage, callId);
		const { n8n, workflowId } = stage;
		const run = await n8n.waitForExecution({ workflowId, status: 'success', where: ({ runs }) => TRIGGER in runs });
		if (output(run, TRIGGER)[0]?.json.CALL_ID !== callId)
			throw new Error(`The trigger gave ${JSON.stringify(output(run, TRIGGER)[0]?.json)}`);
		return 'rings';
	},
};
