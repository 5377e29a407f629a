import { attachTranscript as attach } from '../../../../bitrix24/methods/calls';
import { ask } from '../../../../bitrix24/plan';
import { callId } from '../../fields/call';
import { cost, costParameters } from '../../fields/cost';
import { additionalFields } from '../../fields/field';
import { transcript } from '../../fields/transcript';
import { defineOperation } from '../operation';

/** `telephony.call.attachTranscription`: add the transcript to a finished call. */
export const attachTranscript = defineOperation({
	entry: {
		name: 'Attach Transcript',
		value: 'attachTranscript',
		action: 'Attach transcript to call',
		description: 'Add the words of a conversation to a finished call. A second transcript replaces the first.',
	},
	fields: [callId, transcript, additionalFields([...cost('Price of the transcription')])],
	output: { CALL_ID: 'string', TRANSCRIPT_ID: 'integer', UTTERANCES: 'integer' },
	read: ({ callId, transcript: messages, additionalFields }, reader) => {
		if (messages.length === 0) reader.refuse('The transcript is empty', 'Give at least one utterance with a text.');
		return { callId, messages, cost: costParameters(additionalFields) };
	},
	run: function* ({ callId, messages, cost }) {
		const { TRANSCRIPT_ID } = yield* ask(attach(callId, messages, cost));
		return { json: { CALL_ID: callId, TRANSCRIPT_ID: Number(TRANSCRIPT_ID), UTTERANCES: messages.length } };
	},
});
