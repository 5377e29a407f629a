import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import type { Parameters } from '../../bitrix24/plan';
import { connect } from '../common/connection';
import { toNodeError } from '../common/failures';
import { employeeLabel } from './fields/employee';

type Search = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>;

/** A list that the portal gives whole; n8n's search box narrows it. */
function wholeList(method: string, parameters: Parameters, toItems: (result: unknown) => INodeListSearchItems[]): Search {
	return async function (filter = '') {
		const portal = await connect(this);
		const answer = await portal.call(method, parameters);
		if (!answer.ok) throw toNodeError(this.getNode(), answer.failure);
		const wanted = filter.trim().toLowerCase();
		return { results: toItems(answer.value).filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted)) };
	};
}

const rows = (result: unknown): IDataObject[] => (Array.isArray(result) ? (result as IDataObject[]) : []);

const named = (name: unknown, value: unknown): INodeListSearchItems => ({
	name: name && name !== value ? `${String(name)} (${String(value)})` : String(value),
	value: String(value),
});

/** A map of codes and names; the portal sends an empty one as a list. */
const pairs = (result: unknown): INodeListSearchItems[] =>
	Array.isArray(result) ? [] : Object.entries((result ?? {}) as Record<string, string>).map(([code, name]) => named(name, code));

/** Lines of the application. */
export const searchLines = wholeList('telephony.externalLine.get', {}, (result) => rows(result).map(({ NAME, NUMBER }) => named(NAME, NUMBER)));

/** Sources of clients in the CRM. */
export const searchSources = wholeList('crm.status.list', { filter: { ENTITY_ID: 'SOURCE' }, order: { SORT: 'ASC' } }, (result) =>
	rows(result).map(({ NAME, STATUS_ID }) => named(NAME, STATUS_ID)),
);

/** Currencies of the CRM. */
export const searchCurrencies = wholeList('crm.currency.list', {}, (result) => rows(result).map(({ FULL_NAME, CURRENCY }) => named(FULL_NAME, CURRENCY)));

/** Call lists of the CRM, the newest first. */
export const searchCallLists = wholeList('crm.calllist.list', { SELECT: ['ID', 'DATE_CREATE', 'ENTITY_TYPE_ID'], ORDER: { ID: 'DESC' } }, (result) =>
	rows(result).map(({ ID, DATE_CREATE }) => named(DATE_CREATE ? `Call list of ${String(DATE_CREATE)}` : '', ID)),
);

/** Lines of the built-in telephony. */
export const searchBuiltInLines = wholeList('voximplant.line.get', {}, pairs);

/** Voices that speak. */
export const searchVoices = wholeList('voximplant.tts.voices.get', {}, pairs);

/**
 * One page of employees. The portal searches, so a portal with thousands of them stays quick.
 *
 * @param filter what the user typed: digits look for the extension, anything else for the name.
 * @param paginationToken offset of the page; n8n asks for the next one while the user scrolls.
 */
export const searchEmployees: Search = async function (filter = '', paginationToken = '0') {
	const portal = await connect(this);
	const wanted = filter.trim();
	const isExtension = /^\d+$/.test(wanted);
	const answer = await portal.page(wanted && !isExtension ? 'user.search' : 'user.get', {
		FILTER: isExtension ? { UF_PHONE_INNER: `${wanted}%` } : wanted ? { FIND: wanted } : {},
		sort: 'LAST_NAME',
		order: 'ASC',
		start: Number(paginationToken),
	});
	if (!answer.ok) throw toNodeError(this.getNode(), answer.failure);
	const { result, next } = answer.value;
	return {
		results: rows(result).map((employee) => ({ name: employeeLabel(employee), value: String(employee.ID) })),
		paginationToken: next === undefined ? undefined : String(next),
	};
};
