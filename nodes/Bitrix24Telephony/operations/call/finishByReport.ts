import { finish } from '../../../../bitrix24/methods/calls';
import { statusCodeOf } from '../../../../bitrix24/outcomes';
import { ask, type Conversation } from '../../../../bitrix24/plan';
import { FINISHED_CALL, finishedCall } from '../../fields/call';
import { employeeIfUnknown } from '../../fields/employee';
import { collection, notice } from '../../fields/field';
import { flagOffUnlessAdded, flagOnUnlessAdded, optionalNumber, optionalText } from '../../fields/kinds';
import { option } from '../../fields/option';
import type { ItemReader } from '../../itemReader';
import { attachReported, hasRecording, type RecordingRule } from '../../reports/attach';
import { employeeOfCall, type Credit } from '../../reports/credit';
import { recordCall, type ReportRule } from '../../reports/finish';
import { readIncoming, type Incoming, type ReportedCall } from '../../reports/item';
import { ReportedRecording } from '../../reports/recording';
import { awaitedRow } from '../../reports/row';
import { defineOperation } from '../operation';
import type { Refusal, Shown, ShownItem } from '../../shown';

const CREDITS: { name: string; value: Credit }[] = [
	{ name: 'Who Talked First', value: 'first' },
	{ name: 'Who Talked Last', value: 'last' },
	{ name: 'Who Talked Longest', value: 'longest' },
];

/** Seconds. Zadarma has a recording some 40 s after the call. */
const RECORDING_WAIT = 180;

const reportOptions = collection(
	{ displayName: 'Report Options', name: 'reportOptions', placeholder: 'Add Report Option' },
	[
		flagOnUnlessAdded({
			displayName: 'Add to Chat',
			name: 'addToChat',
			default: true,
			description: 'Whether a message about the call goes into the employee’s chat',
		}),
		flagOnUnlessAdded({
			displayName: 'Attach Recording',
			name: 'attachRecording',
			default: true,
			description:
				'Whether to fetch the recording from the phone system, by the Phone System API credential, and attach it',
		}),
		flagOffUnlessAdded({
			displayName: 'Create Client',
			name: 'crmCreate',
			default: true,
			description: 'Whether a lead is created when nobody has the number of a call that Bitrix24 did not know yet',
		}),
		option({
			displayName: 'Credit',
			name: 'credit',
			options: CREDITS,
			default: 'last',
			description:
				'Whose call it is after a transfer, where the phone system tells who talked. Who Talked Last unless added.',
		}),
		flagOffUnlessAdded({
			displayName: 'Delete Original Recording',
			name: 'deleteRecording',
			default: true,
			description: 'Whether to delete the recording on the phone system once Bitrix24 has it. Asterisk only',
		}),
		employeeIfUnknown,
		optionalNumber(
			{
				displayName: 'Recording Wait (Seconds)',
				name: 'recordingWait',
				default: RECORDING_WAIT,
				description: `How long to wait for a recording that the phone system does not have yet. It is ${RECORDING_WAIT} unless added.`,
			},
			{ min: 0, max: 3600 },
		),
	],
);

/** What an item wants, read. */
interface Input {
	incoming: Incoming;
	rule: ReportRule;
	/** The recording of the call, unless it has none or the user wants none. */
	recording?: ReportedRecording;
	recordingRule: RecordingRule;
}

/** The end of a call as a phone system reports it: one node for every system, without a field to fill in. */
export const finishByReport = defineOperation({
	entry: {
		name: 'Finish by Report',
		value: 'finishByReport',
		action: 'Finish call by report of phone system',
		description:
			'Finish the call that a Phone System Trigger reports, with employee, outcome, duration and recording; a call that Bitrix24 does not know yet is logged. A repeated report changes nothing.',
	},
	fields: [
		notice(
			'reportNotice',
			'Connect a Phone System Trigger, and the error output of the request that rings the employee. The fields are taken from the item.',
		),
		optionalText({
			displayName: 'Call ID',
			name: 'reportedCallId',
			default: '={{ $json.CALL_ID }}',
			placeholder: 'e.g. externalCall.716f1cb73def9700a23842adf9c4c568.1773130779',
			description: 'CALL_ID of Bitrix24, where the item has one. A call without it is found by employee and number.',
		}),
		reportOptions,
	],
	warns: true,
	output: {
		...FINISHED_CALL,
		ALREADY_FINISHED: 'boolean',
		FINISHED: 'boolean',
		FILE_ID: 'integer?',
		REASON: 'string?',
	},
	read: ({ reportedCallId, reportOptions: options }, reader): Input => {
		const incoming = readIncoming(reader.input, reportedCallId);
		if (incoming.kind === 'unknown')
			reader.refuse(
				'This item is no report of a phone system',
				'Connect a Phone System Trigger, or the error output of the request that rings the employee with the Call ID of the click.',
			);
		const {
			addToChat,
			crmCreate,
			attachRecording,
			deleteRecording,
			recordingWait = RECORDING_WAIT,
			credit = 'last',
			employeeIfUnknown: fallback,
		} = options ?? {};
		return {
			incoming,
			rule: {
				addToChat: addToChat ?? true,
				crmCreate: crmCreate ?? false,
				credit,
				fallback,
				workflowId: reader.workflowId,
				now: reader.now,
				wasHere: reader.wasHere,
			},
			recording: (attachRecording ?? true) ? recordingOf(incoming, reader) : undefined,
			recordingRule: { wait: recordingWait * 1000, isDeleted: deleteRecording ?? false },
		};
	},
	run: function* (input) {
		const { incoming, rule } = input;
		if (incoming.kind === 'report')
			return incoming.call.event === 'recorded'
				? yield* attachLater(incoming.call, input)
				: yield* ended(incoming.call, input);
		if (incoming.kind === 'notRung') return yield* notRung(incoming, rule);
		const { callId = null, reason = '' } = incoming.kind === 'goesOn' ? incoming : {};
		return { json: { CALL_ID: callId, FINISHED: false, FILE_ID: null, REASON: reason } };
	},
});

function recordingOf(incoming: Incoming, reader: ItemReader): ReportedRecording | undefined {
	if (incoming.kind !== 'report' || !incoming.call.recording) return undefined;
	const { system, recording } = incoming.call;
	return new ReportedRecording(async () => await reader.phoneSystem(system), recording);
}

function* ended(call: ReportedCall, { rule, recording, recordingRule }: Input): Conversation<Shown> {
	const recorded = yield* recordCall(call, rule);
	if ('refused' in recorded) return recorded;
	const { json, warnings = [], ...rest } = recorded;
	const isDone = recording === undefined || hasRecording(json) || json.FILE_ID;
	const attached = isDone
		? { FILE_ID: json.FILE_ID ?? null, warnings: [] }
		: yield* attachReported(String(json.CALL_ID), recording, recordingRule);
	return {
		...rest,
		json: {
			...json,
			ALREADY_FINISHED: json.ALREADY_FINISHED === true || json.LOGGED === false,
			FINISHED: true,
			FILE_ID: attached.FILE_ID,
			REASON: call.reason ?? json.REASON ?? null,
		},
		warnings: [...warnings, ...attached.warnings],
	};
}

/** Words of FreeSWITCH for an employee who was there and did not take the call. */
const NOT_TAKEN = /USER_BUSY|CALL_REJECTED|NO_ANSWER|NO_USER_RESPONSE|ORIGINATOR_CANCEL/;

function* notRung(
	{ callId, userId, extension, reason }: Extract<Incoming, { kind: 'notRung' }>,
	rule: ReportRule,
): Conversation<ShownItem | Refusal> {
	const employee = yield* employeeOfCall({ ...NOBODY, userId, extension }, rule);
	if (employee === undefined)
		return {
			refused: 'The item names no employee',
			hint: 'Add the option Employee If Unknown with USER_ID of the click.',
		};
	const outcome = NOT_TAKEN.test(reason) ? 'cancelled' : 'unavailable';
	const finished = yield* ask(
		finish(
			{
				CALL_ID: callId,
				USER_ID: employee,
				DURATION: 0,
				STATUS_CODE: statusCodeOf(outcome, false, 0),
				ADD_TO_CHAT: rule.addToChat ? 1 : 0,
				FAILED_REASON: `The employee’s phone was not rung: ${reason}`,
			},
			true,
		),
	);
	const { json, errors } = finishedCall(finished);
	return {
		json: { ...json, ALREADY_FINISHED: json.ALREADY_FINISHED === true, FINISHED: true, FILE_ID: null, REASON: reason },
		warnings: errors,
	};
}

const NOBODY: ReportedCall = {
	system: '',
	event: 'ended',
	direction: 'outgoing',
	phoneNumber: '',
	rung: [],
	talked: [],
	outcome: 'unavailable',
	duration: 0,
	isSuperseded: false,
};

/** The recording came after the end of the call. */
function* attachLater(call: ReportedCall, { recording, recordingRule }: Input): Conversation<Shown> {
	const row = yield* awaitedRow(call, recordingRule.wait);
	const json = { CALL_ID: row?.CALL_ID ?? call.callId ?? null, FINISHED: false, FILE_ID: null };
	if (!row || !recording)
		return { json: { ...json, REASON: row ? 'No recording is wanted' : 'The history has no such call' } };
	if (hasRecording(row)) return { json: { ...json, FINISHED: true, REASON: 'The call has its recording' } };
	const { FILE_ID, warnings } = yield* attachReported(String(row.CALL_ID), recording, recordingRule);
	return { json: { ...json, FINISHED: true, FILE_ID, REASON: null }, warnings };
}
