import { bindings, unbind } from '../../../../bitrix24/methods/events';
import { ask, askEach } from '../../../../bitrix24/plan';
import { defineOperation } from '../operation';
import { ownHandlers, shownAddress, statesOf } from './handlers';

/** Unbinds handlers whose trigger is gone from this n8n. */
export const removeOrphans = defineOperation({
	entry: {
		name: 'Remove Orphaned Handlers',
		value: 'removeOrphans',
		action: 'Remove orphaned handlers',
		description:
			'Stop Bitrix24 from sending events to triggers that no longer exist on this n8n. Handlers of other servers stay. If a trigger that you use is among them, unpublish its workflow, then publish it.',
	},
	fields: [],
	output: { REMOVED: 'integer', KEPT: 'integer', HANDLERS: 'list' },
	read: (_, reader) => ({ origin: reader.webhookOrigin() }),
	run: function* ({ origin }) {
		const { here } = ownHandlers(yield* ask(bindings), origin);
		const states = yield* statesOf(here);
		const orphans = here.filter((_, index) => states[index] === 'orphan');
		yield* askEach(orphans.map(unbind));
		return {
			json: {
				REMOVED: orphans.length,
				KEPT: here.length - orphans.length,
				HANDLERS: orphans.map(({ event, handler }) => ({ EVENT: event, ADDRESS: shownAddress(handler) })),
			},
		};
	},
});
