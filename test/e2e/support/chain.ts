import { resources } from '../../../nodes/Bitrix24Telephony/operations';
import type { Demo } from '../../../tools/demo';
import { output, type ExecutionDetail, type WorkflowFile } from '../../../tools/n8n/driver';
import { differences } from '../../support/conforms';

/** One node of a chain: an operation with its parameters, or any other node. */
interface Link {
	name: string;
	operation?: string;
	parameters: Record<string, unknown>;
	type?: string;
	typeVersion?: number;
}

/**
 * Runs a chain of nodes by hand, as a user does. Every operation of the resource must be in it, and put out what its
 * schema says.
 *
 * @returns what every node put out
 */
export async function runChain({ n8n, credentials }: Demo, resource: string, links: Link[]): Promise<ExecutionDetail> {
	const names = ['Start', ...links.map(({ name }) => name)];
	const nodes = links.map(({ name, operation, parameters, type, typeVersion }, index) => ({
		id: `n${index}`,
		name,
		type: type ?? 'n8n-nodes-bitrix24-telephony.bitrix24Telephony',
		typeVersion: typeVersion ?? 1,
		position: [200 * (index + 1), 0],
		parameters: type ? parameters : { resource, operation, options: {}, ...parameters },
		credentials: type ? { phoneSystemApi: { id: '', name: '' } } : { bitrix24OAuth2Api: { id: '', name: '' } },
	}));
	const start = {
		id: 's',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const connections = Object.fromEntries(
		names.slice(0, -1).map((name, index) => [name, { main: [[{ node: names[index + 1], type: 'main', index: 0 }]] }]),
	);
	const file = {
		name: `Every operation: ${resource}`,
		nodes: [start, ...nodes],
		connections,
		settings: { executionOrder: 'v1' },
	} as unknown as WorkflowFile;
	const { id: workflowId } = await n8n.importWorkflow(file, { credentials: Object.values(credentials) });
	const run = await n8n.runManually(workflowId, { triggerName: 'Start', destinationName: names.at(-1) });
	if (!('executionId' in run)) throw new Error('The workflow waits for an event');
	const execution = await n8n.waitForExecution({ id: run.executionId });
	expect([execution.error?.message, execution.error?.description]).toEqual([undefined, undefined]);
	for (const { name, operation } of links) {
		if (operation) expect(differences(resource, operation, output(execution, name)[0]?.json ?? {})).toEqual([]);
	}
	expect(new Set(links.map(({ operation }) => operation).filter(Boolean))).toEqual(
		new Set(resources.find(({ value }) => value === resource)?.operations.map(({ entry }) => entry.value)),
	);
	return execution;
}
