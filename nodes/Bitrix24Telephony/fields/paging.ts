import type { IDataObject } from 'n8n-workflow';
import type { Conversation, Parameters } from '../../../bitrix24/plan';
import type { Field } from './field';
import { flag, integer } from './kinds';

/** Rows that the portal gives at a time (limits of the contract data). */
const PAGE = 50;

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

/**
 * Asks for a list page by page.
 *
 * @param limit most rows wanted.
 * @returns the rows. A page that is not full is the last one.
 */
export function* pages(method: string, parameters: Parameters, limit: number): Conversation<IDataObject[]> {
	const rows: IDataObject[] = [];
	for (;;) {
		const [page] = yield [{ method, parameters: { ...parameters, start: rows.length } }];
		const found = Array.isArray(page) ? (page as IDataObject[]) : [];
		rows.push(...found);
		if (found.length < PAGE || rows.length >= limit) return rows.slice(0, limit === Infinity ? undefined : limit);
	}
}
