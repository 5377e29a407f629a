import type { AskExecutions, ExecutionOf } from '../sandbox';
import { type Execution, hasEnded, type N8n } from './n8n/driver';

/** A CALL_ID of Bitrix24, or a channel of Asterisk. */
const ID = /externalCall\.[0-9a-f]{32}\.\d+|\b\d{10}\.\d+\b/g;
/** Executions that are read at once; n8n unpacks each. */
const AT_ONCE = 10;

/** n8n's list also names the workflow. */
type Listed = Execution & { workflowName?: string };

/**
 * Makes the function by which the sandbox's page learns of n8n's executions: it reads the list, and the data of each
 * execution until it has ended.
 */
export function executionsOf(n8n: N8n): AskExecutions {
	const known = new Map<string, ExecutionOf>();
	return async (since) => {
		const listed: Listed[] = (await n8n.executions()).filter(({ startedAt }) => Date.parse(startedAt ?? '') >= since);
		const unread = listed.filter(({ id }) => known.get(id)?.stoppedAt === undefined).slice(0, AT_ONCE);
		for (const read of await Promise.all(unread.map((one) => readExecution(n8n, one)))) known.set(read.id, read);
		return listed.flatMap(({ id }) => known.get(id) ?? []);
	};
}

async function readExecution(n8n: N8n, listed: Listed): Promise<ExecutionOf> {
	const { id, workflowId, workflowName = workflowId, status, startedAt, stoppedAt } = listed;
	// Its data as n8n packed them; an execution whose data nobody kept is about no call.
	const data = await n8n.session.request<{ data?: string }>('GET', `/rest/executions/${id}`).then(
		(detail) => detail.data ?? '',
		() => '',
	);
	const started = Date.parse(startedAt ?? '');
	return {
		id,
		url: `${n8n.session.url}/workflow/${workflowId}/executions/${id}`,
		workflow: workflowName,
		status,
		callIds: [...new Set(data.match(ID) ?? [])],
		startedAt: started,
		...(hasEnded(listed) ? { stoppedAt: Date.parse(stoppedAt ?? '') || started } : {}),
	};
}
