import type { Utterance } from '../../../bitrix24/methods/calls';
import { isMissing, isPlainObject, toNumber, toText } from '../../common/values';
import { Parameter } from './field';
import type { Given } from '../given';

/**
 * The utterances of a call, as `telephony.call.attachTranscription` wants them: whole seconds, a stop above zero, a
 * text. Utterances with an empty text are left out; anything else that lacks something is refused by its number.
 */
export const transcript = new Parameter(
	{
		displayName: 'Transcript',
		name: 'transcript',
		type: 'json',
		default: '[]',
		hint: 'Map the list that your transcription gives, or write one: side, start, stop and text of each utterance',
		description:
			'List of utterances, each {"side": "employee" or "client", "start": seconds, "stop": seconds, "text": "…"}. Bitrix24’s own names (SIDE, START_TIME, STOP_TIME, MESSAGE) work too.',
	},
	utterancesOf,
	undefined,
);

/** The same list for a collection, where an expression brings it. */
export const transcriptList = new Parameter(
	{
		displayName: 'Transcript',
		name: 'transcript',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.utterances }}',
		description:
			'A list that an expression gives, each {"side": "employee" or "client", "start": seconds, "stop": seconds, "text": "…"}. To write lines by hand add Transcript Lines.',
	},
	utterancesOf,
	new Array<Utterance>(),
);

/** Utterances line by line, for a collection. */
export const transcriptLines = new Parameter(
	{
		displayName: 'Transcript Lines',
		name: 'transcriptLines',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Line',
		default: {},
		description: 'Who said what, and when. To give a list by an expression add Transcript.',
		options: [
			{
				displayName: 'Line',
				name: 'line',
				values: [
					{
						displayName: 'Side',
						name: 'side',
						type: 'options',
						options: [
							{ name: 'Client', value: 'client' },
							{ name: 'Employee', value: 'employee' },
						],
						default: 'client',
						description: 'Who speaks',
					},
					{
						displayName: 'Start (Seconds)',
						name: 'start',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 0,
						description: 'When the line begins, from the start of the conversation',
					},
					{
						displayName: 'Stop (Seconds)',
						name: 'stop',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 1,
						description: 'When the line ends, from the start of the conversation',
					},
					{
						displayName: 'Text',
						name: 'text',
						type: 'string',
						default: '',
						placeholder: 'e.g. Is my order there?',
						description: 'What is said',
					},
				],
			},
		],
	},
	(given) => utterancesOf(isPlainObject(given.value) ? given.part(given.value.line ?? []) : given),
	new Array<Utterance>(),
);

const ROW = 'Each utterance of the Transcript needs side (employee or client), start and stop (seconds) and text.';

const SIDES = new Map<string, Utterance['SIDE']>([
	['user', 'User'],
	['employee', 'User'],
	['agent', 'User'],
	['client', 'Client'],
	['customer', 'Client'],
]);

function utterancesOf(given: Given): Utterance[] {
	const list = given.isMissing ? [] : parsed(given);
	if (!Array.isArray(list)) return given.refuse('must be a list', ROW);
	return list.flatMap((row: unknown, index) => utteranceOf(given.part(row, `Utterance ${index + 1}`)));
}

/** JSON, or what an expression made of it. */
export function parsed(given: Given): unknown {
	if (typeof given.value !== 'string') return given.value;
	try {
		return JSON.parse(given.value);
	} catch {
		return given.refuse('is no valid JSON', 'Check quotes and commas, or give it as an expression.');
	}
}

function utteranceOf(row: Given): Utterance[] {
	if (!isPlainObject(row.value)) return row.refuse('has no side', ROW);
	const fields = new Map(Object.entries(row.value).map(([name, value]) => [name.toLowerCase(), value]));
	const first = (...names: string[]): unknown =>
		names.map((name) => fields.get(name) ?? undefined).find((value) => value !== undefined);
	const said = first('text', 'message');
	const side = SIDES.get(toText(first('side', 'speaker'))?.toLowerCase() ?? '');
	if (isMissing(said) && ['text', 'message'].some((name) => fields.has(name))) return [];
	if (!side) return row.refuse('has no side', ROW);
	const text = toText(said) ?? row.refuse('has no text', ROW);
	const start = seconds(row.part(first('start', 'start_time'), `${row.label}: start`));
	const stop = seconds(row.part(first('stop', 'stop_time', 'end') ?? start + 1, `${row.label}: stop`));
	return [{ SIDE: side, START_TIME: Math.floor(start), STOP_TIME: Math.max(1, Math.ceil(stop)), MESSAGE: text }];
}

function seconds(given: Given): number {
	const number = toNumber(given.value);
	return number !== undefined && number >= 0 ? number : given.refuse('must be seconds', ROW);
}
