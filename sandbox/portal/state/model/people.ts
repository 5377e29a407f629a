import type { OutgoingNumber } from './calls';

/** What an employee may do in telephony and CRM. */
export interface Rights {
	/** voximplant.statistic.get: all calls, only the own ones, or none ("call detail - view"). */
	callDetail: 'all' | 'own' | 'none';
	/** "outgoing call - perform". */
	outgoingCall: boolean;
	/** "manage numbers - modify". */
	manageNumbers: boolean;
	/** Reading CRM dictionaries and call lists. */
	crm: boolean;
}

/** An employee of the portal. */
export interface Employee {
	id: number;
	active: boolean;
	isAdmin: boolean;
	firstName: string;
	lastName: string;
	email: string;
	position: string;
	gender: 'M' | 'F' | '';
	/** UF_PHONE_INNER, empty when there is none. */
	extension: string;
	workPhone: string;
	mobile: string;
	department: string;
	timeman: 'OPENED' | 'CLOSED' | 'PAUSED' | 'EXPIRED' | 'UNAVAILABLE' | 'NOT_INSTALLED';
	/** Bots and extranet connectors are users too, but nobody who can make a call. */
	type: 'employee' | 'bot' | 'extranet';
	rights: Rights;
	/** The employee's own choice of the outgoing number; undefined = the portal's. */
	defaultLine?: OutgoingNumber;
}
