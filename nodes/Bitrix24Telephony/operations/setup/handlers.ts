import type { IDataObject } from 'n8n-workflow';
import type { Conversation } from '../../../../bitrix24/plan';
import { SIGNATURE_PARAMETER } from '../../../../bitrix24/handlerSignature';

/** An address that the portal sends events to. */
export interface Handler {
	event: string;
	handler: string;
}

/**
 * - `alive`: n8n has a trigger there. It refuses the unsigned probe with 403.
 * - `orphan`: n8n knows no trigger there (404), so every event to it is lost.
 * - `unknown`: nobody answered, or somebody else than this package did.
 */
export type HandlerState = 'alive' | 'orphan' | 'unknown';

/**
 * Finds the handlers of triggers of this package on one n8n.
 *
 * @param bound answer of `event.get`.
 * @param webhookOrigin origin of n8n's webhook address.
 * @returns the handlers whose address carries a signature and lies on this n8n, and all others that carry one.
 */
export function ownHandlers(bound: unknown, webhookOrigin: string): { here: Handler[]; elsewhere: Handler[] } {
	const handlers = (Array.isArray(bound) ? (bound as IDataObject[]) : [])
		.map(({ event, handler }) => ({ event: String(event).toUpperCase(), handler: String(handler ?? '') }))
		.filter(({ handler }) => handler.includes(`${SIGNATURE_PARAMETER}=`));
	const isHere = ({ handler }: Handler): boolean => handler.startsWith(`${webhookOrigin}/`);
	return { here: handlers.filter(isHere), elsewhere: handlers.filter((handler) => !isHere(handler)) };
}

/** Looks at each handler with an unsigned, empty request, which starts nothing. */
export function* statesOf(handlers: Handler[]): Conversation<HandlerState[]> {
	const states: HandlerState[] = [];
	for (const { handler } of handlers) {
		const [status] = yield [{ probe: handler.split('?')[0] ?? handler }];
		states.push(status === 403 ? 'alive' : status === 404 ? 'orphan' : 'unknown');
	}
	return states;
}

/** The address without its signature, to show. */
export function shownAddress(handler: string): string {
	return handler.split('?')[0] ?? handler;
}
