import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/failures';

/**
 * One page of employees for the searchable list.
 *
 * @param filter what the user typed: digits look for the extension, anything else for the name.
 * @param paginationToken offset of the page; n8n asks for the next one while the user scrolls.
 */
export async function searchEmployees(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const portal = await connect(this);
	const wanted = (filter ?? '').trim();
	const search = wanted && !/^\d+$/.test(wanted);
	const answer = await portal.page(search ? 'user.search' : 'user.get', {
		FILTER: { ACTIVE: true, ...(search ? { FIND: wanted } : wanted ? { UF_PHONE_INNER: `${wanted}%` } : {}) },
		sort: 'LAST_NAME',
		order: 'ASC',
		start: Number(paginationToken ?? 0),
	});
	if (!answer.ok) throw toNodeError(this.getNode(), answer.failure);
	const { result, next } = answer.value;
	return {
		results: (Array.isArray(result) ? (result as IDataObject[]) : []).map((employee) => ({ name: employeeLabel(employee), value: String(employee.ID) })),
		paginationToken: next === undefined ? undefined : String(next),
	};
}

/** “Ada Lovelace (101)”: name and extension, the e-mail address or the id where these are empty. */
export function employeeLabel(employee: IDataObject): string {
	const name = [employee.NAME, employee.LAST_NAME].filter(Boolean).join(' ') || String(employee.EMAIL ?? `Employee ${String(employee.ID)}`);
	return employee.UF_PHONE_INNER ? `${name} (${String(employee.UF_PHONE_INNER)})` : name;
}
