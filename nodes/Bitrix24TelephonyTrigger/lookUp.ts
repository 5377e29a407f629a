import type { IDataObject } from 'n8n-workflow';
import { failureText } from '../common/failures';
import type { Portal } from '../../bitrix24/portal';
import type { Step } from '../../bitrix24/plan';

/**
 * Adds the names of employee and client, and the employee's extension, with one request.
 *
 * @returns the item with EMPLOYEE_NAME, EMPLOYEE_EXTENSION and CLIENT_NAME; null where nobody was found. When the portal
 *   does not answer, the item goes out all the same, with the reason in NOTE.
 */
export async function withNames(portal: Portal, item: IDataObject): Promise<IDataObject> {
	const employeeId = item.USER_ID ?? item.PORTAL_USER_ID;
	const number = item.PHONE_NUMBER_INTERNATIONAL || item.PHONE_NUMBER;
	const plan: Step[] = [
		{ method: 'user.get', parameters: { FILTER: { ID: Number(employeeId ?? 0) } } },
		{ method: 'telephony.externalCall.searchCrmEntities', parameters: { PHONE_NUMBER: String(number ?? '0') } },
	];
	const named = { ...item, EMPLOYEE_NAME: null, EMPLOYEE_EXTENSION: null, CLIENT_NAME: null };
	for await (const [[employees, clients] = []] of portal.run([plan])) {
		const failure = [employees, clients].find((outcome) => outcome && !outcome.ok);
		const note = failure && !failure.ok ? { NOTE: `Names could not be looked up. ${failureText(failure.failure)}` } : {};
		const [employee] = employees?.ok ? rows(employees.value) : [];
		const found = clients?.ok ? rows(clients.value) : [];
		const client = found.find((one) => one.CRM_ENTITY_TYPE === item.CRM_ENTITY_TYPE && Number(one.CRM_ENTITY_ID) === item.CRM_ENTITY_ID) ?? found[0];
		return {
			...named,
			EMPLOYEE_NAME: employee ? [employee.NAME, employee.LAST_NAME].filter(Boolean).join(' ') : null,
			EMPLOYEE_EXTENSION: employee?.UF_PHONE_INNER || null,
			CLIENT_NAME: client?.NAME ?? null,
			...note,
		};
	}
	return named;
}

function rows(value: unknown): IDataObject[] {
	return Array.isArray(value) ? (value as IDataObject[]) : [];
}
