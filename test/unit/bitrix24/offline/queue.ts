import { failed, success, type Answer, type Failure } from '../../../../bitrix24/failure';
import type { QueuedEvent } from '../../../../bitrix24/methods/offline';
import type { Asking } from '../../../../bitrix24/offline/portalQueue';
import type { Call } from '../../../../bitrix24/plan';
import type { VirtualTime } from '../../../support/virtualTime';

const FREE = '';

/** The queue that a portal keeps for one application, as `event.offline.*` shows it. */
export class Queue implements Asking {
	readonly rows: (QueuedEvent & { processId: string })[] = [];
	/** Names of the methods that were called, with what mattered. */
	readonly asked: string[] = [];
	/** Whether the plan allows to reserve. */
	canReserve = true;
	/** What the next request ends with, after or instead of its work. */
	next: { failure: Failure; isDone: boolean } | undefined;
	private count = 0;

	constructor(private readonly time: VirtualTime) {}

	/** An event happens. @param secondsAgo by the portal's clock */
	add(callId: string, { event = 'CLICK', secondsAgo = 0 } = {}): QueuedEvent {
		this.count += 1;
		const row = {
			id: this.count,
			at: this.time.now() - secondsAgo * 1000,
			event,
			data: { CALL_ID: callId },
			messageId: `m${this.count}`,
			processId: FREE,
		};
		this.rows.push(row);
		return row;
	}

	async ask<Result>(call: Call<Result>): Promise<Answer<Result>> {
		await this.time.sleep(100);
		this.asked.push(call.method);
		const trouble = this.next;
		this.next = undefined;
		if (trouble && !trouble.isDone) return failed(trouble.failure);
		const result = call.decode(this.answer(call));
		return trouble ? failed(trouble.failure) : success(result);
	}

	private answer({ method, parameters }: Call): unknown {
		const {
			filter = {},
			clear,
			process_id: processId,
			message_id: messages,
			limit,
		} = parameters as Record<string, never> & {
			filter?: Record<string, unknown>;
			message_id?: string[];
			limit?: number;
		};
		const wire = (row: QueuedEvent) => ({
			ID: String(row.id),
			TIMESTAMP_X: new Date(row.at).toISOString(),
			EVENT_NAME: row.event,
			EVENT_DATA: row.data,
			MESSAGE_ID: row.messageId,
			PROCESS_ID: row.processId,
			ERROR: '0',
		});
		if (method === 'feature.get') return { value: this.canReserve ? 'Y' : 'N' };
		if (method === 'event.offline.list')
			return this.rows.filter((row) => '!PROCESS_ID' in filter === (row.processId !== FREE)).map(wire);
		if (method === 'event.offline.clear') {
			for (const row of this.rows.filter((one) => one.processId === processId && messages?.includes(one.messageId)))
				this.rows.splice(this.rows.indexOf(row), 1);
			return true;
		}
		const { ID: ids, EVENT_NAME: names } = filter as { ID?: number[]; EVENT_NAME?: string[] };
		const taken = this.rows
			.filter(
				(row) =>
					row.processId === (processId ?? FREE) &&
					(!ids || ids.includes(row.id)) &&
					(!names || names.includes(row.event)),
			)
			.slice(0, limit);
		if (clear === 1) for (const row of taken) this.rows.splice(this.rows.indexOf(row), 1);
		const reserved = processId ?? `p${this.asked.length}`;
		if (clear === 0) for (const row of taken) row.processId = reserved;
		return { process_id: clear === 1 ? null : reserved, events: taken.map(wire) };
	}
}

/** A failure as the portal client gives it. */
export function failureOf(kind: Failure['kind'], more: Partial<Failure> = {}): Failure {
	return { kind, status: 0, code: '', text: `It is ${kind}`, method: 'event.offline.get', ...more };
}
