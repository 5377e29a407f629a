import { startCallback, startTextCall, type Started } from '../../../../bitrix24/methods/autoCalls';
import type { Sent } from '../../../../bitrix24/parameters';
import { ask, type Call } from '../../../../bitrix24/plan';
import { defineOperation, type Operation, type OperationEntry } from '../operation';
import { autoCallFields, speechFields, started, STARTED } from './fields';

function speech(entry: OperationEntry, start: (parameters: Sent) => Call<Started>): Operation {
	return defineOperation({
		entry,
		fields: [...autoCallFields, ...speechFields],
		output: STARTED,
		read: ({ fromLine, phoneNumber, text, voice }) => ({
			phoneNumber,
			parameters: { FROM_LINE: fromLine, TO_NUMBER: phoneNumber, TEXT_TO_PRONOUNCE: text, VOICE: voice },
		}),
		run: function* ({ phoneNumber, parameters }) {
			return started(yield* ask(start(parameters)), phoneNumber);
		},
	});
}

/** `voximplant.callback.start`: dial an employee, speak a text, connect the client. */
export const callback = speech(
	{
		name: 'Callback',
		value: 'callback',
		action: 'Start callback',
		description:
			'Ring an employee through Bitrix24’s built-in telephony, speak a text, then connect the client. Costs money.',
	},
	startCallback,
);

/** `voximplant.infocall.startwithtext`: ring a client and speak a text. */
export const textCall = speech(
	{
		name: 'Text Call',
		value: 'textCall',
		action: 'Start call that speaks text',
		description: 'Ring a client through Bitrix24’s built-in telephony and speak a text. Costs money.',
	},
	startTextCall,
);
