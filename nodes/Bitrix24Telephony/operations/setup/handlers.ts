import { isRecord } from '../../../../bitrix24/failure';
import { SIGNATURE_PARAMETER } from '../../../../bitrix24/handlerSignature';
import type { Binding } from '../../../../bitrix24/methods/events';
import { ask, type Conversation, type Probed } from '../../../../bitrix24/plan';

/**
 * - `alive`: n8n has a trigger there. It refuses the unsigned probe with 403.
 * - `orphan`: n8n itself says that it knows no trigger there, so every event to it is lost.
 * - `unknown`: nobody answered, or somebody else than n8n did, such as a proxy.
 */
export type HandlerState = 'alive' | 'orphan' | 'unknown';

/**
 * Finds the handlers of triggers of this package on one n8n.
 *
 * @param webhookOrigin origin of n8n's webhook address.
 * @returns the handlers whose address carries a signature and lies on this n8n, and all others that carry one.
 */
export function ownHandlers(
	bound: readonly Binding[],
	webhookOrigin: string,
): { here: Binding[]; elsewhere: Binding[] } {
	const handlers = bound.filter(({ handler }) => handler.includes(`${SIGNATURE_PARAMETER}=`));
	const isHere = ({ handler }: Binding): boolean => handler.startsWith(`${webhookOrigin}/`);
	return { here: handlers.filter(isHere), elsewhere: handlers.filter((handler) => !isHere(handler)) };
}

/** Looks at each handler with an unsigned, empty request, which starts nothing. */
export function* statesOf(handlers: readonly Binding[]): Conversation<HandlerState[]> {
	const states: HandlerState[] = [];
	for (const { handler } of handlers) states.push(stateOf(yield* ask({ probe: shownAddress(handler) })));
	return states;
}

/**
 * n8n's own words for a path without a webhook: `The requested webhook "POST .." is not registered.`
 * (webhook-not-found.error.js).
 */
function stateOf({ status, body }: Probed): HandlerState {
	if (status === 403) return 'alive';
	const message = isRecord(body) ? body.message : undefined;
	return status === 404 && typeof message === 'string' && message.includes('is not registered') ? 'orphan' : 'unknown';
}

/** The address without its signature, to show. */
export function shownAddress(handler: string): string {
	return handler.split('?')[0] ?? handler;
}
