import type { IDataObject } from 'n8n-workflow';
import { phoneNumber } from '../../fields/call';
import { CLIENT, clientFields, searchClients, type FoundClient } from '../../fields/clients';
import { findEmployee } from '../../fields/employee';
import { answersTo, employees } from '../../fields/employees';
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
	],
	output: { PHONE_NUMBER: 'string', RING: 'boolean', EXTENSION: 'string?', USER_ID: 'integer?', REASON: 'string', FOUND: 'boolean', AT_WORK: 'boolean', ...CLIENT },
	run: function* ({ phoneNumber, employees: fallback, ringUnknown }) {
		const [result, ...found] = yield* answersTo([searchClients(phoneNumber), ...fallback.map(findEmployee)]);
		const client = (result as FoundClient[])[0];
		const { ID, TIMEMAN_STATUS = '', USER_PHONE_INNER = null } = client?.ASSIGNED_BY ?? {};
		const atWork = TIMEMAN_STATUS === 'OPENED' || (ringUnknown && UNKNOWN.includes(TIMEMAN_STATUS));
		const substitute = found.map((rows) => (rows as IDataObject[])[0]).find((employee) => employee?.UF_PHONE_INNER && employee.ACTIVE !== false);
		const answer =
			atWork && USER_PHONE_INNER
				? { RING: true, EXTENSION: USER_PHONE_INNER, USER_ID: Number(ID), REASON: 'responsible' }
				: substitute
					? { RING: true, EXTENSION: String(substitute.UF_PHONE_INNER), USER_ID: Number(substitute.ID), REASON: 'fallback' }
					: { RING: false, EXTENSION: null, USER_ID: null, REASON: 'nobody' };
		return { json: { PHONE_NUMBER: phoneNumber, ...answer, FOUND: client !== undefined, AT_WORK: atWork, ...clientFields(client) } };
	},
});
