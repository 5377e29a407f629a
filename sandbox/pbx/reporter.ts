import type { EventEmitter } from 'node:events';
import type { PbxCall } from './call';
import { FAILURE_CODES, RETRY_PAUSES } from './dialplan';
import { postReport, type ReportRecord } from './report';
import type { ExchangeOptions } from './switchboard';

const KEPT = 200;

/** A report that n8n did not take and that a channel of its own repeats. */
export interface Repeat {
	callId: string;
	number: number;
	timer?: NodeJS.Timeout;
}

/** Posts what the dialplan tells workflows with CURL(), and keeps a record of it. */
export class Reporter {
	readonly reports: ReportRecord[] = [];
	/** Channels of b24-retry. */
	readonly repeats = new Set<Repeat>();
	private readonly stopping = new AbortController();
	private count = 0;

	/**
	 * @param changes emits `change` when a report was answered
	 * @param options its `timeFactor` may change
	 */
	constructor(
		private readonly changes: EventEmitter,
		private readonly options: Readonly<Pick<ExchangeOptions, 'timeFactor' | 'answerSeconds'>>,
	) {}

	/**
	 * Posts a body once.
	 * @param seconds real ones that the dialplan waits for the answer; unless given, as `CURLOPT(httptimeout)=5` says
	 * @returns the record when the answer is there, or the failure; never rejects
	 */
	async post(channelId: string, url: string, body: string, seconds = 5): Promise<ReportRecord> {
		const record: ReportRecord = { id: (this.count += 1), channelId, url, body, sentAt: Date.now() };
		this.reports.push(record);
		if (this.reports.length > KEPT) this.reports.shift();
		await postReport(record, this.stopping.signal, Math.max(seconds, this.options.answerSeconds) * 1000);
		this.changes.emit('change');
		return record;
	}

	/**
	 * Posts the report of a call, and again until n8n takes it (b24-post, b24-retry).
	 * @param isNewest false when the CALL_ID belongs to a newer call, which a repeated report says
	 * @param delivered is told that n8n has taken it
	 */
	deliver(call: PbxCall, url: string, body: string, isNewest: () => boolean, delivered: () => void): void {
		const repeat: Repeat = { callId: call.callId, number: call.start };
		const send = async (pauses: readonly number[], isFirst = false): Promise<void> => {
			const record = await this.post(call.channelId, url, isFirst || isNewest() ? body : `${body}&SUPERSEDED=1`);
			if (isTaken(record)) delivered();
			const [pause, ...later] = pauses;
			if (
				isTaken(record) ||
				pause === undefined ||
				this.stopping.signal.aborted ||
				!(isFirst || this.repeats.has(repeat))
			) {
				this.repeats.delete(repeat);
				return;
			}
			this.repeats.add(repeat);
			repeat.timer = setTimeout(() => void send(later), pause * 1000 * this.options.timeFactor);
		};
		void send(RETRY_PAUSES, true);
	}

	/** Asterisk is gone: nobody repeats a report any more. */
	forget(): void {
		for (const { timer } of this.repeats) clearTimeout(timer);
		this.repeats.clear();
	}

	/** Ends outstanding posts. */
	stop(): void {
		this.stopping.abort();
		this.forget();
	}
}

/** CURL() answered with something. */
function isTaken({ status, answer }: ReportRecord): boolean {
	return status !== undefined && !FAILURE_CODES.includes(status) && answer !== '';
}
