import type { AskExecutions, ExecutionOf } from './executions';

/** Milliseconds between two questions to n8n. */
const PAUSE_MS = 1000;
/**
 * For so long after the last change n8n is asked anew: it stores an execution a moment after the workflow's last
 * request.
 */
const SETTLES_MS = 5000;
/** For so long it is asked about executions that still run. */
const RUNS_MS = 60_000;

/** Knows n8n's executions. Asks only while somebody looks, and something has changed or n8n is gone. */
export class ExecutionWatch {
	/** As n8n told last. */
	latest: readonly ExecutionOf[] = [];
	/** Whether n8n did not answer when it was asked last. */
	isGone = false;
	private readonly since = Date.now();
	private changedAt = 0;
	private timer: NodeJS.Timeout | undefined;
	private isStopped = false;

	/**
	 * @param ask may fail; what was known stays then
	 * @param isWatched whether a tab is open
	 * @param changed is told that `latest` is another one
	 */
	constructor(
		private readonly ask: AskExecutions,
		private readonly isWatched: () => boolean,
		private readonly changed: () => void,
	) {}

	/** Something has changed on the portal or the PBX, or a tab was opened. */
	hear(): void {
		this.changedAt = Date.now();
		this.schedule();
	}

	/** Asks no more. */
	stop(): void {
		this.isStopped = true;
		clearTimeout(this.timer);
	}

	private schedule(): void {
		if (this.timer || this.isStopped || !this.isWatched()) return;
		this.timer = setTimeout(() => void this.refresh(), PAUSE_MS);
		this.timer.unref();
	}

	private async refresh(): Promise<void> {
		const askedAt = Date.now();
		const found = await this.ask(this.since).catch(() => undefined);
		this.timer = undefined;
		if (JSON.stringify(found ?? this.latest) !== JSON.stringify(this.latest) || this.isGone !== !found) {
			this.latest = found ?? this.latest;
			this.isGone = !found;
			this.changed();
		}
		// Not when the answer came: a busy n8n answers late with what it knew long before.
		const quiet = askedAt - this.changedAt;
		const runs = this.latest.some(({ stoppedAt }) => stoppedAt === undefined);
		if (this.isGone || quiet < SETTLES_MS || (runs && quiet < RUNS_MS)) this.schedule();
	}
}
