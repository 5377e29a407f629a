import type { IDataObject } from 'n8n-workflow';
import type { JsonObject } from '../../../bitrix24/decode';
import type { QueuedEvent } from '../../../bitrix24/methods/offline';
import { decodeForm, encodeForm } from '../../../bitrix24/phpForm';
import type { Occurrence } from '../../../bitrix24/offline/covered';
import { events, typed } from '../events';

/** What a queued event does not say itself. */
export interface PortalFacts {
	/** Host of the portal. */
	domain: string;
	memberId: string;
}

/** The item of a queued event: the same as its delivery would have given. */
export function itemOf(
	{ event, data, at }: Pick<QueuedEvent, 'event' | 'data' | 'at'>,
	{ domain, memberId }: PortalFacts,
): IDataObject {
	return {
		...dataOf(event, data),
		event,
		time: new Date(at).toISOString(),
		portal: { domain, member_id: memberId, status: null, scope: null },
	};
}

/** What an event says, as one text: the same for its delivery and its row in the queue. */
function keyOf(item: IDataObject): string {
	const { time, portal, ...said } = item;
	return JSON.stringify(Object.entries(said).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The key of a row of the queue, see {@link keyOf}. */
export function keyOfQueued({ event, data }: QueuedEvent): string {
	return keyOf({ ...dataOf(event, data), event });
}

/** When and what an item tells, to compare with rows of the queue. */
export function occurrenceOf(item: IDataObject): Occurrence {
	return { key: keyOf(item), at: Date.parse(String(item.time)) };
}

/** Deliveries are text, rows of the queue are JSON: encoded and decoded they are the same. */
function dataOf(event: string, data: JsonObject): IDataObject {
	const kind = events.find(({ code }) => code === event);
	const decoded = decodeForm(encodeForm(data));
	return kind ? typed(kind, decoded) : {};
}
