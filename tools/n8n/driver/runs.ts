import { parse } from 'flatted';

/** An execution as n8n lists it. */
export interface Execution {
	id: string;
	workflowId: string;
	/** new, running, waiting, success, error, crashed or canceled */
	status: string;
	/** webhook, manual, trigger ... */
	mode: string;
	startedAt: string | null;
	stoppedAt: string | null;
}

/** One item that a node put out. */
export interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, unknown>;
	pairedItem?: unknown;
	error?: RunError;
}

/** An error as the editor shows it. */
export interface RunError {
	name?: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context?: Record<string, unknown>;
}

/** One run of one node. */
export interface NodeRun {
	status: string;
	/** Milliseconds. */
	executionTime: number;
	/** Items by output number. */
	outputs: Item[][];
	error?: RunError;
	hints: { message: string }[];
}

/** An execution with all that its nodes did. */
export interface ExecutionDetail extends Execution {
	/** Why it failed, when it failed. */
	error?: RunError;
	lastNode?: string;
	/** Runs by node name; a node in a loop has several. */
	runs: Record<string, NodeRun[]>;
}

/** The answer of `GET /rest/executions/:id`, whose `data` n8n packs with flatted to keep shared references. */
export interface PackedExecution extends Execution {
	data: string;
}

interface UnpackedRun {
	executionStatus?: string;
	executionTime: number;
	data?: { main?: (Item[] | null)[] };
	error?: RunError;
	hints?: { message: string }[];
}

interface Unpacked {
	resultData?: { error?: RunError; lastNodeExecuted?: string; runData?: Record<string, UnpackedRun[]> };
}

const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);

/** Whether nothing more will happen in an execution. A waiting one has not ended. */
export function hasEnded(execution: Execution): boolean {
	return ENDED.has(execution.status);
}

/**
 * Unpacks what n8n stores of an execution.
 * @throws SyntaxError when `data` is not what flatted writes
 */
export function unpack(packed: PackedExecution): ExecutionDetail {
	const { data, ...execution } = packed;
	const { resultData = {} }: Unpacked = parse(data);
	const runs = Object.entries(resultData.runData ?? {}).map(([node, all]) => [node, all.map(readRun)] as const);
	return {
		...execution,
		error: resultData.error,
		lastNode: resultData.lastNodeExecuted,
		runs: Object.fromEntries(runs),
	};
}

/**
 * The items of a node's last run.
 * @param outputNumber 0 is the first output; 1 the error output of a node with one output
 * @throws Error when the node did not run; the error names the nodes that did and why the execution failed
 */
export function output(execution: ExecutionDetail, node: string, outputNumber = 0): Item[] {
	const run = execution.runs[node]?.at(-1);
	if (!run) {
		const ran = Object.keys(execution.runs).join(', ');
		const reason = execution.error ? `; it failed: ${execution.error.message}` : '';
		throw new Error(
			`Node "${node}" did not run in execution ${execution.id} (${execution.status}). These ran: ${ran}${reason}`,
		);
	}
	return run.outputs[outputNumber] ?? [];
}

function readRun(run: UnpackedRun): NodeRun {
	return {
		status: run.executionStatus ?? 'unknown',
		executionTime: run.executionTime,
		outputs: (run.data?.main ?? []).map((items) => items ?? []),
		error: run.error,
		hints: run.hints ?? [],
	};
}
