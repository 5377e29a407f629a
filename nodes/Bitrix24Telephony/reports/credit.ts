import { toId } from '../../../bitrix24/decode';
import type { Conversation } from '../../../bitrix24/plan';
import { clickedBy } from '../../common/clicks';
import type { EmployeeChoice } from '../fields/employee';
import { employeeFound } from '../fields/employeeSearch';
import type { ReportedCall } from './item';

/** Whose call it is in the history when more than one talked. */
export type Credit = 'last' | 'longest' | 'first';

/** What the user chose, and whom to take when the report names nobody whom Bitrix24 knows. */
export interface CreditRule {
	credit: Credit;
	fallback?: EmployeeChoice;
}

/**
 * Finds the employee who gets a call.
 *
 * @returns the portal id; undefined when Bitrix24 knows none of those whom the report names, nor the fallback.
 */
export function* employeeOfCall(
	call: ReportedCall,
	{ credit, fallback }: CreditRule,
): Conversation<number | undefined> {
	for (const choice of candidates(call, credit, fallback)) {
		const id = 'id' in choice ? choice.id : yield* known(choice);
		if (id !== undefined) return id;
	}
	return undefined;
}

function* known(choice: EmployeeChoice): Conversation<number | undefined> {
	const one = yield* employeeFound(choice, true);
	return 'refused' in one ? undefined : toId(one.found.ID);
}

/**
 * Those who talked, then whoever was rung: who clicked is known without asking for an extension or phone. An employee
 * alone needs no question of the portal.
 */
function candidates(call: ReportedCall, credit: Credit, fallback?: EmployeeChoice): EmployeeChoice[] {
	const { callId = '', talked, userId, extension, employeePhone } = call;
	const talker =
		credit === 'last'
			? talked.at(-1)
			: credit === 'first'
				? talked[0]
				: [...talked].sort((one, other) => other.seconds - one.seconds)[0];
	const clicker = clickedBy(callId);
	const isOther = talker !== undefined && talker.extension !== extension;
	return [
		...(isOther ? [{ extension: talker.extension }] : []),
		...(userId === undefined ? [] : [{ id: userId }]),
		...(clicker === undefined ? [] : [{ id: clicker }]),
		...(extension === undefined ? [] : [{ extension }]),
		...(employeePhone === undefined ? [] : [{ phone: employeePhone }]),
		...(fallback ? [fallback] : []),
	];
}
