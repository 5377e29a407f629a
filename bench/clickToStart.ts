import { randomUUID } from 'node:crypto';
import type { Demo } from '../tools/demo';
import { output } from '../tools/n8n/driver';
import { anotherClick, FIRST_NODE, genuineDelivery, ours, webhook, type Contestant } from './contestants';
import { spread, table } from './report';

const WARM_UP = 6;

/**
 * Figure 1: from the POST of a click event to the first node behind the trigger: through our trigger, and through n8n's
 * Webhook node, open to everybody and with Header Auth. All get the same body, a genuine delivery of the portal with a
 * call id of its own. Ours checks its signature, decodes and types it. They take turns.
 * @param rounds how often each is measured
 * @returns the table to print
 */
export async function clickToStart(demo: Demo, rounds: number): Promise<string> {
	const ownTrigger = await ours(demo);
	const contestants = [
		ownTrigger,
		await webhook(demo, 'n8n Webhook'),
		await webhook(demo, 'n8n Webhook, Header Auth', randomUUID()),
	].map((one) => ({ ...one, times: new Array<number>() }));
	const body = await genuineDelivery(demo);
	for (let round = -WARM_UP; round < rounds; round += 1) {
		for (const contestant of contestants) {
			const time = await timeToStart(demo, contestant, body);
			if (round >= 0) contestant.times.push(time);
		}
		// Each goes first as often as the others.
		contestants.push(...contestants.splice(0, 1));
	}
	for (const { workflowId } of contestants) await demo.n8n.deactivate(workflowId);
	const row = (name: string) => ({ name, times: spread(contestants.find((one) => one.name === name)?.times ?? []) });
	return table(row(ownTrigger.name), row('n8n Webhook'), row('n8n Webhook, Header Auth'));
}

/**
 * Posts one click.
 * @returns milliseconds until the first node starts. Both clocks are this machine's, which tells whole milliseconds.
 */
export async function timeToStart(
	{ n8n }: Demo,
	{ url, headers, workflowId }: Contestant,
	genuine: string,
): Promise<number> {
	const { body, callId } = anotherClick(genuine);
	const posted = Date.now();
	const answer = await fetch(url, { method: 'POST', headers, body });
	if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
	await answer.arrayBuffer();
	const execution = await n8n.waitForExecution({
		workflowId,
		where: ({ runs }) => JSON.stringify(runs).includes(callId),
	});
	const startedAt = output(execution, FIRST_NODE)[0]?.json.startedAt;
	if (typeof startedAt !== 'number')
		throw new Error(`Execution ${execution.id} says nothing about its start: ${JSON.stringify(execution.error)}`);
	return startedAt - posted;
}
