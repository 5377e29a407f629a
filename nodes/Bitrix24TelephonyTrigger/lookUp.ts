import type { IDataObject } from 'n8n-workflow';
import { toId, type JsonObject } from '../../bitrix24/decode';
import type { Failure, Outcome } from '../../bitrix24/failure';
import { searchClients } from '../../bitrix24/methods/calls';
import { employees } from '../../bitrix24/methods/employees';
import type { Call } from '../../bitrix24/plan';
import { failureText } from '../common/failures';

/** The part of the portal client that a look-up needs. */
export interface Caller {
	ask: <Result>(call: Call<Result>) => Promise<Outcome<Result>>;
}

/** Seconds that a call may wait for its names: a phone shall ring soon, with or without them. */
export const LOOK_UP_SECONDS = 10;

/** What one question brought. */
interface Found {
	rows: JsonObject[];
	failure?: Failure;
}

const NOT_ASKED: Found = { rows: [] };

const NOBODY: IDataObject = { EMPLOYEE_NAME: null, EMPLOYEE_EXTENSION: null, CLIENT_NAME: null };

/**
 * Adds the names of employee and client, and the employee's extension. Asks only for whom the item names.
 *
 * @param connecting gives the portal client; a failure of it is a note as well.
 * @param deadline ends when the item must go out.
 * @returns the item with EMPLOYEE_NAME, EMPLOYEE_EXTENSION and CLIENT_NAME; null where nobody was found. When the portal
 *   does not answer in time, the item goes out all the same, with the reason in NOTE. Never throws.
 */
export async function withNames(connecting: () => Promise<Caller>, item: IDataObject, deadline: Promise<unknown>): Promise<IDataObject> {
	const late = deadline.then(() => noted(`Bitrix24 took more than ${LOOK_UP_SECONDS} seconds.`));
	return { ...item, ...NOBODY, ...(await Promise.race([named(connecting, item), late])) };
}

async function named(connecting: () => Promise<Caller>, item: IDataObject): Promise<IDataObject> {
	const employeeId = toId(item.USER_ID) ?? toId(item.PORTAL_USER_ID);
	const number = [item.PHONE_NUMBER_INTERNATIONAL, item.PHONE_NUMBER].find(isNumber);
	if (employeeId === undefined && number === undefined) return {};
	let portal: Caller;
	try {
		portal = await connecting();
	} catch (error) {
		return noted((error as Error).message);
	}
	const [people, clients] = await Promise.all([
		employeeId === undefined ? NOT_ASKED : ask(portal, employees({ ID: employeeId })),
		number === undefined ? NOT_ASKED : ask(portal, searchClients(String(number))),
	]);
	const failure = people.failure ?? clients.failure;
	return { ...employeeNames(people.rows), CLIENT_NAME: clientName(clients.rows, item), ...(failure && noted(failureText(failure))) };
}

/** Zeros alone are nobody’s number. */
function isNumber(value: unknown): boolean {
	return /[1-9]/.test(String(value));
}

function employeeNames([employee]: JsonObject[]): IDataObject {
	if (!employee) return {};
	return { EMPLOYEE_NAME: [employee.NAME, employee.LAST_NAME].filter(Boolean).join(' '), EMPLOYEE_EXTENSION: employee.UF_PHONE_INNER || null };
}

function clientName(clients: JsonObject[], item: IDataObject): IDataObject[string] {
	const isOfCall = (one: JsonObject): boolean => one.CRM_ENTITY_TYPE === item.CRM_ENTITY_TYPE && Number(one.CRM_ENTITY_ID) === item.CRM_ENTITY_ID;
	return (clients.find(isOfCall) ?? clients[0])?.NAME ?? null;
}

async function ask(portal: Caller, call: Call<JsonObject[]>): Promise<Found> {
	const answer = await portal.ask(call);
	return answer.ok ? { rows: answer.value } : { rows: [], failure: answer.failure };
}

function noted(reason: string): IDataObject {
	return { NOTE: `Names could not be looked up. ${reason}` };
}
