import type { Stage } from '../../../sandbox/systems/stage';
import type { Demo } from '../../../tools/demo';
import { until } from '../../../tools/n8n/driver';
import { readExample } from '../../support/example';

/** What sets one cloud's example apart from the next. */
export interface CloudExample {
	/** Name of the example, without `.json`. */
	name: string;
	/** Decrypted data of the credential, `system` among them. */
	credential: Record<string, string>;
	/** Address in the example, and that of the stand-in. */
	address: [theirs: string, ours: string];
	/** What the address of the reports ends in. */
	reports: string;
}

/** An example that is published, with its stand-in. */
export interface PublishedCloud {
	workflowId: string;
	/** Where reports go. */
	address: string;
}

/** Does what the example's note says: credential, address, publish. */
export async function publish(
	{ n8n, credentials }: Demo,
	{ name, credential, address, reports }: CloudExample,
): Promise<PublishedCloud> {
	const phoneSystem = await n8n.createCredential({ name, type: 'phoneSystemApi', data: credential });
	const file = readExample(name, Object.fromEntries([address]));
	const { id } = await n8n.importWorkflow(file, { credentials: [credentials.bitrix24, phoneSystem] });
	await n8n.activate(id);
	const { nodes } = await n8n.workflow(id);
	const webhookId = nodes.find(({ type }) => type.endsWith('.phoneSystemTrigger'))?.webhookId ?? '';
	return { workflowId: id, address: `${n8n.session.url}/webhook/${webhookId}/${reports}` };
}

/** Calls of a number in the portal's history. */
export function rowsOf({ sandbox }: Demo, number: string) {
	return sandbox.portal.state.history.filter(
		({ phoneNumber }) => phoneNumber.replace(/\D/g, '') === number.replace(/\D/g, ''),
	);
}

/** Waits until a number has a call in the history. */
export async function rowOf(demo: Demo, number: string) {
	return await until(
		() => Promise.resolve(rowsOf(demo, number)[0]),
		() => `no call of ${number} in the history`,
	);
}

/** Waits until a call has its recording. */
export async function recordingOf(demo: Demo, callId: string): Promise<Buffer> {
	const { recordings } = demo.sandbox.portal.state;
	const found = (): Buffer | undefined => [...recordings.values()].find((one) => one.callId === callId)?.content;
	return await until(
		() => Promise.resolve(found()),
		() => `no recording of ${callId}`,
	);
}

/** Waits until the phone system was asked for a call and everything that it reports of it was taken. */
export async function played(stage: Stage, path: string, times = 1): Promise<void> {
	const asked = () => stage.requests.filter(({ url }) => url.includes(path)).length;
	await until(
		() => Promise.resolve(asked() >= times || undefined),
		() => `the phone system was not asked for ${path}`,
	);
	await stage.settled();
}

/** Waits until all executions of a workflow have ended. @returns how many of them failed */
export async function failures({ n8n }: Demo, workflowId: string): Promise<number> {
	const ended = await until(
		async () => {
			const all = await n8n.executions({ workflowId });
			return all.every(({ status }) => status === 'success' || status === 'error') ? all : undefined;
		},
		() => `executions of ${workflowId} go on`,
	);
	return ended.filter(({ status }) => status === 'error').length;
}
