import { asNothing, asObjectWithNumber, asRows, type JsonObject } from '../decode';
import type { Call, Evidence } from '../plan';

/** `telephony.externalLine.get`: all lines of the application; the portal does not page them. */
export const lines: Call<JsonObject[]> = {
	method: 'telephony.externalLine.get',
	parameters: {},
	decode: asRows,
	effect: 'read',
};

/** `telephony.externalLine.add`. Its trace is the line itself. */
export function addLine(NUMBER: string, NAME: string, isAutoCreating: boolean): Call<JsonObject> {
	return {
		method: 'telephony.externalLine.add',
		parameters: { NUMBER, NAME, CRM_AUTO_CREATE: yesNo(isAutoCreating) },
		decode: asObjectWithNumber('ID'),
		effect: 'repeatable',
		evidence: {
			ask: () => lines,
			read: (rows, _sent, isOurs) => (isOurs ? asRows(rows).find((line) => line.NUMBER === NUMBER) : undefined),
			refusal: ({ text }) => text.startsWith('Line already exists'),
		},
	};
}

/** `telephony.externalLine.update`. An undefined value stays as it is. */
export function updateLine(NUMBER: string, NAME: string | undefined, isAutoCreating: boolean | undefined): Call {
	const CRM_AUTO_CREATE = isAutoCreating === undefined ? undefined : yesNo(isAutoCreating);
	return {
		method: 'telephony.externalLine.update',
		parameters: { NUMBER, NAME, CRM_AUTO_CREATE },
		decode: asObjectWithNumber('ID'),
		effect: 'repeatable',
	};
}

/** `telephony.externalLine.delete`. Its trace is that the line is gone. */
export function deleteLine(NUMBER: string): Call {
	const gone: Evidence<unknown> = {
		ask: () => lines,
		read: (rows, _sent, isOurs) => (isOurs && !asRows(rows).some((line) => line.NUMBER === NUMBER) ? true : undefined),
		refusal: ({ text }) => text.startsWith('Could not find line'),
	};
	return {
		method: 'telephony.externalLine.delete',
		parameters: { NUMBER },
		decode: asNothing,
		effect: 'repeatable',
		evidence: gone,
	};
}

function yesNo(value: boolean): 'Y' | 'N' {
	return value ? 'Y' : 'N';
}
