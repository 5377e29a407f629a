import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from '../../../tools/demo';
import { setFields, type WorkflowFile } from '../../../tools/host/driver';

const EXAMPLE = join(__dirname, '../../../examples/click-to-call.json');

/**
 * Imports the click-to-call example, ready to run but not published.
 * @returns the id of the workflow
 */
export async function importExample({ n8n, sandbox, credentials }: Demo): Promise<string> {
	const file = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as WorkflowFile;
	const fitted = setFields(file, 'Settings', { asterisk: sandbox.pbx.url, n8n: n8n.session.url });
	return (await n8n.importWorkflow(fitted, { credentials: Object.values(credentials) })).id;
}
