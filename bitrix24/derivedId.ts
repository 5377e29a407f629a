import { createHash } from 'node:crypto';

/** What tells one call from another when the PBX gives it no id. */
export interface CallTraits {
	/** Id or extension. */
	employee: string | number;
	/** Number of the client. */
	phoneNumber: string;
	isIncoming: boolean;
	/** ISO 8601 with offset. */
	start: string;
}

/**
 * Makes an external id for a call that has none, the same at every run, so that a repeated import finds what it logged.
 *
 * @returns `n8n-` and 32 hexadecimal digits. The same instant in another offset, or a number written with blanks, gives
 *   the same id.
 */
export function derivedId({ employee, phoneNumber, isIncoming, start }: CallTraits): string {
	const traits = [
		String(employee),
		phoneNumber.replace(/[^\d*#]/g, ''),
		isIncoming,
		Math.floor(Date.parse(start) / 1000),
	];
	return `n8n-${createHash('sha256').update(JSON.stringify(traits)).digest('hex').slice(0, 32)}`;
}
