import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from './demo';
import type { WorkflowFile } from './n8n/driver';
import { ROOT } from './programs';

/**
 * Imports the example for incoming calls, activates it, and tells the simulated PBX its addresses, as the globals of
 * examples/asterisk/incoming.conf do.
 * @returns the workflow's id
 * @throws Error with the message of a trigger that failed
 */
export async function activateIncoming({
	n8n,
	sandbox: { pbx },
	credentials,
}: Pick<Demo, 'n8n' | 'sandbox' | 'credentials'>): Promise<string> {
	const file: WorkflowFile = JSON.parse(readFileSync(join(ROOT, 'examples/incoming-call.json'), 'utf8'));
	const { id } = await n8n.importWorkflow(file, { credentials: Object.values(credentials) });
	await n8n.activate(id);
	const { nodes } = await n8n.workflow(id);
	const webhook = (type: string): string =>
		`${n8n.session.url}/webhook/${nodes.find((node) => node.type.endsWith(type))?.webhookId ?? ''}`;
	pbx.control.setGlobals({
		B24_ASK_URL: webhook('.webhook'),
		B24_INCOMING_URL: `${webhook('.phoneSystemTrigger')}/report`,
	});
	return id;
}
