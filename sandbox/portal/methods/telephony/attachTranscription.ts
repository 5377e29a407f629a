import { TelephonyError } from '../../errors';
import { elements, isMap, toFloat, toInt, toText, type PhpValue } from '../../php/values';
import { nextId } from '../../state/ids';
import type { Utterance } from '../../state/model';
import { cast, method } from '../method';

/** telephony.call.attachTranscription: every call stores a new transcript and points the call to it. [DS] */
export const attachTranscription = method({
	name: 'telephony.call.attachTranscription',
	scopes: ['telephony'],
	context: 'any',
	keys: 'exact',
	params: { CALL_ID: cast.text, MESSAGES: cast.raw, COST: cast.float, COST_CURRENCY: cast.text },
	run({ core, params }) {
		if (params.CALL_ID === '') throw new TelephonyError('CALL_ID should be set');
		if (typeof params.MESSAGES !== 'object' || params.MESSAGES === null)
			throw new TelephonyError('MESSAGES should be an array');
		const utterances = elements(params.MESSAGES).map((message, index) => readUtterance(message, index));
		const row = core.state.historyByCall.get(params.CALL_ID);
		if (!row) throw new TelephonyError(`Call ${params.CALL_ID} is not found. Is it finished?`);
		const hasCost = params.COST !== 0;
		const transcript = {
			id: nextId(core.state, 'transcript'),
			callId: row.callId,
			utterances,
			cost: hasCost ? toFloat(params.COST) : null,
			costCurrency: hasCost ? params.COST_CURRENCY : null,
		};
		core.state.transcripts.push(transcript);
		row.transcriptId = transcript.id;
		core.changes.tell('transcript', 'attached', { callId: row.callId, transcriptId: transcript.id });
		return { TRANSCRIPT_ID: transcript.id };
	},
});

/**
 * Checks are made one after the other, first message first. Nothing says that STOP_TIME must follow START_TIME. [S
 * vi_rest.php]
 */
function readUtterance(sent: PhpValue, index: number): Utterance {
	const fail = (field: string, text: string): TelephonyError =>
		new TelephonyError(`MESSAGES[${index}][${field}] ${text}`);
	const message = isMap(sent) ? sent : {};
	const side = message.SIDE;
	if (side !== 'User' && side !== 'Client') throw fail('SIDE', 'should be either Client or User');
	const startTime = toInt(message.START_TIME);
	if (startTime < 0) throw fail('START_TIME', 'should be greater or equal to zero');
	const stopTime = toInt(message.STOP_TIME);
	if (stopTime <= 0) throw fail('STOP_TIME', 'should be greater than zero');
	const text = toText(message.MESSAGE);
	if (text === '') throw fail('MESSAGE', 'is empty');
	return { side, startTime, stopTime, message: text };
}
