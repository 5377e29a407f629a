import type { IDataObject } from 'n8n-workflow';
import { toId, type JsonObject } from '../../bitrix24/decode';
import { messageOf, recordOf, type Answer } from '../../bitrix24/failure';
import { searchClients } from '../../bitrix24/methods/calls';
import { employees } from '../../bitrix24/methods/employees';
import type { Call } from '../../bitrix24/plan';
import { clock } from '../common/clock';
import { withCode } from '../common/failures';
import type { KnownEmployee, KnownEmployees } from './knownEmployees';

/** The part of the portal client that a look-up needs. */
export interface Caller {
	ask: <Result>(call: Call<Result>) => Promise<Answer<Result>>;
}

/** Seconds that a call may wait for its names: a phone shall ring soon, with or without them. */
const LOOK_UP_SECONDS = 10;

/**
 * Seconds that a call may wait for the client's name alone: without an extension no phone rings, without a name every
 * one does.
 */
export const CLIENT_SECONDS = 3;

/** What a look-up is made with. */
export interface LookUp {
	/** Gives the portal client. A failure of it is a note as well. */
	connecting: () => Promise<Caller>;
	known: KnownEmployees;
	/** Ends after so many seconds. */
	wait: (seconds: number) => Promise<unknown>;
}

/** What one question brought. */
interface Found {
	names: IDataObject;
	/** Why there is no answer. */
	reason?: string;
}

type Ask = (call: Call<JsonObject[]>) => Promise<{ rows: JsonObject[]; reason?: string }>;

const NOBODY: IDataObject = { EMPLOYEE_NAME: null, EMPLOYEE_EXTENSION: null, CLIENT_NAME: null };

/**
 * Adds the names of employee and client, and the employee's extension. Asks only for whom the item names, and not
 * again for
 * an employee who is known from the last minutes. The two questions leave side by side; where the portal takes no more
 * requests for now, the dispatcher makes one batch of them.
 *
 * @returns the item with EMPLOYEE_NAME, EMPLOYEE_EXTENSION and CLIENT_NAME; null where nobody was found. When the
 *   portal
 * does not answer in time, the item goes out all the same, with the employee as last known and the reason in NOTE.
 * Never
 *   throws.
 */
export async function withNames(item: IDataObject, { connecting, known, wait }: LookUp): Promise<IDataObject> {
	const ask = asking(connecting);
	const asked = [employeeOf(item, known, ask), clientOf(item, ask)] as const;
	const late = wait(LOOK_UP_SECONDS).then((): Found => tooLate(LOOK_UP_SECONDS));
	const employee = await Promise.race([asked[0], late]);
	const patience = employee.names.EMPLOYEE_EXTENSION
		? wait(CLIENT_SECONDS).then((): Found => tooLate(CLIENT_SECONDS))
		: late;
	const client = await Promise.race([asked[1], late, patience]);
	const reason = employee.reason ?? client.reason;
	const last = employee.reason === undefined ? undefined : lastKnown(item, known);
	const note = [
		reason !== undefined && `Names could not be looked up: ${reason.replace(/\.$/, '')}.`,
		last && 'The employee is as this n8n last knew them.',
	];
	return {
		...item,
		...NOBODY,
		...last,
		...employee.names,
		...client.names,
		...(reason !== undefined && { NOTE: note.filter(Boolean).join(' ') }),
	};
}

function tooLate(seconds: number): Found {
	return { names: {}, reason: `Bitrix24 took more than ${seconds} seconds` };
}

/** Connects once, for the first question. */
function asking(connecting: () => Promise<Caller>): Ask {
	let portal: Promise<Caller> | undefined;
	return async (call) => {
		try {
			portal ??= connecting();
			const answer = await (await portal).ask(call);
			return answer.ok ? { rows: answer.value } : { rows: [], reason: withCode(answer.failure) };
		} catch (error) {
			return { rows: [], reason: messageOf(error) };
		}
	};
}

async function employeeOf(item: IDataObject, known: KnownEmployees, ask: Ask): Promise<Found> {
	const [portal, id] = [portalOf(item), employeeId(item)];
	if (id === undefined) return { names: {} };
	const fresh = known.fresh(portal, id, clock.now());
	if (fresh) return { names: fresh };
	const { rows, reason } = await ask(employees({ ID: id }));
	if (reason !== undefined) return { names: {}, reason };
	const names = namesOf(rows);
	known.keep(portal, id, names, clock.now());
	return { names: names ?? {} };
}

function lastKnown(item: IDataObject, known: KnownEmployees): KnownEmployee | undefined {
	const id = employeeId(item);
	return id === undefined ? undefined : known.last(portalOf(item), id);
}

async function clientOf(item: IDataObject, ask: Ask): Promise<Found> {
	const number = [item.PHONE_NUMBER_INTERNATIONAL, item.PHONE_NUMBER].find(isNumber);
	if (number === undefined) return { names: {} };
	const { rows, reason } = await ask(searchClients(String(number)));
	return { names: { CLIENT_NAME: clientName(rows, item) }, reason };
}

function employeeId(item: IDataObject): number | undefined {
	return toId(item.USER_ID) ?? toId(item.PORTAL_USER_ID);
}

function portalOf({ portal }: IDataObject): string {
	return JSON.stringify(recordOf(portal).member_id ?? null);
}

/** Zeros alone are nobody’s number. */
function isNumber(value: unknown): boolean {
	return /[1-9]/.test(String(value));
}

function namesOf([employee]: JsonObject[]): KnownEmployee | undefined {
	if (!employee) return undefined;
	return {
		EMPLOYEE_NAME: [employee.NAME, employee.LAST_NAME].filter(Boolean).join(' '),
		EMPLOYEE_EXTENSION: employee.UF_PHONE_INNER ? String(employee.UF_PHONE_INNER) : null,
	};
}

function clientName(clients: JsonObject[], item: IDataObject): IDataObject[string] {
	const isOfCall = (one: JsonObject): boolean =>
		one.CRM_ENTITY_TYPE === item.CRM_ENTITY_TYPE && Number(one.CRM_ENTITY_ID) === item.CRM_ENTITY_ID;
	return (clients.find(isOfCall) ?? clients[0])?.NAME ?? null;
}
