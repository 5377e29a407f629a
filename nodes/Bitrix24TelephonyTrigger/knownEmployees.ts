import type { IDataObject } from 'n8n-workflow';

/** Employees to keep, of all portals: some megabytes. */
const MANY = 20_000;

/** Milliseconds for which an employee is not asked for again. A new extension rings after this time at the latest. */
const FRESH = 5 * 60_000;

/** What a call needs to know of an employee. */
export interface KnownEmployee extends IDataObject {
	EMPLOYEE_NAME: string;
	/** Null for somebody without extension. */
	EMPLOYEE_EXTENSION: string | null;
}

/**
 * Remembers employees in the memory of this process, so that three hundred agents are not asked for at each of their
 * clicks,
 * and phones ring while the portal does not answer.
 */
export class KnownEmployees {
	private readonly known = new Map<string, { employee: KnownEmployee; at: number }>();

	/**
	 * @param now milliseconds by a clock that never runs backwards; without `employee` the portal knows nobody by
	 * this id
	 */
	keep(portal: string, id: number, employee: KnownEmployee | undefined, now: number): void {
		const key = keyOf(portal, id);
		this.known.delete(key);
		if (employee) this.known.set(key, { employee, at: now });
		const [oldest] = this.known.keys();
		if (this.known.size > MANY && oldest !== undefined) this.known.delete(oldest);
	}

	/**
	 * @returns undefined for who is to be asked for: also for somebody without extension, who may have been given one
	 * just now
	 */
	fresh(portal: string, id: number, now: number): KnownEmployee | undefined {
		const one = this.known.get(keyOf(portal, id));
		return one?.employee.EMPLOYEE_EXTENSION && now - one.at < FRESH ? one.employee : undefined;
	}

	/** @returns the employee as last known, however long ago */
	last(portal: string, id: number): KnownEmployee | undefined {
		return this.known.get(keyOf(portal, id))?.employee;
	}

	/** Forgets everybody. */
	clear(): void {
		this.known.clear();
	}
}

/** The employees that all triggers of this process know. */
export const knownEmployees = new KnownEmployees();

function keyOf(portal: string, id: number): string {
	return `${id} ${portal}`;
}
