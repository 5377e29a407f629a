import { finish as finishCall } from '../../../../bitrix24/methods/calls';
import { ask } from '../../../../bitrix24/plan';
import { callId, duration, FINISHED_CALL, finishedCall } from '../../fields/call';
import { cost, costParameters } from '../../fields/cost';
import { employee, employeeParameters } from '../../fields/employee';
import { known } from '../../fields/employeeSearch';
import { additionalFields, before } from '../../fields/field';
import { flag, flagOnUnlessAdded, optionalInteger, optionalText } from '../../fields/kinds';
import { option } from '../../fields/option';
import { direction, ifUnknownOutcome, outcome, statusCode } from '../../fields/outcome';
import { defineOperation } from '../operation';

const ADD_TO_CHAT = {
	displayName: 'Add to Chat',
	name: 'addToChat',
	default: true,
	description: 'Whether a message about the call goes into the employee’s chat',
} as const;

/** `telephony.externalCall.finish`: end a call and write it into the history. */
export const finish = defineOperation({
	entry: {
		name: 'Finish',
		value: 'finish',
		action: 'Finish call',
		description:
			'End a call: closes the employee’s card and writes the call into the history and to the client. A call counts once: finishing it again changes nothing.',
	},
	fields: [
		callId,
		employee('Employee who talked, or should have. The call is logged under this employee.'),
		duration,
		outcome,
		direction,
		before(flag(ADD_TO_CHAT)),
		additionalFields([
			flagOnUnlessAdded(ADD_TO_CHAT).since,
			...cost('Price of the call'),
			optionalText({
				displayName: 'Failed Reason',
				name: 'failedReason',
				placeholder: 'e.g. All lines were busy',
				description: 'Why the call did not come about, in words',
			}),
			option({
				displayName: 'If Already Finished',
				name: 'ifFinished',
				options: [
					{ name: 'Fail', value: 'fail' },
					{
						name: 'Return the Call',
						value: 'return',
						description: 'Put out what the history says of it, with ALREADY_FINISHED',
					},
				],
				default: 'return',
				description: 'What to do with a call that is in the history already. Returns it unless added.',
			}),
			ifUnknownOutcome,
			optionalInteger(
				{ displayName: 'Rating', name: 'vote', default: 5, description: 'The client’s rating from 1 to 5' },
				{ min: 1, max: 5 },
			),
			optionalText({
				displayName: 'Recording URL',
				name: 'recordUrl',
				placeholder: 'e.g. https://pbx.example.com/recording.mp3',
				description:
					'The old way to attach a recording: the portal fetches it in the background, without a word when that fails',
			}),
		]),
	],
	warns: true,
	output: { ...FINISHED_CALL, ALREADY_FINISHED: 'boolean' },
	read: (
		{
			outcome,
			direction,
			addToChat,
			additionalFields: {
				addToChat: added,
				failedReason,
				recordUrl,
				vote,
				ifFinished = 'return',
				ifUnknownOutcome,
				...price
			},
			...call
		},
		reader,
	) => ({
		...call,
		addToChat: addToChat ?? added,
		ifFinished,
		statusCode: statusCode(reader, outcome, direction === 'incoming', call.duration, ifUnknownOutcome),
		more: { ...costParameters(price), FAILED_REASON: failedReason, RECORD_URL: recordUrl, VOTE: vote },
	}),
	run: function* ({ callId, employee, duration, statusCode, addToChat, ifFinished, more }) {
		const who = yield* known(employee);
		if ('refused' in who) return who;
		const parameters = {
			CALL_ID: callId,
			...employeeParameters(who),
			DURATION: duration,
			STATUS_CODE: statusCode,
			ADD_TO_CHAT: addToChat ? 1 : 0,
			...more,
		};
		const { json, errors } = finishedCall(yield* ask(finishCall(parameters, ifFinished === 'return')));
		const wasFinished = json.ALREADY_FINISHED === true;
		return {
			json: { ...json, ALREADY_FINISHED: wasFinished },
			warnings: errors.map((text) => `The call is finished, but: ${text}`),
			hints: wasFinished
				? ['The call was finished before; this is what the history says of it. Nothing was logged twice.']
				: [],
		};
	},
});
