import { hasEnded, until } from '../../../tools/n8n/driver';
import { kill, revive, type Farm } from '../farm';
import { EMPLOYEES } from '../stream';
import { hold, type Trial } from '../trial';

/** Clicks of each half. */
const CLICKS = 8;

/** Delivery Both: webhook processes receive, main fetches; then nobody receives. */
export const fetched: Trial = {
	name: 'Delivery Both: clicks through the webhook processes, then with both of them killed',
	holds: 'each click starts one execution and is finished once; nothing stays in the queue',
	async run(farm) {
		await deliver(farm, 'both');
		try {
			const pushed = clicks(farm, 1);
			await finished(farm, pushed);
			for (const server of farm.queue.webhooks) await kill(server);
			const missed = clicks(farm, 2);
			await finished(farm, missed);
			const started = await startedFor(farm, [...pushed, ...missed]);
			const wrong = [...started]
				.filter(([, count]) => count !== 1)
				.map(([callId, count]) => `${callId} ${count} times`);
			hold(wrong.length === 0, `These started more or fewer executions than one: ${wrong.join(', ')}`);
			return {
				seen: `${pushed.length} delivered and ${missed.length} fetched: one execution and one row each, the queue empty`,
			};
		} finally {
			await revive(farm);
			await deliver(farm, 'push');
		}
	},
};

async function deliver({ n8n, oursId }: Farm, delivery: string): Promise<void> {
	const { nodes } = await n8n.workflow(oursId);
	for (const node of nodes) if (node.name === 'Click') Object.assign(node.parameters, { delivery });
	await n8n.saveWorkflow(oursId, { nodes });
	await n8n.activate(oursId);
}

function clicks({ sandbox }: Farm, half: number): string[] {
	return Array.from({ length: CLICKS }, (_, index) => {
		const userId = EMPLOYEES[index % EMPLOYEES.length];
		if (userId === undefined) throw new RangeError('There is no employee');
		return sandbox.portal.control.click({ userId, phoneNumber: `+4930231260${half}${index}` }).callId;
	});
}

async function finished({ sandbox: { portal } }: Farm, callIds: string[]): Promise<void> {
	const rows = () => portal.state.history.filter(({ callId }) => callIds.includes(callId)).length;
	const queued = () => portal.state.offlineEvents.length;
	const isDone = () => Promise.resolve((rows() >= callIds.length && queued() === 0) || undefined);
	await until(isDone, () => `${rows()} rows for ${callIds.length} clicks, ${queued()} events in the queue`);
	hold(rows() === callIds.length, `${rows()} rows for ${callIds.length} clicks`);
}

/** How many executions each call started, once each has one that has ended. */
async function startedFor(farm: Farm, callIds: string[]): Promise<Map<string, number>> {
	let started = new Map<string, number>();
	return await until(
		async () => {
			started = await endedFor(farm, callIds);
			return [...started.values()].every((count) => count > 0) ? started : undefined;
		},
		() => `executions that ended, by call: ${JSON.stringify([...started])}`,
	);
}

async function endedFor({ n8n, oursId }: Farm, callIds: string[]): Promise<Map<string, number>> {
	const started = new Map(callIds.map((callId) => [callId, 0]));
	for (const one of (await n8n.executions({ workflowId: oursId })).filter(hasEnded)) {
		const { runs } = await n8n.execution(one.id);
		const text = JSON.stringify(runs.Click ?? []);
		for (const callId of callIds) if (text.includes(callId)) started.set(callId, (started.get(callId) ?? 0) + 1);
	}
	return started;
}
