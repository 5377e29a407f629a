import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import type { JsonObject } from '../../bitrix24/decode';
import { voices } from '../../bitrix24/methods/autoCalls';
import { employees } from '../../bitrix24/methods/employees';
import { lines } from '../../bitrix24/methods/lines';
import { builtInLines, callLists, currencies, sources } from '../../bitrix24/methods/lists';
import { PAGE } from '../../bitrix24/methods/paging';
import type { FormValue } from '../../bitrix24/phpForm';
import type { Call } from '../../bitrix24/plan';
import { connect } from '../common/connection';
import { toNodeError } from '../common/failures';
import { employeeLabel } from './fields/employee';

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** A list that the portal gives whole; n8n's search box narrows it. */
function wholeList<Result>(call: Call<Result>, toItems: (result: Result) => INodeListSearchItems[]): Search {
	return async function (filter = '') {
		const portal = await connect(this);
		const answer = await portal.ask(call);
		if (!answer.ok) throw toNodeError(this.getNode(), answer.failure, { effect: 'read' });
		const wanted = filter.trim().toLowerCase();
		return {
			results: toItems(answer.value).filter(({ name, value }) =>
				`${name} ${String(value)}`.toLowerCase().includes(wanted),
			),
		};
	};
}

const named = (name: unknown, value: unknown): INodeListSearchItems => ({
	name: name && name !== value ? `${String(name)} (${String(value)})` : String(value),
	value: String(value),
});

/** A map of codes and names. */
const pairs = (map: JsonObject): INodeListSearchItems[] => Object.entries(map).map(([code, name]) => named(name, code));

/** Lines of the application. */
export const searchLines = wholeList(lines, (rows) => rows.map(({ NAME, NUMBER }) => named(NAME, NUMBER)));

/** Sources of clients in the CRM. */
export const searchSources = wholeList(sources, (rows) => rows.map(({ NAME, STATUS_ID }) => named(NAME, STATUS_ID)));

/** Currencies of the CRM. */
export const searchCurrencies = wholeList(currencies, (rows) =>
	rows.map(({ FULL_NAME, CURRENCY }) => named(FULL_NAME, CURRENCY)),
);

/** Call lists of the CRM, the newest first. */
export const searchCallLists = wholeList(callLists, (rows) =>
	rows.map(({ ID, DATE_CREATE }) => named(DATE_CREATE ? `Call list of ${String(DATE_CREATE)}` : '', ID)),
);

/** Lines of the built-in telephony. */
export const searchBuiltInLines = wholeList(builtInLines, pairs);

/** Voices that speak. */
export const searchVoices = wholeList(voices, pairs);

/**
 * One page of employees. The portal searches, so a portal with thousands of them stays quick.
 *
 * @param typed what the user typed: digits look for the extension, anything else for the name.
 * @param paginationToken offset of the page; n8n asks for the next one while the user scrolls.
 */
export const searchEmployees: Search = async function (typed = '', paginationToken = '0') {
	const portal = await connect(this);
	const wanted = typed.trim();
	const isExtension = /^\d+$/.test(wanted);
	const start = Number(paginationToken);
	const filter: Record<string, FormValue> = isExtension
		? { UF_PHONE_INNER: `${wanted}%` }
		: wanted
			? { FIND: wanted }
			: {};
	const answer = await portal.ask(employees(filter, { sort: 'LAST_NAME', order: 'ASC', start }));
	if (!answer.ok) throw toNodeError(this.getNode(), answer.failure, { effect: 'read' });
	return {
		results: answer.value.map((employee) => ({ name: employeeLabel(employee), value: String(employee.ID) })),
		paginationToken: answer.value.length < PAGE ? undefined : String(start + PAGE),
	};
};
