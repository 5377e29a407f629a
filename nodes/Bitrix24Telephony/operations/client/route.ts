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
		action: 'Route call of client',
		description:
			'Answer which extensions to ring for an incoming number: the responsible employee if at work, else a fallback employee or group',
	},
	fields: [
		phoneNumber,
		employees(
			'Employees to ring, in this order, when the responsible one is unknown, not at work or without extension',
			'Fallback Employees',
		),
		flag({
			displayName: 'Ring All Fallback Employees',
			name: 'ringAll',
			default: false,
			description:
				'Whether all fallback employees ring together, also after a responsible one who did not answer. Otherwise only the first with an extension, in place of the responsible one.',
		}),
		flag({
			displayName: 'Ring if Working Time Is Unknown',
			name: 'ringUnknown',
			default: true,
			description: 'Whether to ring the responsible employee when Bitrix24 does not manage the working time',
		}),
		allSpellings,
	],
	warns: true,
	output: {
		PHONE_NUMBER: 'string',
		RING: 'boolean',
		EXTENSION: 'string?',
		USER_ID: 'integer?',
		REASON: 'string',
		RING_ORDER: 'string?',
		FOUND: 'boolean',
		AT_WORK: 'boolean',
		...CLIENT,
	},
	run: function* ({ phoneNumber, employees: fallback, ringAll, ringUnknown, allSpellings: isThorough }) {
		const [client] = yield* clientsWith(phoneNumber, isThorough);
		const { ID, TIMEMAN_STATUS = '', USER_PHONE_INNER } = managerOf(client);
		const atWork = TIMEMAN_STATUS === 'OPENED' || (ringUnknown && UNKNOWN.includes(String(TIMEMAN_STATUS)));
		const responsible =
			atWork && USER_PHONE_INNER ? { id: Number(ID), extension: String(USER_PHONE_INNER) } : undefined;
		const others =
			responsible && !ringAll ? [] : (yield* withExtension(fallback)).filter(({ id }) => id !== responsible?.id);
		const group = ringAll ? others : others.slice(0, 1);
		const first = responsible ?? group[0];
		const answer = {
			RING: first !== undefined,
			EXTENSION: first?.extension ?? null,
			USER_ID: first?.id ?? null,
			REASON: responsible ? 'responsible' : first ? 'fallback' : 'nobody',
			RING_ORDER: ringOrder([responsible ? [responsible] : [], group]),
		};
		return {
			json: {
				PHONE_NUMBER: phoneNumber,
				...answer,
				FOUND: client !== undefined,
				AT_WORK: atWork,
				...clientFields(client),
			},
		};
	},
});

/** An employee who can be rung. */
interface Ringable {
	id: number;
	extension: string;
}

/** The active employees with an extension. Whoever calls shall be answered, also when one cannot be looked up. */
function* withExtension(employees: EmployeeChoice[]): Conversation<Ringable[]> {
	const found = (yield* employeesFound(employees, true)).map((rows) => rows[0]);
	const people = found.flatMap((one) =>
		one?.UF_PHONE_INNER && one.ACTIVE !== false ? [{ id: Number(one.ID), extension: String(one.UF_PHONE_INNER) }] : [],
	);
	return people.filter(({ id }, index) => people.findIndex((other) => other.id === id) === index);
}

/**
 * Who rings in one line, for a PBX to take apart: `102/103&104` rings 102, then 103 and 104 together. An extension of
 * other characters than digits would spoil the line for the others, so it is left out.
 *
 * @returns null when nobody can be rung
 */
function ringOrder(stages: Ringable[][]): string | null {
	const extensions = stages.map((stage) =>
		stage.map(({ extension }) => extension).filter((extension) => /^\d+$/.test(extension)),
	);
	return (
		extensions
			.filter((stage) => stage.length > 0)
			.map((stage) => stage.join('&'))
			.join('/') || null
	);
}
