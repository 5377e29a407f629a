import type { IDataObject } from 'n8n-workflow';
import { useTriggerWorld } from './triggerWorld';

/** What a trigger of clicks listens to. */
export const CLICK = ['ONEXTERNALCALLSTART'];

/** A trigger of clicks that is published around the tests of a file. */
export function usePublishing() {
	const holder = useTriggerWorld();
	const originOf = (address = '') => new URL(address).origin;
	return {
		holder,
		publish: async (parameters: IDataObject = {}) => await holder.world.publish({ events: CLICK, ...parameters }),
		/** Events that are bound, each with where its handler lives. */
		bound: () => holder.world.handlers.map(({ event, handler }) => `${event} ${originOf(handler)}`),
		/** An event bound to where the first handler lives. */
		here: (event: string) => `${event} ${originOf(holder.world.handlers[0]?.handler)}`,
		/** How portal and n8n look on the internet, so that the address of n8n may change. */
		movedTo: (publicUrl: string) => {
			holder.world.publicUrl = publicUrl;
		},
	};
}
