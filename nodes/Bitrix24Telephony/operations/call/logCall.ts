import type { IDataObject } from 'n8n-workflow';
import { resultOf, type Step, type Conversation } from '../../../../bitrix24/plan';
import { durationField, FINISHED_CALL, finishedCall, phoneNumberField, readDuration, readPhoneNumber } from '../../fields/call';
import { choiceField } from '../../fields/choice';
import { employeeField, employeeParameters, type EmployeeChoice } from '../../fields/employee';
import { createLineField, LINES, unknownLine } from '../../fields/line';
import { directionField, outcomeFields, readStatusCode } from '../../fields/outcome';
import { readRecording, recordingFields, recordingStep, type Recording } from '../../fields/recording';
import { readTranscript, transcriptField, transcriptStep, type Utterance } from '../../fields/transcript';
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
export const logCall = defineOperation<Input>({
	entry: {
		name: 'Log Call',
		value: 'logCall',
		action: 'Log a finished call',
		description: 'Write a call that is over into the history in one go, with recording and transcript. Suits imports of call records.',
	},
	properties: [
		{ ...directionField, description: 'Whether the client called or was called' },
		phoneNumberField,
		employeeField('Employee who talked, or should have'),
		{ displayName: 'Start', name: 'start', type: 'dateTime', required: true, default: '', description: 'When the call started. Without an offset the workflow’s time zone counts.' },
		durationField,
		...outcomeFields,
		{
			displayName: 'External Call ID',
			name: 'externalCallId',
			type: 'string',
			default: '={{ $json.uniqueid ?? $json.uuid ?? $json.CallSid ?? "" }}',
			description: 'ID of the call on the PBX. With it a repeated import finds what is logged already.',
		},
		{
			displayName: 'Skip if Already Logged',
			name: 'skipLogged',
			type: 'boolean',
			default: true,
			description: 'Whether to leave out a call whose external ID is in the history already',
		},
		...recordingFields(true),
		{ ...transcriptField, description: `${transcriptField.description ?? ''} Leave empty for none.` },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{ displayName: 'Add to Chat', name: 'addToChat', type: 'boolean', default: true, description: 'Whether a message about the call goes into the employee’s chat' },
				{ displayName: 'Create Client', name: 'crmCreate', type: 'boolean', default: true, description: 'Whether a lead is created when nobody has this number' },
				createLineField,
				choiceField({ displayName: 'Line', name: 'line', description: 'Your external line that the call went through' }, 'searchLines', '+4940669690'),
				choiceField({ displayName: 'Source', name: 'crmSource', description: 'Source of a client that is created' }, 'searchSources', 'CALL'),
			],
		},
	],
	output: { ...FINISHED_CALL, LOGGED: 'boolean', FILE_ID: 'integer?', TRANSCRIPT_ID: 'integer?' },
	read: (reader) => {
		const fields = reader.collection('additionalFields');
		const incoming = reader.raw('direction', 'outgoing') === 'incoming';
		const duration = readDuration(reader);
		const externalCallId = reader.optionalText('externalCallId');
		const skipLogged = reader.flag('skipLogged', true);
		return {
			employee: reader.employee(),
			phoneNumber: readPhoneNumber(reader),
			incoming,
			start: reader.toDate(reader.raw('start', ''), 'Start') ?? reader.refuse('Start is empty', 'Give the time at which the call started.'),
			duration,
			statusCode: readStatusCode(reader, incoming, duration),
			externalCallId,
			skipLogged,
			sameAsItem: skipLogged && externalCallId ? reader.claim(externalCallId) : undefined,
			recording: readRecording(reader),
			messages: readTranscript(reader),
			line: fields.choice('line'),
			createLine: fields.flag('createLine', false),
			crmCreate: fields.flag('crmCreate', false),
			crmSource: fields.choice('crmSource'),
			addToChat: fields.flag('addToChat', false),
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
