import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ParameterValue, Step } from '../../../bitrix24/plan';
import type { ItemReader } from '../itemReader';

/** One utterance, in the portal's words. Times are seconds from the start of the call. */
export interface Utterance {
	SIDE: 'User' | 'Client';
	START_TIME: number;
	STOP_TIME: number;
	MESSAGE: string;
}

/** The utterances of a call. */
export const transcriptField: INodeProperties = {
	displayName: 'Transcript',
	name: 'transcript',
	type: 'json',
	default: '[]',
	description:
		'List of utterances, each {"side": "employee" or "client", "start": seconds, "stop": seconds, "text": "…"}. Bitrix24’s own names (SIDE, START_TIME, STOP_TIME, MESSAGE) work too.',
};

const SIDES: Record<string, Utterance['SIDE']> = { user: 'User', employee: 'User', agent: 'User', client: 'Client', customer: 'Client' };

/**
 * Reads {@link transcriptField}.
 *
 * @returns utterances as `telephony.call.attachTranscription` wants them: whole seconds, a stop above zero, a text.
 *   Empty texts are left out.
 * @throws NodeOperationError naming the utterance that is wrong.
 */
export function readTranscript(reader: ItemReader): Utterance[] {
	const given = parsed(reader, reader.raw('transcript', '[]'));
	if (!Array.isArray(given)) return reader.refuse('Transcript must be a list', 'Give a list of utterances with side, start, stop and text.');
	return (given as IDataObject[]).flatMap((utterance, index) => toUtterance(reader, utterance, index));
}

/** The call that attaches a transcript. */
export function transcriptStep(callId: ParameterValue, messages: Utterance[], more: Record<string, string | number | undefined> = {}): Step {
	return { method: 'telephony.call.attachTranscription', parameters: { CALL_ID: callId, MESSAGES: messages.map((message) => ({ ...message })), ...more } };
}

function parsed(reader: ItemReader, value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value || '[]');
	} catch {
		return reader.refuse('Transcript is no valid JSON', 'Check quotes and commas, or give it as an expression.');
	}
}

function toUtterance(reader: ItemReader, utterance: IDataObject, index: number): Utterance[] {
	const label = `Utterance ${index + 1}`;
	const fields = Object.fromEntries(Object.entries(utterance ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
	const text = String(fields.text ?? fields.message ?? '').trim();
	if (text === '') return [];
	const side = SIDES[String(fields.side ?? fields.speaker ?? '').toLowerCase()];
	if (!side) return reader.refuse(`${label} has no side`, 'The side must be employee or client.');
	const start = seconds(reader, fields.start ?? fields.start_time, `${label}: start`);
	const stop = seconds(reader, fields.stop ?? fields.stop_time ?? fields.end ?? start + 1, `${label}: stop`);
	return [{ SIDE: side, START_TIME: Math.floor(start), STOP_TIME: Math.max(1, Math.ceil(stop)), MESSAGE: text }];
}

function seconds(reader: ItemReader, value: unknown, label: string): number {
	const number = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
	return Number.isFinite(number) && number >= 0 ? number : reader.refuse(`${label} must be seconds`, `It is “${String(value)}”.`);
}
