export type ClientType = 'CONTACT' | 'COMPANY' | 'LEAD';

/** A CRM client. */
export interface Client {
	type: ClientType;
	id: number;
	name: string;
	title: string;
	phones: string[];
	/** Employee responsible for the client. */
	assignedById: number;
	/** STATUS_ID of the CRM source; set for leads. */
	source?: string;
	/** CALL_ID of the call that created the client. */
	createdByCall?: string;
}

/** A deal; only made when the portal works without leads. */
export interface Deal {
	id: number;
	title: string;
	contactId: number;
	assignedById: number;
	createdByCall?: string;
}

/** A to-do in a client's timeline. */
export interface Activity {
	id: number;
	/** 1 lead, 2 deal, 3 contact, 4 company. */
	ownerTypeId: number;
	ownerId: number;
	title: string;
	description: string;
	/** Milliseconds since 1970. */
	deadline: number;
	createdAt: number;
	responsibleId: number;
	completed: boolean;
}

export interface CrmBinding {
	ENTITY_TYPE: string;
	ENTITY_ID: number;
}

/** The CRM activity of a finished call. */
export interface CallActivity {
	id: number;
	callId: string;
	responsibleId: number;
	bindings: CrmBinding[];
}

/** An entry of the CRM dictionaries (crm.status.list). */
export interface CrmStatus {
	id: number;
	entityId: string;
	statusId: string;
	name: string;
	nameInit: string;
	sort: number;
	system: boolean;
	color: string | null;
	semantics: string | null;
}

export interface Currency {
	code: string;
	amount: string;
	sort: number;
	base: boolean;
	fullName: string;
	format: string;
}

export interface CallList {
	id: number;
	createdAt: number;
	createdById: number;
	webformId: number | null;
	entityType: 'CONTACT' | 'COMPANY';
	entityIds: number[];
}
