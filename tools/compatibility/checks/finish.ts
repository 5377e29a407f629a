import type { Check } from '../stage';
import { clickAnswered, logged } from '../seen';

/** The end of the call, reported by the PBX, is written into the portal's history, with its recording. */
export const finish: Check = {
	name: 'finish',
	title: 'Finish',
	async run(stage) {
		const callId = clickAnswered(stage);
		const { duration, failedCode } = await logged(stage, callId);
		const { n8n, workflowId, sandbox } = stage;
		const where = ({ runs }: { runs: object }) => 'Finish' in runs && JSON.stringify(runs).includes(callId);
		await n8n.waitForExecution({ workflowId, status: 'success', where });
		const recorded = [...sandbox.portal.state.recordings.values()].some((recording) => recording.callId === callId);
		if (failedCode !== '200' || !recorded)
			throw new Error(`The history says ${failedCode}, the recording is ${recorded ? 'there' : 'missing'}`);
		return `${duration} s, recorded`;
	},
};
