import type { Core } from '../core';
import { addClient } from '../state/company';
import { clientsByNumber, employeeByExtension } from '../state/find';
import { nextId } from '../state/ids';
import type { CrmBinding, LiveCall } from '../state/model';

/** What a registration wants from the CRM. */
export interface CrmWish {
	entityType: string;
	entityId: number;
	create: boolean;
	source: string;
}

/**
 * Connects a new call with its client: the named one, else the one with this number, else a new one if wanted.
 * A call to an employee's extension is internal and has no client. [S helper::registerExternalCall]
 * @returns the text of LEAD_CREATION_ERROR when a wanted client could not be made
 */
export function connectClient(core: Core, call: LiveCall, wish: CrmWish): string | undefined {
	const { state } = core;
	if (employeeByExtension(state, call.phoneNumber)) {
		call.isInternal = true;
		return undefined;
	}
	if (!state.settings.crmInstalled) return undefined;
	if (wish.entityType !== '' && wish.entityId > 0) {
		bind(call, [{ ENTITY_TYPE: wish.entityType, ENTITY_ID: wish.entityId }]);
		return undefined;
	}
	const found = clientsByNumber(state, call.phoneNumber);
	if (found.length > 0) {
		bind(
			call,
			found.map((client) => ({ ENTITY_TYPE: client.type, ENTITY_ID: client.id })),
		);
		return undefined;
	}
	if (!wish.create) return undefined;
	if (state.settings.leadCreationError !== '') return state.settings.leadCreationError;
	call.createdEntities = state.settings.leadsEnabled
		? createLead(core, call, wish.source)
		: createDeal(core, call, wish.source);
	bind(call, call.createdEntities);
	return undefined;
}

function bind(call: LiveCall, bindings: readonly CrmBinding[]): void {
	call.bindings = [...bindings];
	call.crmEntityType = bindings[0]?.ENTITY_TYPE ?? '';
	call.crmEntityId = bindings[0]?.ENTITY_ID ?? null;
}

function createLead(core: Core, call: LiveCall, source: string): CrmBinding[] {
	const title = `${call.phoneNumber} - ${call.type === 1 ? 'Outgoing' : 'Incoming'} call`;
	const lead = addClient(core.state, 'LEAD', newClient(call, title, source));
	core.changes.tell('client', 'created', { type: lead.type, id: lead.id });
	return [{ ENTITY_TYPE: 'LEAD', ENTITY_ID: lead.id }];
}

/** Where leads are off, the portal makes a contact with a deal instead. [S helper] */
function createDeal(core: Core, call: LiveCall, source: string): CrmBinding[] {
	const title = `${call.phoneNumber} - call`;
	const contact = addClient(core.state, 'CONTACT', newClient(call, title, source));
	const deal = {
		id: nextId(core.state, 'deal'),
		title,
		contactId: contact.id,
		assignedById: call.userId,
		createdByCall: call.callId,
	};
	core.state.deals.push(deal);
	core.changes.tell('client', 'created', { type: contact.type, id: contact.id });
	return [
		{ ENTITY_TYPE: 'CONTACT', ENTITY_ID: contact.id },
		{ ENTITY_TYPE: 'DEAL', ENTITY_ID: deal.id },
	];
}

function newClient(call: LiveCall, title: string, source: string): Parameters<typeof addClient>[2] {
	return {
		name: title,
		title,
		phones: [call.phoneNumber],
		assignedById: call.userId,
		source: source === '' ? 'CALL' : source,
		createdByCall: call.callId,
	};
}
