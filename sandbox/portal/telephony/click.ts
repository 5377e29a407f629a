import type { Core } from '../core';
import { Refusal } from '../errors';
import type { Happening } from '../events/happening';
import { activeEmployee, lineByNumber } from '../state/find';
import type { LiveCall, OutgoingNumber } from '../state/model';
import { internationalNumber } from './international';
import { registerCall } from './register';

/** An employee's click on a phone number. */
export interface Click {
	userId: number;
	/** As written in the CRM. */
	phoneNumber: string;
	/** Client on whose page the number stands. */
	entityType?: string;
	entityId?: number;
	/** A line that the employee picks; otherwise his own choice, else the portal's outgoing number. */
	lineNumber?: string;
	isMobile?: boolean;
	callListId?: number;
}

/**
 * What the portal does when an employee clicks a number: it registers the call itself, opens the card, and sends
 * ONEXTERNALCALLSTART to the application that owns the outgoing number, and to nobody else.
 * [S voximplant/classes/general/vi_outgoing.php, helper::startCall; D on-external-call-start.md]
 * @throws Refusal when the employee is unknown or no outgoing number can be used
 */
export function click(core: Core, wanted: Click): LiveCall {
	const employee = activeEmployee(core.state, wanted.userId);
	if (!employee) throw new Refusal(`There is no active employee ${wanted.userId}`);
	const line = outgoingNumber(core, employee.defaultLine ?? core.state.settings.defaultLine, wanted.lineNumber);
	const at = core.clock.now();
	const { call } = registerCall(core, {
		applicationId: line.applicationId,
		userId: employee.id,
		phoneNumber: wanted.phoneNumber,
		type: 1,
		startDate: at,
		lineNumber: line.lineNumber,
		externalCallId: undefined,
		show: true,
		callListId: wanted.callListId ?? null,
		addToChat: null,
		crm: {
			entityType: wanted.entityType ?? '',
			entityId: wanted.entityId ?? 0,
			create: createsClients(core, line),
			source: '',
		},
		origin: 'click',
		hops: 0,
		connector: '',
	});
	// The card is open by now, but the click came first.
	core.changes.tell('call', 'clicked', { callId: call.callId, userId: employee.id, number: wanted.phoneNumber, at });
	core.events.fire({
		event: 'ONEXTERNALCALLSTART',
		userId: employee.id,
		onlyApplication: line.applicationId,
		hops: 0,
		connector: '',
		data: clickData(core, wanted, line, call),
	});
	return call;
}

function clickData(core: Core, wanted: Click, line: OutgoingNumber, call: LiveCall): Happening['data'] {
	const [number = '', extension = ''] = wanted.phoneNumber.split(/[;,]/);
	return {
		PHONE_NUMBER: number,
		PHONE_NUMBER_INTERNATIONAL: internationalNumber(number, core.state.settings),
		EXTENSION: extension,
		USER_ID: wanted.userId,
		CALL_LIST_ID: wanted.callListId ?? 0,
		LINE_NUMBER: line.lineNumber,
		IS_MOBILE: wanted.isMobile ? 1 : 0,
		CALL_ID: call.callId,
		CRM_ENTITY_TYPE: entityType(core, call),
		CRM_ENTITY_ID: call.crmEntityId ?? 0,
		CRM_CREATED_LEAD: createdLead(call),
		CRM_CREATED_ENTITIES: call.createdEntities,
	};
}

/** Id of the lead that a call created, null when it created none. */
export function createdLead(call: LiveCall): number | null {
	return call.createdEntities.find((entity) => entity.ENTITY_TYPE === 'LEAD')?.ENTITY_ID ?? null;
}

/** When no client is known the type is empty, or LEAD beside the id 0. [F cloud 2018] */
function entityType(core: Core, call: LiveCall): string {
	return call.crmEntityId === null && core.switches.typeWithoutClient === 'LEAD' ? 'LEAD' : call.crmEntityType;
}

/** An application can be chosen only while it is bound to ONEXTERNALCALLSTART. [DS SERVER "Click-to-call"] */
function outgoingNumber(core: Core, chosen: OutgoingNumber | null, lineNumber: string | undefined): OutgoingNumber {
	const picked = lineNumber === undefined ? chosen : pickLine(core, lineNumber);
	if (!picked) throw new Refusal('No outgoing number is chosen: choose the application under Setup');
	const isBound = core.state.handlers.some(
		(handler) => handler.applicationId === picked.applicationId && handler.event === 'ONEXTERNALCALLSTART',
	);
	if (!isBound) throw new Refusal('Nobody listens for clicks: publish a workflow with the Bitrix24 Telephony Trigger');
	return picked;
}

function pickLine(core: Core, lineNumber: string): OutgoingNumber | null {
	if (lineNumber === '')
		return core.state.settings.defaultLine && { ...core.state.settings.defaultLine, lineNumber: '' };
	const line = core.state.lines.find((candidate) => candidate.number === lineNumber);
	return line ? { applicationId: line.applicationId, lineNumber } : null;
}

/** The application itself has no CRM_AUTO_CREATE; it acts like a line with the default Y. */
function createsClients(core: Core, line: OutgoingNumber): boolean {
	return lineByNumber(core.state, line.applicationId, line.lineNumber)?.crmAutoCreate ?? true;
}
