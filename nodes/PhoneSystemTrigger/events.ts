import type { GenericValue } from 'n8n-workflow';
import type { Reading } from '../../pbx/system';
import type { Report, ReportEvent } from '../../pbx/report';
import type { OutputFields } from '../common/outputSchema';

/** An event of phone systems, as the trigger offers it. */
export interface EventEntry {
	name: string;
	value: ReportEvent;
	description: string;
}

/** The events, most used first; outputs of the node are in this order. */
export const events: readonly EventEntry[] = [
	{ name: 'Call Ended', value: 'ended', description: 'A call is over. Connect Call > Finish by Report.' },
	{ name: 'Call Answered', value: 'answered', description: 'Somebody took the call. Connect Call > Answered By.' },
	{ name: 'Phone Rings', value: 'ringing', description: 'Phones of employees ring' },
	{
		name: 'Asks Whom to Ring',
		value: 'asked',
		description: 'The phone system waits for an answer: the last node’s item goes back to it. Zadarma and MegaFon.',
	},
	{
		name: 'Recording Ready',
		value: 'recorded',
		description: 'A recording is there. Call > Finish by Report waits for recordings by itself.',
	},
];

/** What the trigger puts out, whatever the phone system. */
export const REPORT: OutputFields = {
	SYSTEM: 'string',
	EVENT: 'string',
	CALL_ID: 'string?',
	EXTERNAL_CALL_ID: 'string?',
	DIRECTION: 'string',
	PHONE_NUMBER: 'string',
	LINE_NUMBER: 'string?',
	USER_ID: 'integer?',
	EXTENSION: 'string?',
	EMPLOYEE_PHONE: 'string?',
	RUNG: 'list',
	TALKED: 'list',
	OUTCOME: 'string?',
	OUTCOME_WORD: 'string?',
	REASON: 'string?',
	DURATION: 'integer',
	START: 'string?',
	RECORDING: 'string?',
	SUPERSEDED: 'boolean',
	REPORT: 'object',
};

/** A report as an item of the trigger. */
export function reportItem(
	system: string,
	report: Report,
	raw: Reading['raw'],
): Record<keyof typeof REPORT, GenericValue> {
	return {
		SYSTEM: system,
		EVENT: report.event,
		CALL_ID: report.callId ?? null,
		EXTERNAL_CALL_ID: report.externalCallId ?? null,
		DIRECTION: report.direction,
		PHONE_NUMBER: report.phoneNumber,
		LINE_NUMBER: report.lineNumber ?? null,
		USER_ID: report.userId ?? null,
		EXTENSION: report.extension ?? null,
		EMPLOYEE_PHONE: report.employeePhone ?? null,
		RUNG: report.rung ?? [],
		TALKED: (report.talked ?? []).map(({ extension, seconds }) => ({ EXTENSION: extension, SECONDS: seconds })),
		OUTCOME: report.outcome ?? null,
		OUTCOME_WORD: report.outcomeWord ?? null,
		REASON: report.reason ?? null,
		DURATION: report.duration ?? 0,
		START: report.start ?? null,
		RECORDING: report.recording ?? null,
		SUPERSEDED: report.isSuperseded ?? false,
		REPORT: raw,
	};
}
