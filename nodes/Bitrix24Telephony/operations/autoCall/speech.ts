import { readPhoneNumber } from '../../fields/call';
import { defineOperation, type Operation, type OperationEntry } from '../operation';
import { autoCallFields, speechFields, started, STARTED } from './fields';

function speech(entry: OperationEntry, method: string): Operation {
	return defineOperation<{ phoneNumber: string; parameters: Record<string, string | undefined> }>({
		entry,
		properties: [...autoCallFields, ...speechFields],
		output: STARTED,
		read: (reader) => {
			const phoneNumber = readPhoneNumber(reader);
			const parameters = { FROM_LINE: reader.chosen('fromLine', 'line'), TO_NUMBER: phoneNumber, TEXT_TO_PRONOUNCE: reader.text('text', 'Text'), VOICE: reader.choice('voice') };
			return { phoneNumber, parameters };
		},
		run: function* ({ phoneNumber, parameters }) {
			const [result] = yield [{ method, parameters }];
			return started(result, phoneNumber);
		},
	});
}

/** `voximplant.callback.start`: dial an employee, speak a text, connect the client. */
export const callback = speech(
	{
		name: 'Callback',
		value: 'callback',
		action: 'Start a callback',
		description: 'Ring an employee through Bitrix24’s built-in telephony, speak a text, then connect the client. Costs money.',
	},
	'voximplant.callback.start',
);

/** `voximplant.infocall.startwithtext`: ring a client and speak a text. */
export const textCall = speech(
	{
		name: 'Text Call',
		value: 'textCall',
		action: 'Start a call that speaks a text',
		description: 'Ring a client through Bitrix24’s built-in telephony and speak a text. Costs money.',
	},
	'voximplant.infocall.startwithtext',
);
