import { randomUUID } from 'node:crypto';
import type { Demo } from '../tools/demo';
import { output, type WorkflowFile, type WorkflowNode } from '../tools/host/driver';
import { spread, table } from './report';

const FIRST_NODE = 'First Node';
const WARM_UP = 6;
const OURS = 'Bitrix24 Telephony Trigger';
const START = { name: 'Start', position: [0, 0] };

/** A workflow under measurement: where it takes events, and under which id it runs. */
interface Contestant {
	name: string;
	url: string;
	headers: Record<string, string>;
	workflowId: string;
	times: number[];
}

/**
 * Figure 1: from the POST of a click event to the first node behind the trigger: through our trigger, and through n8n's
 * Webhook node, open to everybody and with Header Auth. All get the same body, a genuine delivery of the portal with a
 * call id of its own. Ours checks its signature, decodes and types it. They take turns.
 * @param rounds how often each is measured
 * @returns the table to print
 */
export async function clickToStart(demo: Demo, rounds: number): Promise<string> {
	const contestants = [await ours(demo), await webhook(demo, 'n8n Webhook'), await webhook(demo, 'n8n Webhook, Header Auth', randomUUID())];
	const body = await genuineDelivery(demo);
	for (let round = -WARM_UP; round < rounds; round += 1) {
		for (const contestant of contestants) {
			const time = await measure(demo, contestant, body);
			if (round >= 0) contestant.times.push(time);
		}
		// Each goes first as often as the others.
		contestants.push(...contestants.splice(0, 1));
	}
	for (const { workflowId } of contestants) await demo.n8n.deactivate(workflowId);
	const row = (name: string) => ({ name, times: spread(contestants.find((one) => one.name === name)?.times ?? []) });
	return table(row(OURS), row('n8n Webhook'), row('n8n Webhook, Header Auth'));
}

async function ours(demo: Demo): Promise<Contestant> {
	const workflowId = await activate(demo, [demo.credentials.bitrix24], {
		...START, type: 'n8n-nodes-bitrix24-telephony.bitrix24TelephonyTrigger', typeVersion: 1,
		parameters: { event: 'ONEXTERNALCALLSTART' }, credentials: { bitrix24OAuth2Api: { id: null, name: '' } },
	});
	const [handler] = demo.sandbox.portal.state.handlers.filter(({ event }) => event === 'ONEXTERNALCALLSTART');
	if (!handler) throw new Error('The trigger bound no handler');
	return { name: OURS, url: handler.handler, headers: {}, workflowId, times: [] };
}

async function webhook(demo: Demo, name: string, key = ''): Promise<Contestant> {
	const path = randomUUID();
	const headers: Record<string, string> = key ? { 'x-key': key } : {};
	const credentials = key ? [await demo.n8n.createCredential({ name: 'Bench', type: 'httpHeaderAuth', data: { name: 'x-key', value: key } })] : [];
	const workflowId = await activate(demo, credentials, {
		...START, type: 'n8n-nodes-base.webhook', typeVersion: 2,
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {}, ...(key && { authentication: 'headerAuth' }) },
		...(key && { credentials: { httpHeaderAuth: { id: null, name: '' } } }),
	});
	return { name, url: `${demo.n8n.session.url}/webhook/${path}`, headers, workflowId, times: [] };
}

/** Lets the portal deliver one click to our trigger. */
async function genuineDelivery({ sandbox }: Demo): Promise<string> {
	const { control, state } = sandbox.portal;
	control.click({ userId: 2, phoneNumber: '+4930231259001' });
	await control.idle();
	const delivery = state.deliveries.at(-1);
	if (delivery?.status !== 200) throw new Error(`The click was not delivered: ${JSON.stringify(delivery)}`);
	return delivery.body;
}

async function activate({ n8n }: Demo, credentials: string[], start: WorkflowNode): Promise<string> {
	const clock: WorkflowNode = {
		name: FIRST_NODE, type: 'n8n-nodes-base.set', typeVersion: 3.4, position: [220, 0],
		parameters: { assignments: { assignments: [{ id: 'a', name: 'startedAt', type: 'number', value: '={{ Date.now() }}' }] }, options: {} },
	};
	const file: WorkflowFile = { name: `Bench: ${start.type}`, nodes: [start, clock], connections: { [start.name]: { main: [[{ node: FIRST_NODE, type: 'main', index: 0 }]] } } };
	const { id } = await n8n.importWorkflow(file, { credentials });
	await n8n.activate(id);
	return id;
}

/** One event at a time. Both clocks are this machine's, which tells whole milliseconds. */
async function measure({ n8n }: Demo, { url, headers, workflowId }: Contestant, genuine: string): Promise<number> {
	const callId = `externalCall.bench.${randomUUID()}`;
	const body = new URLSearchParams(genuine);
	body.set('data[CALL_ID]', callId);
	const posted = Date.now();
	const answer = await fetch(url, { method: 'POST', headers, body });
	if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
	await answer.arrayBuffer();
	const execution = await n8n.waitForExecution({ workflowId, where: ({ runs }) => JSON.stringify(runs).includes(callId) });
	const startedAt = output(execution, FIRST_NODE)[0]?.json.startedAt;
	if (typeof startedAt !== 'number') throw new Error(`Execution ${execution.id} says nothing about its start: ${JSON.stringify(execution.error)}`);
	return startedAt - posted;
}
