import { clickToCall, type Demo } from '../../../tools/demo';
import type { WorkflowFile } from '../../../tools/n8n/driver';
import { readExample } from '../../support/example';

const example = readExample('click-to-call');

/** Names of the example's nodes that are ours. */
export const ownNodes = example.nodes
	.filter(({ type }) => type.startsWith('n8n-nodes-bitrix24-telephony.'))
	.map(({ name }) => name);

/**
 * Imports a workflow that checks the setup when it is started by hand.
 * @returns the id of the workflow
 */
export async function importSetupCheck({ n8n, credentials }: Demo): Promise<string> {
	const file: WorkflowFile = {
		name: 'Check Setup',
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{
				name: 'Check Setup',
				type: 'n8n-nodes-bitrix24-telephony.bitrix24Telephony',
				typeVersion: 1,
				position: [220, 0],
				parameters: { resource: 'setup', operation: 'check' },
				credentials: { bitrix24OAuth2Api: { id: null, name: '' } },
			},
		],
		connections: { Start: { main: [[{ node: 'Check Setup', type: 'main', index: 0 }]] } },
	};
	return (await n8n.importWorkflow(file, { credentials: [credentials.bitrix24] })).id;
}

/**
 * Imports a workflow whose trigger fetches its events and reports those that come too late.
 * @returns the id of the workflow
 */
export async function importFetchingTrigger({ n8n, credentials }: Demo): Promise<string> {
	const file: WorkflowFile = {
		name: 'Fetch',
		nodes: [
			{
				name: 'Click',
				type: 'n8n-nodes-bitrix24-telephony.bitrix24TelephonyTrigger',
				typeVersion: 1.1,
				position: [0, 0],
				parameters: { delivery: 'poll', options: { pollInterval: 3, reportTooLate: true } },
				credentials: { bitrix24OAuth2Api: { id: null, name: '' } },
			},
		],
		connections: {},
	};
	return (await n8n.importWorkflow(file, { credentials: [credentials.bitrix24] })).id;
}

/**
 * Imports a workflow with one node, Finish, whose employee an expression gives.
 * @returns the id of the workflow
 */
export async function importFinish({ n8n, credentials }: Demo): Promise<string> {
	const employee = { __rl: true, mode: 'id', value: '={{ $json.query.USER_ID }}' };
	const file: WorkflowFile = {
		name: 'Finish by hand',
		nodes: [
			{
				name: 'Finish',
				type: 'n8n-nodes-bitrix24-telephony.bitrix24Telephony',
				typeVersion: 1,
				position: [0, 0],
				parameters: { resource: 'call', operation: 'finish', employee },
				credentials: { bitrix24OAuth2Api: { id: null, name: '' } },
			},
		],
		connections: {},
	};
	return (await n8n.importWorkflow(file, { credentials: [credentials.bitrix24] })).id;
}

/**
 * Imports the click-to-call example, ready to run but not published.
 * @returns the id of the workflow
 */
export async function importExample({ n8n, sandbox, credentials }: Demo): Promise<string> {
	return (await n8n.importWorkflow(clickToCall(sandbox), { credentials: Object.values(credentials) })).id;
}

/**
 * Imports a workflow whose trigger tests with a sample, and starts for one employee and one line that nobody has
 * chosen yet.
 * @returns the id of the workflow
 */
export async function importSampledTrigger({ n8n, credentials }: Demo): Promise<string> {
	const nobody = { __rl: true, mode: 'list', value: '' };
	const file: WorkflowFile = {
		name: 'Sample',
		nodes: [
			{
				name: 'Ended',
				type: 'n8n-nodes-bitrix24-telephony.bitrix24TelephonyTrigger',
				typeVersion: 1.3,
				position: [0, 0],
				parameters: {
					events: ['ONVOXIMPLANTCALLEND'],
					testWith: 'sample',
					options: {
						onlyEmployees: { chosen: [{ employee: nobody }] },
						onlyLines: { chosen: [{ line: { ...nobody, mode: 'id', value: '+4940669690' } }] },
					},
				},
				credentials: { bitrix24OAuth2Api: { id: null, name: '' } },
			},
		],
		connections: {},
	};
	return (await n8n.importWorkflow(file, { credentials: [credentials.bitrix24] })).id;
}
