import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from '../../../tools/demo';
import { setFields, type WorkflowFile } from '../../../tools/host/driver';

const example = JSON.parse(readFileSync(join(__dirname, '../../../examples/click-to-call.json'), 'utf8')) as WorkflowFile;

/** Names of the example's nodes that are ours. */
export const ownNodes = example.nodes.filter(({ type }) => type.startsWith('n8n-nodes-bitrix24-telephony.')).map(({ name }) => name);

/**
 * Imports the click-to-call example, ready to run but not published.
 * @returns the id of the workflow
 */
export async function importExample({ n8n, sandbox, credentials }: Demo): Promise<string> {
	const fitted = setFields(example, 'Settings', { asterisk: sandbox.pbx.url, n8n: n8n.session.url });
	return (await n8n.importWorkflow(fitted, { credentials: Object.values(credentials) })).id;
}
