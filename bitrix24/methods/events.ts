import { asObjectWithNumber, asRows, asYes, type JsonObject } from '../decode';
import type { Call } from '../plan';

/** An event that the portal sends to an address. */
export interface Binding {
	/** Code of the event, upper case. */
	event: string;
	/** Address with its signature; empty for the portal's queue. */
	handler: string;
	/** Whether the portal keeps the event in its queue, to be fetched. */
	isQueued?: boolean;
}

/** `event.bind`. A second identical one is refused and changes nothing (rest/lib/api/event.php). */
export function bind({ event, handler }: Binding): Call {
	return { method: 'event.bind', parameters: { event, handler }, decode: asYes, effect: 'repeatable' };
}

/** `event.unbind`. When nothing is bound the portal says count 0; that is no error. */
export function unbind({ event, handler }: Binding): Call {
	return {
		method: 'event.unbind',
		parameters: { event, handler },
		decode: asObjectWithNumber('count'),
		effect: 'repeatable',
	};
}

/** `event.get`: what is bound. An employee who is no administrator sees only own bindings. */
export const bindings: Call<Binding[]> = {
	method: 'event.get',
	parameters: {},
	decode: (result) => asRows(result).map(toBinding),
	effect: 'read',
};

/** `event.test`: the portal sends ONAPPTEST to the application's own handlers. */
export const sendTestEvent: Call = { method: 'event.test', parameters: {}, decode: asYes, effect: 'repeatable' };

function toBinding({ event, handler, offline }: JsonObject): Binding {
	const binding = { event: String(event ?? '').toUpperCase(), handler: String(handler ?? '') };
	return Number(offline) === 1 ? { ...binding, isQueued: true } : binding;
}
