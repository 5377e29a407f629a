import type { IDataObject } from 'n8n-workflow';

/**
 * Adds how old an event is: AGE in seconds, by n8n's clock less the portal's, and LATE.
 *
 * @param isLate whether it came later than an event usually does.
 */
export function withAge(item: IDataObject, isLate: boolean): IDataObject {
	return { ...item, LATE: isLate, AGE: ageOf(item) };
}

/** Seconds since the event was made; 0 for one from the future, as clocks differ. */
export function ageOf(item: IDataObject): number {
	return Math.max(0, Math.round((Date.now() - Date.parse(String(item.time))) / 1000));
}
