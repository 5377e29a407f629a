import { voices } from '../../../../bitrix24/methods/autoCalls';
import { ask } from '../../../../bitrix24/plan';
import { defineOperation } from '../operation';

/** `voximplant.tts.voices.get`: voices that can speak. */
export const getVoices = defineOperation({
	entry: {
		name: 'Get Voices',
		value: 'getVoices',
		action: 'Get voices',
		description: 'List the voices that can speak in a callback or a text call',
	},
	fields: [],
	output: { VOICE: 'string', NAME: 'string' },
	run: function* () {
		return Object.entries(yield* ask(voices)).map(([VOICE, NAME]) => ({ json: { VOICE, NAME } }));
	},
});
