import type { IDataObject } from 'n8n-workflow';
import { callIdField } from '../../fields/call';
import { choiceField } from '../../fields/choice';
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
				{ displayName: 'Cost', name: 'cost', type: 'number', typeOptions: { numberPrecision: 4, minValue: 0 }, default: 0, description: 'Price of the transcription' },
				choiceField({ displayName: 'Currency', name: 'costCurrency', description: 'Currency of the cost; kept only with a cost' }, 'searchCurrencies', 'EUR'),
			],
		},
	],
	output: { CALL_ID: 'string', TRANSCRIPT_ID: 'integer', UTTERANCES: 'integer' },
	read: (reader) => {
		const fields = reader.collection('additionalFields');
		const messages = readTranscript(reader);
		if (messages.length === 0) reader.refuse('The transcript is empty', 'Give at least one utterance with a text.');
		return { callId: reader.callId(), messages, cost: { COST: fields.number('cost', 'Cost'), COST_CURRENCY: fields.choice('costCurrency') } };
	},
	run: function* ({ callId, messages, cost }) {
		const [result] = yield [transcriptStep(callId, messages, cost)];
		return { json: { CALL_ID: callId, TRANSCRIPT_ID: Number((result as IDataObject).TRANSCRIPT_ID), UTTERANCES: messages.length } };
	},
});
