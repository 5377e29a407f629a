import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Conversation, Parameters } from '../../../bitrix24/plan';
import type { ItemReader } from '../itemReader';

/** Rows that the portal gives at a time (limits of the contract data). */
const PAGE = 50;

/** How many rows to return. */
export const limitFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** Reads {@link limitFields}. @returns the most rows wanted; infinite for all. */
export function readLimit(reader: ItemReader): number {
	return reader.flag('returnAll', false) ? Infinity : reader.integer('limit', 'Limit', 1);
}

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
