import { toId } from '../../../../bitrix24/decode';
import { ask } from '../../../../bitrix24/plan';
import { callId } from '../../fields/call';
import { attachment, recording } from '../../fields/recording';
import { defineOperation } from '../operation';

/** `telephony.externalCall.attachRecord`: add the recording to a finished call. */
export const attachRecording = defineOperation({
	entry: {
		name: 'Attach Recording',
		value: 'attachRecording',
		action: 'Attach recording to call',
		description:
			'Add a WAV or MP3 recording to a finished call, from a file of this workflow or from a URL. A second one replaces the first.',
	},
	fields: [callId, recording],
	warns: true,
	output: { CALL_ID: 'string', ATTACHED: 'boolean', FILE_ID: 'integer?' },
	run: function* ({ callId, recording }) {
		if (recording === 'none') return { json: { CALL_ID: callId, ATTACHED: false, FILE_ID: null } };
		const attaching = yield* attachment(callId, recording);
		if ('wrong' in attaching)
			return { refused: attaching.wrong, hint: 'Convert it first, or look at what the node before put out.' };
		if ('silent' in attaching)
			return { json: { CALL_ID: callId, ATTACHED: false, FILE_ID: null }, warnings: [attaching.silent] };
		const { FILE_ID } = yield* ask(attaching.call);
		return { json: { CALL_ID: callId, ATTACHED: true, FILE_ID: toId(FILE_ID) ?? null } };
	},
});
