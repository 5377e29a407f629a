import type { Core } from '../../core';
import { TelephonyError } from '../../errors';
import { activeEmployee, employeeByExtension } from '../../state/find';

/** Who is meant: USER_ID wins over USER_PHONE_INNER; an unknown extension counts as nothing given. [DS register] */
export function namedEmployee(
	core: Core,
	params: { readonly USER_ID: number; readonly USER_PHONE_INNER: string },
): number {
	const id =
		params.USER_ID !== 0 ? params.USER_ID : (employeeByExtension(core.state, params.USER_PHONE_INNER)?.id ?? 0);
	if (id === 0) throw new TelephonyError('USER_ID or USER_PHONE_INNER should be set');
	return id;
}

/** Fails unless the employee exists, works here and is a real person. [DS register, finish] */
export function requireActive(core: Core, userId: number): void {
	if (!activeEmployee(core.state, userId)) throw new TelephonyError('User is not found or is not active');
}
