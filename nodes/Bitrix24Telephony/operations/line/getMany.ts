import { lines } from '../../../../bitrix24/methods/lines';
import { ask } from '../../../../bitrix24/plan';
import { since } from '../../fields/field';
import { limit } from '../../fields/paging';
import { defineOperation } from '../operation';

/** `telephony.externalLine.get`: all lines of the application; the portal does not page them. */
export const getMany = defineOperation({
	entry: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many lines',
		description: 'List all external lines of your application',
	},
	// The portal does not page lines; the limit spares the workflow.
	fields: [since(limit, Infinity)],
	output: { NUMBER: 'string', NAME: 'string', CRM_AUTO_CREATE: 'boolean' },
	run: function* ({ limit }) {
		const found = yield* ask(lines);
		return found.slice(0, limit).map((line) => ({ json: { ...line, CRM_AUTO_CREATE: line.CRM_AUTO_CREATE === 'Y' } }));
	},
});
