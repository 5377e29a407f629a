import type { IDataObject } from 'n8n-workflow';
import type { Step } from '../../../bitrix24/plan';
import type { OutputFields } from '../../common/outputSchema';

/** A client as `telephony.externalCall.searchCrmEntities` gives it. */
export interface FoundClient extends IDataObject {
	CRM_ENTITY_TYPE: string;
	CRM_ENTITY_ID: number;
	NAME: string;
	ASSIGNED_BY_ID: number;
	ASSIGNED_BY?: { ID: string; TIMEMAN_STATUS: string; USER_PHONE_INNER: string | null };
}

/** The call that finds clients by number: contacts, then leads, then companies. */
export function searchClients(phoneNumber: string): Step {
	return { method: 'telephony.externalCall.searchCrmEntities', parameters: { PHONE_NUMBER: phoneNumber } };
}

/** The client in one flat item; every field null when nobody was found. */
export function clientFields(client: FoundClient | undefined): IDataObject {
	const manager = client?.ASSIGNED_BY;
	return {
		CRM_ENTITY_TYPE: client?.CRM_ENTITY_TYPE ?? null,
		CRM_ENTITY_ID: client?.CRM_ENTITY_ID ?? null,
		CLIENT_NAME: client?.NAME ?? null,
		MANAGER_ID: client?.ASSIGNED_BY_ID ?? null,
		MANAGER_EXTENSION: manager?.USER_PHONE_INNER ?? null,
		MANAGER_STATUS: manager?.TIMEMAN_STATUS ?? null,
	};
}

/** Types of {@link clientFields}. */
export const CLIENT: OutputFields = {
	CRM_ENTITY_TYPE: 'string?',
	CRM_ENTITY_ID: 'integer?',
	CLIENT_NAME: 'string?',
	MANAGER_ID: 'integer?',
	MANAGER_EXTENSION: 'string?',
	MANAGER_STATUS: 'string?',
};
