import type { IDataObject } from 'n8n-workflow';
import { callIdField } from '../../fields/call';
import { readRecording, recordingFields, recordingStep, type Recording } from '../../fields/recording';
import { defineOperation } from '../operation';

/** `telephony.externalCall.attachRecord`: add the recording to a finished call. */
export const attachRecording = defineOperation<{ callId: string; recording: Recording }>({
	entry: {
		name: 'Attach Recording',
		value: 'attachRecording',
		action: 'Attach a recording to a call',
		description: 'Add a WAV or MP3 recording to a finished call, from a file of this workflow or from a URL. A second one replaces the first.',
	},
	properties: [callIdField, ...recordingFields(false)],
	output: { CALL_ID: 'string', ATTACHED: 'boolean', FILE_ID: 'integer?' },
	read: (reader) => ({ callId: reader.callId(), recording: readRecording(reader) }),
	run: function* ({ callId, recording }) {
		if (recording === 'empty' || recording === 'none') {
			return { json: { CALL_ID: callId, ATTACHED: false, FILE_ID: null }, hints: ['The recording has no sound in it, so nothing was attached'] };
		}
		const [result] = yield [recordingStep(callId, recording)];
		return { json: { CALL_ID: callId, ATTACHED: true, FILE_ID: Number((result as IDataObject).FILE_ID) || null } };
	},
});
