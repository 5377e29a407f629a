import {
	asObject,
	asObjectWithNumber,
	asRows,
	asYes,
	toId,
	UnexpectedShape,
	type Json,
	type JsonObject,
} from '../decode';
import type { Call } from '../plan';

/**
 * An event in the queue that the portal keeps for an application (documentation,
 * api-reference/events/event-offline-list).
 */
export interface QueuedEvent {
	id: number;
	/**
	 * Milliseconds since 1970, by the portal's clock. A repeat of the same event and data renews it
	 * (rest/lib/eventoffline.php).
	 */
	at: number;
	/** Code of the event, upper case. */
	event: string;
	data: JsonObject;
	messageId: string;
	/** Under which it is reserved; empty while nobody has it. */
	processId: string;
}

/** Events that were taken from the queue. */
export interface Taken {
	/** What they are to be confirmed under; empty when they are gone from the queue already. */
	processId: string;
	events: QueuedEvent[];
}

/** Feature of the plan that allows to reserve events and confirm them later. */
const RESERVING = 'rest_offline_extended';

/** So many events one request takes (documentation, event-offline-get: the default). */
export const QUEUE_PAGE = 50;

/**
 * `event.bind` of the queue. Needs an administrator. The queue has no address, and one binding an application and
 * event.
 */
export function bindQueue(event: string): Call {
	return { method: 'event.bind', parameters: { event, event_type: 'offline' }, decode: asYes, effect: 'repeatable' };
}

/** `event.unbind` of the queue; nothing bound is no error. */
export function unbindQueue(event: string): Call {
	return {
		method: 'event.unbind',
		parameters: { event, event_type: 'offline' },
		decode: asObjectWithNumber('count'),
		effect: 'repeatable',
	};
}

/** `feature.get`: whether the portal's plan allows to reserve events. */
export const canReserve: Call<boolean> = {
	method: 'feature.get',
	parameters: { CODE: RESERVING },
	decode: (result) => asObject(result).value === 'Y',
	effect: 'read',
};

/** `event.offline.list`: the first events that nobody has reserved, oldest first. Changes nothing. */
export const waiting: Call<QueuedEvent[]> = look({ PROCESS_ID: '' }, ({ processId }) => processId === '');

/** `event.offline.list`: the first events that somebody has reserved and not confirmed. Changes nothing. */
export const reserved: Call<QueuedEvent[]> = look({ '!PROCESS_ID': '' }, ({ processId }) => processId !== '');

/**
 * `event.offline.get`: takes events, which no other taker gets then.
 *
 * @param filter which of them.
 * @param reserves whether they stay in the queue until they are confirmed; otherwise they are gone with the answer.
 */
export function takeQueued(filter: { ID?: number[]; EVENT_NAME?: string[] }, reserves: boolean): Call<Taken> {
	return take({ filter, limit: QUEUE_PAGE, clear: reserves ? 0 : 1 });
}

/** `event.offline.get` of what was reserved before and not confirmed. */
export function takeReserved(processId: string): Call<Taken> {
	return take({ process_id: processId, limit: QUEUE_PAGE, clear: 0 });
}

/** `event.offline.clear`: confirms reserved events, which leave the queue. Named by message alone: see conflict C11. */
export function confirm(processId: string, events: readonly QueuedEvent[]): Call {
	const parameters = { process_id: processId, message_id: events.map(({ messageId }) => messageId) };
	return { method: 'event.offline.clear', parameters, decode: asYes, effect: 'repeatable' };
}

/** A portal drops a filter that it does not know without a word, so the rows are looked at as well. */
function look(filter: Record<string, string>, isWanted: (event: QueuedEvent) => boolean): Call<QueuedEvent[]> {
	return {
		method: 'event.offline.list',
		parameters: { filter, order: { ID: 'ASC' } },
		decode: (result) =>
			asRows(result)
				.filter(({ ERROR }) => ERROR !== '1')
				.map(toQueued)
				.filter(isWanted),
		effect: 'read',
	};
}

function take(parameters: Call['parameters']): Call<Taken> {
	return { method: 'event.offline.get', parameters, decode: toTaken, effect: 'once' };
}

function toTaken(result: unknown): Taken {
	const { process_id: processId, events } = asObject(result);
	return { processId: typeof processId === 'string' ? processId : '', events: asRows(events).map(toQueued) };
}

function toQueued({ ID, TIMESTAMP_X, EVENT_NAME, EVENT_DATA, MESSAGE_ID, PROCESS_ID }: JsonObject): QueuedEvent {
	const id = toId(ID);
	if (id === undefined) throw new UnexpectedShape('an event of the queue without ID');
	const at = Date.parse(String(TIMESTAMP_X));
	return {
		id,
		at: Number.isNaN(at) ? Date.now() : at,
		event: String(EVENT_NAME).toUpperCase(),
		data: isObject(EVENT_DATA) ? EVENT_DATA : {},
		messageId: String(MESSAGE_ID ?? ''),
		processId: typeof PROCESS_ID === 'string' ? PROCESS_ID : '',
	};
}

/** The portal writes `false` where an event has no data. */
function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
