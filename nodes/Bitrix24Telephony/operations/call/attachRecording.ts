import type { IDataObject } from 'n8n-workflow';
import { callId } from '../../fields/call';
import { recording, recordingStep } from '../../fields/recording';
import { defineOperation } from '../operation';

/** `telephony.externalCall.attachRecord`: add the recording to a finished call. */
export const attachRecording = defineOperation({
	entry: {
		name: 'Attach Recording',
		value: 'attachRecording',
		action: 'Attach a recording to a call',
		description: 'Add a WAV or MP3 recording to a finished call, from a file of this workflow or from a URL. A second one replaces the first.',
	},
	fields: [callId, recording],
	output: { CALL_ID: 'string', ATTACHED: 'boolean', FILE_ID: 'integer?' },
	run: function* ({ callId, recording }) {
		if (recording === 'empty' || recording === 'none') {
			return { json: { CALL_ID: callId, ATTACHED: false, FILE_ID: null }, hints: ['The recording has no sound in it, so nothing was attached'] };
		}
		const [result] = yield [recordingStep(callId, recording)];
		return { json: { CALL_ID: callId, ATTACHED: true, FILE_ID: Number((result as IDataObject).FILE_ID) || null } };
	},
});
