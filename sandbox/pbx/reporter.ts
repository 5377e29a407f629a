import type { EventEmitter } from 'node:events';
import { postReport, type ReportRecord } from './report';

const KEPT = 200;

/** Posts what the dialplan tells workflows with CURL(), and keeps a record of it. */
export class Reporter {
	readonly reports: ReportRecord[] = [];
	private readonly stopping = new AbortController();
	private count = 0;

	/** @param changes emits `change` when a report was answered */
	constructor(private readonly changes: EventEmitter) {}

	/**
	 * Posts a body.
	 * @returns the record when the answer is there, or the failure; never rejects
	 */
	async post(channelId: string, url: string, body: string): Promise<ReportRecord> {
		const record: ReportRecord = { id: (this.count += 1), channelId, url, body, sentAt: Date.now() };
		this.reports.push(record);
		if (this.reports.length > KEPT) this.reports.shift();
		await postReport(record, this.stopping.signal);
		this.changes.emit('change');
		return record;
	}

	/** Ends outstanding posts. */
	stop(): void {
		this.stopping.abort();
	}
}
