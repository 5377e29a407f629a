import type { Execution, TimelineEntry } from '../data/timeline';

/** An execution in n8n, and which calls it is about. Times in milliseconds since 1970, this computer's. */
export interface ExecutionOf extends Execution {
	/** CALL_IDs and channels of the PBX that stand in its data. */
	callIds: string[];
	startedAt: number;
	/** Absent while it runs. */
	stoppedAt?: number;
}

/** Tells the executions in n8n that started at or after a moment, in milliseconds since 1970. */
export type AskExecutions = (since: number) => Promise<ExecutionOf[]>;

/** Milliseconds by which the clocks of two processes and their rounding may differ. */
const TOLERANCE = 100;
/** Milliseconds in which n8n starts a workflow for an event: the portal waits no longer for its answer. */
const STARTS_WITHIN = 30_000;

/**
 * Links the entries of a call to executions about it: an event and a report to the one that it started, what a
 * workflow did to the latest one that ran at that time.
 * @param entries oldest first; they gain `execution`
 * @param ahead milliseconds that the portal's time is ahead of this computer's
 */
export function linkExecutions(
	entries: readonly TimelineEntry[],
	executions: readonly ExecutionOf[],
	ahead: number,
): void {
	const waiting = [...executions].sort((left, right) => left.startedAt - right.startedAt);
	const newestFirst = [...waiting].reverse();
	for (const entry of entries) {
		const at = entry.at - ahead;
		if (entry.kind === 'event' || entry.kind === 'report') {
			const index = waiting.findIndex(
				({ startedAt }) => startedAt >= at - TOLERANCE && startedAt <= at + STARTS_WITHIN,
			);
			// An execution is started once, so the next event has another one.
			const [started] = index < 0 || entry.tone === 'bad' ? [] : waiting.splice(index, 1);
			if (started) entry.execution = linkOf(started);
		} else if (entry.from === 'workflow') {
			const running = newestFirst.find(
				({ startedAt, stoppedAt = Number.POSITIVE_INFINITY }) =>
					startedAt - TOLERANCE <= at && at <= stoppedAt + TOLERANCE,
			);
			if (running) entry.execution = linkOf(running);
		}
	}
}

function linkOf({ id, url, workflow, status }: ExecutionOf): Execution {
	return { id, url, workflow, status };
}
