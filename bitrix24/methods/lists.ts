import { asMap, asRows, type JsonObject } from '../decode';
import type { Sent } from '../parameters';
import type { Call } from '../plan';

/** A list that the portal gives whole, for a choice. */
function list<Result>(method: string, parameters: Sent, decode: (result: unknown) => Result): Call<Result> {
	return { method, parameters, decode, effect: 'read' };
}

/** `crm.status.list`: sources of clients. */
export const sources: Call<JsonObject[]> = list(
	'crm.status.list',
	{ filter: { ENTITY_ID: 'SOURCE' }, order: { SORT: 'ASC' } },
	asRows,
);

/** `crm.currency.list`. */
export const currencies: Call<JsonObject[]> = list('crm.currency.list', {}, asRows);

/** `crm.calllist.list`: call lists, the newest first. */
export const callLists: Call<JsonObject[]> = list(
	'crm.calllist.list',
	{ SELECT: ['ID', 'DATE_CREATE', 'ENTITY_TYPE_ID'], ORDER: { ID: 'DESC' } },
	asRows,
);

/** `voximplant.line.get`: codes and names of the lines of the built-in telephony. */
export const builtInLines: Call<JsonObject> = list('voximplant.line.get', {}, asMap);
