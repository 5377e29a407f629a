import type { IDataObject } from 'n8n-workflow';
import { callIdField } from '../../fields/call';
import { costFields, readCost } from '../../fields/cost';
import { readTranscript, transcriptField, transcriptStep, type Utterance } from '../../fields/transcript';
import { defineOperation } from '../operation';

interface Input {
	callId: string;
	messages: Utterance[];
	cost: { COST?: number; COST_CURRENCY?: string };
}

/** `telephony.call.attachTranscription`: add the transcript to a finished call. */
export const attachTranscript = defineOperation<Input>({
	entry: {
		name: 'Attach Transcript',
		value: 'attachTranscript',
		action: 'Attach a transcript to a call',
		description: 'Add the words of a conversation to a finished call. A second transcript replaces the first.',
	},
	properties: [
		callIdField,
		transcriptField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				...costFields('Price of the transcription'),
			],
		},
	],
	output: { CALL_ID: 'string', TRANSCRIPT_ID: 'integer', UTTERANCES: 'integer' },
	read: (reader) => {
		const messages = readTranscript(reader);
		if (messages.length === 0) reader.refuse('The transcript is empty', 'Give at least one utterance with a text.');
		return { callId: reader.callId(), messages, cost: readCost(reader.collection('additionalFields')) };
	},
	run: function* ({ callId, messages, cost }) {
		const [result] = yield [transcriptStep(callId, messages, cost)];
		return { json: { CALL_ID: callId, TRANSCRIPT_ID: Number((result as IDataObject).TRANSCRIPT_ID), UTTERANCES: messages.length } };
	},
});
