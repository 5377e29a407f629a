import type { Caller, Core } from '../core';
import { RestError } from '../errors';
import type { Wire } from '../php/json';
import { emptyMap, type PhpValue } from '../php/values';
import { activeEmployee } from '../state/find';
import { Budget, callMethod, record, requireMethod } from './call';

/**
 * Calls a REST method in the name of an employee without a request: what the portal's own pages do. No limit of
 * requests counts it.
 * @returns what stands under `result`
 * @throws RestError as the method does; RangeError when there is no application or no such employee
 */
export async function callInside(
	core: Core,
	method: string,
	parameters: Readonly<Record<string, PhpValue>>,
	userId: number,
): Promise<Wire> {
	const caller = callerOf(core, userId);
	try {
		const found = requireMethod(core, method);
		const { result } = await callMethod(core, caller, found, Object.assign(emptyMap(), parameters), new Budget(core));
		record(core, { method, caller, status: 200, error: null, inBatch: false });
		return result;
	} catch (error) {
		if (error instanceof RestError)
			record(core, { method, caller, status: error.status, error: error.code, inBatch: false });
		throw error;
	}
}

function callerOf({ state }: Core, userId: number): Caller {
	const [application] = state.applications.values();
	const employee = activeEmployee(state, userId);
	if (!application || !employee) throw new RangeError(`There is no application, or no active employee ${userId}`);
	return {
		kind: 'application',
		application,
		webhook: null,
		employee,
		scopes: application.scopes,
		token: null,
		authParameters: {},
	};
}
