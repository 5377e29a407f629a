import type { Bench, Triggers } from '../bench';

export const HANDLER = 'https://www.my-domain.com/handler/';
export const EVENT = 'ONEXTERNALCALLSTART';

/** Binds the handler to the event, with other parameters if wanted. */
export const bind = (bench: Bench, parameters: Record<string, unknown> = {}): Promise<unknown> =>
	bench.ok<unknown>('event.bind', { event: EVENT, handler: HANDLER, ...parameters });

/** What is bound: event, address and whose token. */
export const bound = (bench: Bench): [string, string, number][] =>
	bench.portal.state.handlers.map((handler) => [handler.event, handler.handler, handler.authType]);

/** Every event method refuses webhooks. */
export const byWebhook = (method: string): Triggers => ({
	'Current authorization type is denied for this method': (bench) =>
		bench.call(method, { event: EVENT, handler: HANDLER }, { webhook: bench.webhook }),
});
