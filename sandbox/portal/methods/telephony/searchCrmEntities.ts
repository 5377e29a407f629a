import { TelephonyError } from '../../errors';
import type { Wire } from '../../php/json';
import { clientsByNumber } from '../../state/find';
import type { Employee } from '../../state/model';
import { cast, method } from '../method';

/** telephony.externalCall.searchCrmEntities [DS telephony-external-call-search-crm-entities.md] */
export const searchCrmEntities = method({
	name: 'telephony.externalCall.searchCrmEntities',
	scopes: ['telephony'],
	context: 'any',
	keys: 'exact',
	params: { PHONE_NUMBER: cast.text },
	run({ core, params }) {
		if (params.PHONE_NUMBER === '') throw new TelephonyError('PHONE_NUMBER is empty');
		if (!core.state.settings.crmInstalled) throw new TelephonyError('CRM is not installed.');
		return clientsByNumber(core.state, params.PHONE_NUMBER).map((client) => ({
			CRM_ENTITY_TYPE: client.type,
			CRM_ENTITY_ID: client.id,
			ASSIGNED_BY_ID: client.assignedById,
			NAME: client.name,
			ASSIGNED_BY: responsible(core.state.employees.get(client.assignedById), client.assignedById),
		}));
	},
});

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

function responsible(employee: Employee | undefined, id: number): Wire {
	return {
		ID: String(id),
		TIMEMAN_STATUS: employee?.timeman ?? 'UNAVAILABLE',
		USER_PHONE_INNER: orNull(employee?.extension),
		WORK_PHONE: orNull(employee?.workPhone),
		PERSONAL_PHONE: null,
		PERSONAL_MOBILE: orNull(employee?.mobile),
	};
}
