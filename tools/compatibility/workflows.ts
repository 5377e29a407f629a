import { LEAN_VERSION } from '../../nodes/Bitrix24Telephony/version';
import { LISTS_VERSION } from '../../nodes/Bitrix24TelephonyTrigger/option';
import type { WorkflowFile, WorkflowNode } from '../n8n/driver';

const CREDENTIALS = { bitrix24OAuth2Api: { id: '', name: '' } };

/** The action node, as a step of a workflow, in the version that n8n gives to a new one. */
export function action(name: string, parameters: Record<string, unknown>): WorkflowNode {
	return {
		name,
		type: 'n8n-nodes-bitrix24-telephony.bitrix24Telephony',
		typeVersion: LEAN_VERSION,
		position: [200, 0],
		parameters: { options: {}, ...parameters },
		credentials: CREDENTIALS,
	};
}

/** The trigger, for clicks, in the version that n8n gives to a new one. */
export function clickTrigger(name: string, parameters: Record<string, unknown> = {}): WorkflowNode {
	const all = { events: ['ONEXTERNALCALLSTART'], options: {}, ...parameters };
	return {
		name,
		type: 'n8n-nodes-bitrix24-telephony.bitrix24TelephonyTrigger',
		typeVersion: LISTS_VERSION,
		position: [0, 0],
		parameters: all,
		credentials: CREDENTIALS,
	};
}

/** n8n's own trigger for "Execute workflow". */
export function manualTrigger(name: string): WorkflowNode {
	return { name, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} };
}

/** n8n's own trigger for a POST to an address. */
export function webhook(name: string, path: string): WorkflowNode {
	return {
		name,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		parameters: { path, httpMethod: 'POST', options: {} },
	};
}

/** A workflow of steps one after the other. */
export function chain(name: string, ...nodes: WorkflowNode[]): WorkflowFile {
	const pairs = nodes
		.slice(1)
		.map(
			(node, index) => [nodes[index]?.name ?? '', { main: [[{ node: node.name, type: 'main', index: 0 }]] }] as const,
		);
	return { name, nodes, connections: Object.fromEntries(pairs), settings: { executionOrder: 'v1' } };
}
