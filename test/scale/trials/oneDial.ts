import { activateExample } from '../../../tools/demo';
import { hasEnded, output, until, type ExecutionDetail } from '../../../tools/n8n/driver';
import type { Farm } from '../farm';
import { EMPLOYEES } from '../stream';
import { hold, type Trial } from '../trial';

/** The example for Asterisk, with each delivery handed to both webhook processes at the same moment. */
export const oneDial: Trial = {
	name: 'the same click to two webhook processes at the same moment',
	holds: 'one dial; the refusal of the second ends nothing',
	async run(farm) {
		const { n8n, balancer, oursId } = farm;
		await n8n.deactivate(oursId);
		const exampleId = await publishExample(farm);
		balancer.to = 'all';
		try {
			const before = balancer.statuses.length;
			const calls = EMPLOYEES.map(
				(userId) => farm.sandbox.portal.control.click({ userId, phoneNumber: `+49302312500${userId}` }).callId,
			);
			for (const callId of calls) await expectOneDial(farm, exampleId, callId);
			// A process may answer after the execution has ended.
			await farm.sandbox.portal.control.idle();
			const statuses = balancer.statuses.slice(before);
			hold(
				statuses.length === 2 * calls.length && statuses.every((status) => status === 200),
				`The processes answered ${statuses.join(', ')}`,
			);
			balancer.to = 'one';
			for (const callId of calls) await hangUp(farm, callId);
			return {
				seen:
					`${calls.length} clicks, each to both: ${calls.length} dials, ${2 * calls.length} executions without an error, ` +
					'no finish before the call ended, one row each after it',
			};
		} finally {
			balancer.to = 'one';
			await n8n.deactivate(exampleId);
			await n8n.activate(oursId);
		}
	},
};

function publishExample({ n8n, sandbox, credentials, balancer }: Farm): Promise<string> {
	return activateExample(n8n, sandbox, Object.values(credentials), balancer.url);
}

async function expectOneDial(farm: Farm, exampleId: string, callId: string): Promise<void> {
	const runs = await runsOf(farm, exampleId, callId);
	const dialled = dials(farm, callId);
	hold(dialled.length === 1 && dialled[0]?.channelId === callId, `${dialled.length} dials for ${callId}`);
	hold(
		runs.every(({ status }) => status === 'success'),
		`The executions ended with ${runs.map(({ status }) => status).join(', ')}`,
	);
	const refused = runs.filter(({ runs: nodes }) => 'Finish' in nodes);
	hold(refused.length === 1, `${refused.length} of ${runs.length} executions met the refusal of the second dial`);
	hold(
		refused.every((run) => output(run, 'Finish')[0]?.json.FINISHED === false),
		'The refusal of the second dial finished the call',
	);
	hold(
		farm.sandbox.portal.state.calls.has(callId) && rows(farm, callId) === 0,
		'The call is finished although it rings',
	);
}

/** Ends the call as the client, who hangs up, and waits for the row in the history. */
async function hangUp(farm: Farm, callId: string): Promise<void> {
	const { pbx } = farm.sandbox;
	const talks = async () => dials(farm, callId).some(({ phase }) => phase === 'talking') || undefined;
	await until(talks, () => JSON.stringify(dials(farm, callId)));
	pbx.press(callId, 'client', 'hangup');
	await until(
		async () => rows(farm, callId) > 0 || undefined,
		() => `no row in the history for ${callId}`,
	);
	hold(
		rows(farm, callId) === 1 && dials(farm, callId).length === 1,
		`${rows(farm, callId)} rows and ${dials(farm, callId).length} dials for ${callId}`,
	);
}

async function runsOf({ n8n }: Farm, workflowId: string, callId: string): Promise<ExecutionDetail[]> {
	let ended: ExecutionDetail[] = [];
	return await until(
		async () => {
			const listed = await n8n.executions({ workflowId });
			const details = await Promise.all(listed.filter(hasEnded).map(({ id }) => n8n.execution(id)));
			ended = details.filter(({ runs }) => JSON.stringify(runs['Click in Bitrix24'] ?? []).includes(callId));
			return ended.length >= 2 ? ended : undefined;
		},
		() => `executions of the click that ended: ${ended.map(({ id }) => id).join(', ') || 'none'}`,
	);
}

function dials({ sandbox }: Farm, callId: string) {
	return sandbox.pbx.calls.filter(({ callId: own }) => own === callId);
}

function rows({ sandbox }: Farm, callId: string): number {
	return sandbox.portal.state.history.filter((row) => row.callId === callId).length;
}
