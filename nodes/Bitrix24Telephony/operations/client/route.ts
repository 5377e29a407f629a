import type { IDataObject } from 'n8n-workflow';
import type { Conversation } from '../../../../bitrix24/plan';
import { phoneNumber } from '../../fields/call';
import { allSpellings, CLIENT, clientFields, clientsWith, managerOf } from '../../fields/clients';
import type { EmployeeChoice } from '../../fields/employee';
import { employeesFound } from '../../fields/employeeSearch';
import { employees } from '../../fields/employees';
import { flag } from '../../fields/kinds';
import { defineOperation } from '../operation';

/** Working-day states that say nothing: the portal has no working-time management, or not for this employee. */
const UNKNOWN = ['UNAVAILABLE', 'NOT_INSTALLED'];

/** Finds the client, the responsible employee, and whether to ring them now. */
export const route = defineOperation({
	entry: {
		name: 'Route Call',
		value: 'route',
		action: 'Route a call of a client',
		description: 'Answer which extension to ring for an incoming number: the responsible employee if at work, else the first fallback employee with an extension',
	},
	fields: [
		phoneNumber,
		employees('Employees to ring, in this order, when the responsible one is unknown, not at work or without extension'),
		flag({
			displayName: 'Ring if Working Time Is Unknown',
			name: 'ringUnknown',
			default: true,
			description: 'Whether to ring the responsible employee when Bitrix24 does not manage the working time',
		}),
		allSpellings,
	],
	output: { PHONE_NUMBER: 'string', RING: 'boolean', EXTENSION: 'string?', USER_ID: 'integer?', REASON: 'string', FOUND: 'boolean', AT_WORK: 'boolean', ...CLIENT },
	run: function* ({ phoneNumber, employees: fallback, ringUnknown, allSpellings: isThorough }) {
		const [client] = yield* clientsWith(phoneNumber, isThorough);
		const { ID, TIMEMAN_STATUS = '', USER_PHONE_INNER = null } = managerOf(client);
		const atWork = TIMEMAN_STATUS === 'OPENED' || (ringUnknown && UNKNOWN.includes(String(TIMEMAN_STATUS)));
		const answer =
			atWork && USER_PHONE_INNER
				? { RING: true, EXTENSION: USER_PHONE_INNER, USER_ID: Number(ID), REASON: 'responsible' }
				: yield* substitute(fallback);
		return { json: { PHONE_NUMBER: phoneNumber, ...answer, FOUND: client !== undefined, AT_WORK: atWork, ...clientFields(client) } };
	},
});

/** The first employee with an extension. Whoever calls shall be answered, also when one cannot be looked up. */
function* substitute(fallback: EmployeeChoice[]): Conversation<IDataObject> {
	const found = yield* employeesFound(fallback, true);
	const employee = found.map((rows) => rows[0]).find((one) => one?.UF_PHONE_INNER && one.ACTIVE !== false);
	return employee
		? { RING: true, EXTENSION: String(employee.UF_PHONE_INNER), USER_ID: Number(employee.ID), REASON: 'fallback' }
		: { RING: false, EXTENSION: null, USER_ID: null, REASON: 'nobody' };
}
