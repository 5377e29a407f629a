import { callIdField, durationField, FINISHED_CALL, finishedCall, readDuration } from '../../fields/call';
import { costFields, readCost } from '../../fields/cost';
import { employeeField, employeeParameters, type EmployeeChoice } from '../../fields/employee';
import { directionField, outcomeFields, readStatusCode } from '../../fields/outcome';
import type { ItemReader } from '../../itemReader';
import { defineOperation } from '../operation';

interface Input {
	callId: string;
	employee: EmployeeChoice;
	duration: number;
	statusCode: string;
	addToChat: boolean;
	more: Record<string, string | number | undefined>;
}

/** `telephony.externalCall.finish`: end a call and write it into the history. */
export const finish = defineOperation<Input>({
	entry: {
		name: 'Finish',
		value: 'finish',
		action: 'Finish a call',
		description: 'End a call: closes the employee’s card and writes the call into the history and to the client. Works once for each call.',
	},
	properties: [
		callIdField,
		employeeField('Employee who talked, or should have. The call is logged under this employee.'),
		durationField,
		...outcomeFields,
		directionField,
		{
			displayName: 'Add to Chat',
			name: 'addToChat',
			type: 'boolean',
			default: true,
			description: 'Whether a message about the call goes into the employee’s chat',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				...costFields('Price of the call'),
				{ displayName: 'Failed Reason', name: 'failedReason', type: 'string', default: '', description: 'Why the call did not come about, in words' },
				{
					displayName: 'Record URL',
					name: 'recordUrl',
					type: 'string',
					default: '',
					placeholder: 'https://pbx.example.com/recording.mp3',
					description: 'The old way to attach a recording: the portal fetches it in the background, without a word when that fails',
				},
				{ displayName: 'Vote', name: 'vote', type: 'number', typeOptions: { minValue: 1, maxValue: 5 }, default: 5, description: 'The client’s rating from 1 to 5' },
			],
		},
	],
	output: FINISHED_CALL,
	read: (reader) => {
		const fields = reader.collection('additionalFields');
		const duration = readDuration(reader);
		return {
			callId: reader.callId(),
			employee: reader.employee(),
			duration,
			statusCode: readStatusCode(reader, reader.raw('direction', 'outgoing') === 'incoming', duration),
			addToChat: reader.flag('addToChat', true),
			more: {
				...readCost(fields),
				FAILED_REASON: fields.text('failedReason'),
				RECORD_URL: fields.text('recordUrl'),
				VOTE: vote(reader, fields.integer('vote', 'Vote')),
			},
		};
	},
	run: function* ({ callId, employee, duration, statusCode, addToChat, more }) {
		const [result] = yield [
			{
				method: 'telephony.externalCall.finish',
				parameters: {
					CALL_ID: callId,
					...employeeParameters(employee),
					DURATION: duration,
					STATUS_CODE: statusCode,
					ADD_TO_CHAT: addToChat ? 1 : 0,
					...more,
				},
			},
		];
		const { json, errors } = finishedCall(result);
		return { json, warnings: errors.map((text) => `The call is finished, but: ${text}`) };
	},
});

function vote(reader: ItemReader, value: number | undefined): number | undefined {
	if (value === undefined || (value >= 1 && value <= 5)) return value;
	return reader.refuse('Vote must be from 1 to 5', `It is ${value} on this item.`);
}
