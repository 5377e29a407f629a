import { defineOperation } from '../operation';

/** `voximplant.tts.voices.get`: voices that can speak. */
export const getVoices = defineOperation({
	entry: { name: 'Get Voices', value: 'getVoices', action: 'Get the voices', description: 'List the voices that can speak in a callback or a text call' },
	fields: [],
	output: { VOICE: 'string', NAME: 'string' },
	run: function* () {
		const [voices] = yield [{ method: 'voximplant.tts.voices.get', parameters: {} }];
		return Object.entries(voices as Record<string, string>).map(([VOICE, NAME]) => ({ json: { VOICE, NAME } }));
	},
});
