import { randomUUID } from 'node:crypto';
import type { WorkflowFile, WorkflowNode } from '../../tools/n8n/driver';
import { FINISH_NODE } from '../support/finishNode';

const SET = { position: [0, 0], typeVersion: 1 };

/**
 * Our trigger, a pause and Finish: a click in Bitrix24 becomes one row of the history. Delivery is verified at
 * activation.
 */
export function ours(): WorkflowFile {
	const trigger: WorkflowNode = {
		...SET,
		name: 'Click',
		type: 'n8n-nodes-bitrix24-telephony.bitrix24TelephonyTrigger',
		typeVersion: 1.1,
		parameters: { events: ['ONEXTERNALCALLSTART'], verifyDelivery: true },
		credentials: { bitrix24OAuth2Api: { id: null, name: '' } },
	};
	const finish: WorkflowNode = {
		...SET,
		...FINISH_NODE,
		name: 'Finish',
		credentials: { bitrix24OAuth2Api: { id: null, name: '' } },
	};
	return chain('Ours', trigger, finish);
}

/**
 * The measure for ours: n8n's Webhook node with Header Auth, the same pause and its HTTP Request node, which reports to
 * the ledger.
 */
export function theirs(ledgerUrl: string): { file: WorkflowFile; path: string } {
	const path = randomUUID();
	const key = { httpHeaderAuth: { id: null, name: '' } };
	const webhook: WorkflowNode = {
		...SET,
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, authentication: 'headerAuth', responseMode: 'onReceived', options: {} },
		credentials: key,
	};
	const report: WorkflowNode = {
		...SET,
		name: 'Report',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: `=${ledgerUrl}?id={{ $json.body.id }}`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			options: {},
		},
		credentials: key,
	};
	return { file: chain('n8n’s own', webhook, report), path };
}

/** So long that a kill meets executions that run. n8n waits for less than 65 seconds inside the process. */
const PAUSE: WorkflowNode = {
	...SET,
	name: 'Pause',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { resume: 'timeInterval', amount: 1, unit: 'seconds' },
};

function chain(name: string, trigger: WorkflowNode, action: WorkflowNode): WorkflowFile {
	const to = ({ name: node }: WorkflowNode) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name,
		nodes: [trigger, PAUSE, action],
		connections: { [trigger.name]: to(PAUSE), [PAUSE.name]: to(action) },
	};
}
