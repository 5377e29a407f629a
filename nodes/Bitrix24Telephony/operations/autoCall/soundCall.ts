import { readPhoneNumber } from '../../fields/call';
import { defineOperation } from '../operation';
import { autoCallFields, started, STARTED } from './fields';

/** `voximplant.infocall.startwithsound`: ring a client and play a sound. */
export const soundCall = defineOperation<{ line: string; phoneNumber: string; url: string }>({
	entry: {
		name: 'Sound Call',
		value: 'soundCall',
		action: 'Start a call that plays a sound',
		description: 'Ring a client through Bitrix24’s built-in telephony and play an MP3 file. Costs money.',
	},
	properties: [
		...autoCallFields,
		{ displayName: 'Sound URL', name: 'soundUrl', type: 'string', required: true, default: '', placeholder: 'https://example.com/notice.mp3', description: 'Address of an MP3 file that Bitrix24 can download' },
	],
	output: STARTED,
	read: (reader) => ({ line: reader.chosen('fromLine', 'line'), phoneNumber: readPhoneNumber(reader), url: reader.text('soundUrl', 'Sound URL') }),
	run: function* ({ line, phoneNumber, url }) {
		const [result] = yield [{ method: 'voximplant.infocall.startwithsound', parameters: { FROM_LINE: line, TO_NUMBER: phoneNumber, URL: url } }];
		return started(result, phoneNumber);
	},
});
