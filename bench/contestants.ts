import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Demo } from '../tools/demo';
import type { WorkflowFile, WorkflowNode } from '../tools/n8n/driver';

/** Name of the node behind each trigger; it tells when it started, in `startedAt`. */
export const FIRST_NODE = 'First Node';
const START = { name: 'Start', position: [0, 0] };

const BARE = 'n8n-nodes-bench-bare';

/**
 * Writes a package with a trigger node that does nothing but start its workflow: what n8n itself takes for a webhook
 * call of any node but its own Webhook node.
 * @returns the package's folder, built
 */
export function barePackage(): string {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-bare-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	mkdirSync(join(folder, 'dist'));
	writeFileSync(
		join(folder, 'package.json'),
		JSON.stringify({
			name: BARE,
			version: '1.0.0',
			files: ['dist'],
			n8n: { n8nNodesApiVersion: 1, nodes: ['dist/Bare.node.js'], credentials: [] },
		}),
	);
	writeFileSync(
		join(folder, 'dist/Bare.node.js'),
		`exports.Bare = class {
	constructor() {
		this.description = {
			displayName: 'Bare Trigger', name: 'bare', group: ['trigger'], version: [1, 1.1], description: 'For the bench', defaults: { name: 'Bare' },
			inputs: [], outputs: ['main'], properties: [],
			webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData', path: 'event' }],
		};
	}
	async webhook() {
		return { workflowData: [[{ json: this.getBodyData() }]] };
	}
};
`,
	);
	return folder;
}

/** A published workflow that takes events. */
export interface Contestant {
	name: string;
	url: string;
	headers: Record<string, string>;
	workflowId: string;
}

/**
 * Publishes our trigger, bound to click-to-call.
 * @param typeVersion of its node: 1.1 looks no names up by itself
 */
export async function ours(demo: Demo, typeVersion = 1.1): Promise<Contestant> {
	const workflowId = await activate(demo, [demo.credentials.bitrix24], {
		...START,
		type: 'n8n-nodes-bitrix24-telephony.bitrix24TelephonyTrigger',
		typeVersion,
		parameters: { events: ['ONEXTERNALCALLSTART'] },
		credentials: { bitrix24OAuth2Api: { id: null, name: '' } },
	});
	const handler = demo.sandbox.portal.state.handlers.filter(({ event }) => event === 'ONEXTERNALCALLSTART').at(-1);
	if (!handler) throw new Error('The trigger bound no handler');
	return { name: 'Bitrix24 Telephony Trigger', url: handler.handler, headers: {}, workflowId };
}

/**
 * Publishes n8n's Webhook node.
 * @param key value of the header that a request must have; without it the node is open to everybody
 */
export async function webhook(demo: Demo, name: string, key = ''): Promise<Contestant> {
	const path = randomUUID();
	const headers: Record<string, string> = key ? { 'x-key': key } : {};
	const credentials = key
		? [await demo.n8n.createCredential({ name: 'Bench', type: 'httpHeaderAuth', data: { name: 'x-key', value: key } })]
		: [];
	const workflowId = await activate(demo, credentials, {
		...START,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: {
			httpMethod: 'POST',
			path,
			responseMode: 'onReceived',
			options: {},
			...(key && { authentication: 'headerAuth' }),
		},
		...(key && { credentials: { httpHeaderAuth: { id: null, name: '' } } }),
	});
	return { name, url: `${demo.n8n.session.url}/webhook/${path}`, headers, workflowId };
}

/** Publishes {@link barePackage}'s trigger. */
export async function bare(demo: Demo): Promise<Contestant> {
	const path = randomUUID();
	const workflowId = await activate(demo, [], {
		...START,
		type: `${BARE}.bare`,
		typeVersion: 1.1,
		webhookId: path,
		parameters: {},
	});
	return {
		name: 'a trigger node without code',
		url: `${demo.n8n.session.url}/webhook/${path}/event`,
		headers: {},
		workflowId,
	};
}

/** Lets the portal deliver one click to our trigger. @returns its body */
export async function genuineDelivery({ sandbox }: Demo): Promise<string> {
	const { control, state } = sandbox.portal;
	control.click({ userId: 2, phoneNumber: '+4930231259001' });
	await control.idle();
	const delivery = state.deliveries.at(-1);
	if (delivery?.status !== 200) throw new Error(`The click was not delivered: ${JSON.stringify(delivery)}`);
	return delivery.body;
}

async function activate({ n8n }: Demo, credentials: string[], start: WorkflowNode): Promise<string> {
	const clock: WorkflowNode = {
		name: FIRST_NODE,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		position: [220, 0],
		parameters: {
			assignments: { assignments: [{ id: 'a', name: 'startedAt', type: 'number', value: '={{ Date.now() }}' }] },
			options: {},
		},
	};
	const file: WorkflowFile = {
		name: `Bench: ${start.type}`,
		nodes: [start, clock],
		connections: { [start.name]: { main: [[{ node: FIRST_NODE, type: 'main', index: 0 }]] } },
	};
	const { id } = await n8n.importWorkflow(file, { credentials });
	await n8n.activate(id);
	return id;
}

/** The same click now and with a call of its own, as if made anew. @returns the body and the id of its call */
export function anotherClick(genuine: string): { body: URLSearchParams; callId: string } {
	const callId = `externalCall.bench.${randomUUID()}`;
	const body = new URLSearchParams(genuine);
	body.set('data[CALL_ID]', callId);
	body.set('ts', String(Math.floor(Date.now() / 1000)));
	return { body, callId };
}
