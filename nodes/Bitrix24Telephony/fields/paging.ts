import type { Field } from './field';
import { flag, integer } from './kinds';

const returnAll = flag({
	displayName: 'Return All',
	name: 'returnAll',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

const most = integer(
	{
		displayName: 'Limit',
		name: 'limit',
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
	{ min: 1 },
);

/** How many rows to return: the most that are wanted, infinite for all. */
export const limit: Field<'limit', number> = {
	name: 'limit',
	properties: [returnAll.property, most.property],
	read: (reader) => (returnAll.read(reader) ? Infinity : most.read(reader)),
};
