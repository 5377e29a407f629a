import { startSoundCall } from '../../../../bitrix24/methods/autoCalls';
import { ask } from '../../../../bitrix24/plan';
import { text } from '../../fields/kinds';
import { webAddress } from '../../fields/recording';
import { defineOperation } from '../operation';
import { autoCallFields, started, STARTED } from './fields';

/** `voximplant.infocall.startwithsound`: ring a client and play a sound. */
export const soundCall = defineOperation({
	entry: {
		name: 'Sound Call',
		value: 'soundCall',
		action: 'Start call that plays sound',
		description: 'Ring a client through Bitrix24’s built-in telephony and play an MP3 file. Costs money.',
	},
	fields: [
		...autoCallFields,
		text({
			displayName: 'Sound URL',
			name: 'soundUrl',
			placeholder: 'e.g. https://example.com/notice.mp3',
			description: 'Address of an MP3 file that Bitrix24 can download',
		}).check(webAddress),
	],
	output: STARTED,
	run: function* ({ fromLine: line, phoneNumber, soundUrl: url }) {
		return started(yield* ask(startSoundCall({ FROM_LINE: line, TO_NUMBER: phoneNumber, URL: url })), phoneNumber);
	},
});
