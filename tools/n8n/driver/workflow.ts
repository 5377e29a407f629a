import { randomUUID } from 'node:crypto';

/** A node of a workflow file, as far as this driver reads it. */
export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position: number[];
	parameters: Record<string, unknown>;
	webhookId?: string;
	credentials?: Record<string, { id: string | null; name: string }>;
}

/** A workflow as n8n exports it. */
export interface WorkflowFile {
	name?: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

/** A stored credential. */
export interface Credential {
	id: string;
	name: string;
	type: string;
}

/**
 * Fits a workflow file to one n8n: every credential is replaced by the stored one of the same name and type, or else of
 * the same type; nodes that need an id or a webhook id get one. The editor does the same when a user imports a file.
 * @returns a copy; the file stays as it was
 * @throws Error when no credential of a needed type is given
 */
export function fitWorkflow(file: WorkflowFile, credentials: Credential[]): WorkflowFile {
	return { ...structuredClone(file), nodes: file.nodes.map((node) => fitNode(structuredClone(node), credentials)) };
}

function fitNode(node: WorkflowNode, credentials: Credential[]): WorkflowNode {
	node.id ??= randomUUID();
	// Without it the address of a webhook would contain workflow id and node name instead (n8n-workflow, node-helpers).
	if (/(trigger|webhook)$/i.test(node.type)) node.webhookId ??= randomUUID();
	for (const [type, wanted] of Object.entries(node.credentials ?? {})) {
		const fitting = credentials.filter((credential) => credential.type === type);
		const chosen = fitting.find(({ name }) => name === wanted.name) ?? fitting[0];
		if (!chosen) throw new Error(`Node "${node.name}" needs a credential of type ${type}`);
		node.credentials = { ...node.credentials, [type]: { id: chosen.id, name: chosen.name } };
	}
	return node;
}
