import type { IDataObject } from 'n8n-workflow';
import { resultOf, type Step, type Conversation } from '../../../../bitrix24/plan';
import { duration, externalCallId, FINISHED_CALL, finishedCall, phoneNumber } from '../../fields/call';
import { optionalChoice } from '../../fields/choice';
import { employee, employeeParameters, type EmployeeChoice } from '../../fields/employee';
import { additionalFields } from '../../fields/field';
import { date, flag, flagOffUnlessAdded } from '../../fields/kinds';
import { callLine, createLine, LINES, unknownLine } from '../../fields/line';
import { direction, outcome, statusCode } from '../../fields/outcome';
import { optionalRecording, recordingStep, type Recording } from '../../fields/recording';
import { transcript, transcriptStep, type Utterance } from '../../fields/transcript';
import { defineOperation } from '../operation';

interface Input {
	employee: EmployeeChoice;
	phoneNumber: string;
	incoming: boolean;
	start: string;
	duration: number;
	statusCode: string;
	externalCallId?: string;
	skipLogged: boolean;
	/** An earlier item of this run that logs the same call. */
	sameAsItem?: number;
	recording: Recording;
	messages: Utterance[];
	line?: string;
	createLine: boolean;
	crmCreate: boolean;
	crmSource?: string;
	addToChat: boolean;
}

/** One finished call in one item: register silently with its past start, finish, then recording and transcript. */
export const logCall = defineOperation({
	entry: {
		name: 'Log Call',
		value: 'logCall',
		action: 'Log a finished call',
		description: 'Write a call that is over into the history in one go, with recording and transcript. Suits imports of call records.',
	},
	fields: [
		direction.with({ description: 'Whether the client called or was called' }),
		phoneNumber,
		employee('Employee who talked, or should have'),
		date({ displayName: 'Start', name: 'start', description: 'When the call started. Without an offset the workflow’s time zone counts.' }),
		duration,
		outcome,
		externalCallId.with({ description: 'ID of the call on the PBX. With it a repeated import finds what is logged already.' }),
		flag({
			displayName: 'Skip if Already Logged',
			name: 'skipLogged',
			default: true,
			description:
				'Whether to leave out a call whose external ID is in the history already. It sees only the calls that the employee who connected the credential may see.',
		}),
		optionalRecording,
		transcript.with({ description: `${transcript.property.description ?? ''} Leave empty for none.` }),
		additionalFields([
			flagOffUnlessAdded({
				displayName: 'Add to Chat',
				name: 'addToChat',
				default: true,
				description: 'Whether a message about the call goes into the employee’s chat',
			}),
			flagOffUnlessAdded({
				displayName: 'Create Client',
				name: 'crmCreate',
				default: true,
				description: 'Whether a lead is created when nobody has this number',
			}),
			createLine,
			callLine('line'),
			optionalChoice({
				displayName: 'Source',
				name: 'crmSource',
				description: 'Source of a client that is created',
				search: 'searchSources',
				example: 'CALL',
			}),
		]),
	],
	output: { ...FINISHED_CALL, LOGGED: 'boolean', FILE_ID: 'integer?', TRANSCRIPT_ID: 'integer?' },
	read: ({ direction, outcome, transcript: messages, additionalFields, ...call }, reader) => {
		const incoming = direction === 'incoming';
		return {
			...call,
			...additionalFields,
			incoming,
			messages,
			statusCode: statusCode(reader, outcome, incoming, call.duration),
			sameAsItem: call.skipLogged && call.externalCallId ? reader.claim(call.externalCallId) : undefined,
		};
	},
	run: function* (input) {
		const { externalCallId, sameAsItem } = input;
		if (sameAsItem !== undefined) return skipped(externalCallId, null, `Item ${sameAsItem} of this run is the same call`);
		const logged: Step[] = input.skipLogged && externalCallId ? [{ method: 'voximplant.statistic.get', parameters: { FILTER: { EXTERNAL_CALL_ID: externalCallId } } }] : [];
		const lines = input.line && !input.createLine ? [LINES] : [];
		if (logged.length + lines.length > 0) {
			const results = yield [...logged, ...lines];
			const [row] = logged.length > 0 ? (results[0] as IDataObject[]) : [];
			if (row) return skipped(externalCallId, row, 'It is in the history already');
			const unknown = input.line && lines.length > 0 ? unknownLine(input.line, results[logged.length]) : undefined;
			if (unknown) return unknown;
		}
		const [registration, finished, transcript] = yield steps(input);
		const { CALL_ID: callId, LEAD_CREATION_ERROR: refused } = registration as IDataObject;
		const file = yield* attach(String(callId), input.recording);
		const { json, errors } = finishedCall(finished);
		return {
			json: { ...json, LOGGED: true, FILE_ID: file, TRANSCRIPT_ID: Number((transcript as IDataObject | undefined)?.TRANSCRIPT_ID) || null },
			warnings: [...(refused ? [`No client was created: ${String(refused)}`] : []), ...errors],
			hints: externalCallId ? [] : ['Without an external call ID, a repeated run logs this call again'],
		};
	},
});

function steps(input: Input): Step[] {
	const callId = resultOf(0, 'CALL_ID');
	return [
		{
			method: 'telephony.externalCall.register',
			parameters: {
				...employeeParameters(input.employee),
				PHONE_NUMBER: input.phoneNumber,
				TYPE: input.incoming ? 2 : 1,
				CALL_START_DATE: input.start,
				EXTERNAL_CALL_ID: input.externalCallId,
				LINE_NUMBER: input.line,
				CRM_CREATE: input.crmCreate ? 1 : 0,
				CRM_SOURCE: input.crmSource,
				SHOW: 0,
			},
		},
		{
			method: 'telephony.externalCall.finish',
			parameters: {
				CALL_ID: callId,
				...employeeParameters(input.employee),
				DURATION: input.duration,
				STATUS_CODE: input.statusCode,
				ADD_TO_CHAT: input.addToChat ? 1 : 0,
			},
		},
		...(input.messages.length > 0 ? [{ ...transcriptStep(callId, input.messages), optional: true }] : []),
	];
}

function skipped(externalCallId: string | undefined, row: IDataObject | null, reason: string) {
	return { json: { CALL_ID: row?.CALL_ID ?? null, ID: row ? Number(row.ID) : null, EXTERNAL_CALL_ID: externalCallId ?? null, LOGGED: false, REASON: reason } };
}

/** The call is logged by now, so a recording that fails is a warning. */
function* attach(callId: string, recording: Recording): Conversation<number | null> {
	if (typeof recording === 'string') return null;
	const [result] = yield [{ ...recordingStep(callId, recording), optional: true }];
	return Number((result as IDataObject | undefined)?.FILE_ID) || null;
}
