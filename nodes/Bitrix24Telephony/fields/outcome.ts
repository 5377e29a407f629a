import type { INodeProperties } from 'n8n-workflow';
import { isRunning, readOutcome, statusCodeOf, type CallOutcome, type Vocabulary } from '../../../bitrix24/outcomes';
import { isPlainObject } from '../../common/values';
import type { ItemReader } from '../itemReader';
import { shownBefore, shownSince } from '../version';
import { Parameter, type Field } from './field';
import type { Given } from '../given';
import { text } from './kinds';
import { asOption, option, type Option } from './option';

const LIST: Option<CallOutcome>[] = [
	{ name: 'Answered', value: 'answered' },
	{
		name: 'Answered If There Was Conversation',
		value: 'ended',
		description: 'Decided by Duration: answered when it is above 0, else given up',
	},
	{ name: 'Blocked', value: 'blocked', description: 'The number is on a block list' },
	{ name: 'Busy', value: 'busy' },
	{ name: 'Cancelled by Caller', value: 'cancelled', description: 'Whoever called hung up before an answer' },
	{ name: 'Declined', value: 'declined' },
	{ name: 'Forbidden', value: 'forbidden' },
	{ name: 'Missed', value: 'unanswered', description: 'It rang and nobody answered' },
	{ name: 'No Funds', value: 'noFunds' },
	{ name: 'No Route', value: 'noRoute', description: 'The trunk or the network refused the call' },
	{ name: 'No Such Number', value: 'noSuchNumber' },
	{ name: 'Number Incomplete', value: 'incompleteNumber' },
	{ name: 'Other', value: 'other' },
	{ name: 'Unavailable', value: 'unavailable', description: 'The phone is off or not registered' },
];

const SOURCES: (Option<'list' | Vocabulary> & { example: string })[] = [
	{ name: 'Asterisk (DIALSTATUS or Hangup Cause)', value: 'asterisk', example: 'ANSWER' },
	{ name: 'Chosen Below', value: 'list', example: '' },
	{ name: 'FreeSWITCH (Hangup Cause)', value: 'freeswitch', example: 'NORMAL_CLEARING' },
	{ name: 'Mango Office (Disconnect Reason)', value: 'mango', example: '1121' },
	{ name: 'MegaFon (Status)', value: 'megafon', example: 'missed' },
	{ name: 'Q.850 Cause', value: 'q850', example: '16' },
	{ name: 'SIP Code', value: 'sip', example: '486' },
	{ name: 'Twilio (CallStatus)', value: 'twilio', example: 'no-answer' },
	{ name: 'UIS, CoMagic or CallGear (Finish Reason)', value: 'uis', example: 'subscriber_busy' },
	{ name: 'Vonage (Status)', value: 'vonage', example: 'unanswered' },
	{ name: 'Yeastar (Status)', value: 'yeastar', example: 'NO ANSWER' },
	{ name: 'Zadarma (Disposition)', value: 'zadarma', example: 'no answer' },
];

const outcomeFrom = option({
	displayName: 'Outcome From',
	name: 'outcomeFrom',
	options: SOURCES.map(({ name, value }) => ({ name, value })),
	default: 'list',
	description: 'Whose words tell how the call ended',
});

/** Status codes of Bitrix24, for expressions (enumeration STATUS_CODE of the contract data). */
const STATUS_CODES = [
	'200',
	'304',
	'402',
	'403',
	'404',
	'423',
	'480',
	'484',
	'486',
	'503',
	'603',
	'603-S',
	'OTHER',
] as const;
type StatusCode = (typeof STATUS_CODES)[number];

const outcomeFromList = new Parameter(
	{
		displayName: 'Outcome',
		name: 'outcome',
		type: 'options',
		displayOptions: { show: { outcomeFrom: ['list'] } },
		options: LIST,
		default: 'ended',
		description:
			'How the call ended. It decides whether Bitrix24 counts a missed call. An expression may also give a status code of Bitrix24, such as 486 or 603-S.',
	},
	(given): CallOutcome | StatusCode =>
		asOption<CallOutcome | StatusCode>(
			given,
			LIST,
			STATUS_CODES.filter((code) => code !== 'OTHER'),
		),
	undefined,
);

/** {@link outcomeFromList} as it stands alone. */
const LEAN_LIST: INodeProperties = { ...outcomeFromList.property, displayOptions: undefined };

/** Words of phone systems. */
const WORDS = SOURCES.filter((source): source is Option<Vocabulary> & { example: string } => source.value !== 'list');

const outcomeWord = text({
	displayName: 'Outcome Word',
	name: 'outcomeWord',
	displayOptions: { show: { outcomeFrom: WORDS.map(({ value }) => value) } },
	placeholder: 'e.g. NO ANSWER',
	description: 'The word or code as your phone system reports it, such as ANSWER, 486 Busy Here or no-answer',
});

/** What to do with a word that nobody knows, for a collection. */
export const ifUnknownOutcome = option({
	displayName: 'If the Outcome Is Unknown',
	name: 'ifUnknownOutcome',
	options: [
		{ name: 'Fail', value: 'fail', description: 'The call is not finished' },
		{
			name: 'Finish as Other',
			value: 'other',
			description: 'With a warning. Without any word, Duration tells whether it was answered.',
		},
	],
	default: 'other',
	description: 'What to do with an Outcome Word that is empty or not known. Finishes as other unless added.',
});

/** A word that the vocabulary does not have. */
interface Unknown {
	/** Empty when nothing came. */
	word: string;
	/** Whose word it should be. */
	source: string;
	refuse: () => never;
}

/** What {@link outcome} reads. */
export type Ended = CallOutcome | StatusCode | Unknown;

/** How the call ended, from a list or in the words of a PBX. */
export const outcome: Field<'outcome', Ended> = {
	name: 'outcome',
	properties: [outcomeFrom, outcomeFromList, outcomeWord].map(({ property }) => property),
	read: (reader) => {
		const from = outcomeFrom.read(reader);
		return from === 'list' ? outcomeFromList.read(reader) : inWordsOf(from, reader.given(outcomeWord.property));
	},
};

/**
 * The list alone: words of a phone system are an option, {@link outcomeInWords}. Nodes of before have {@link outcome}.
 */
export const outcomeOfList: Field<'outcome', Ended> = {
	name: 'outcome',
	properties: [...outcome.properties.map(shownBefore), shownSince(LEAN_LIST)],
	read: (reader) => (reader.isOfBefore ? outcome.read(reader) : outcomeFromList.accept(reader.given(LEAN_LIST))),
};

/** How the call ended in the words of a phone system, for a collection; undefined when it is not added. */
export const outcomeInWords = new Parameter(
	{
		displayName: 'Outcome Word',
		name: 'outcomeWord',
		type: 'fixedCollection',
		default: { said: { outcomeFrom: 'asterisk', word: '' } },
		placeholder: 'Add Outcome Word',
		description: 'How the call ended in the words of your phone system. It counts in place of Outcome.',
		options: [
			{
				displayName: 'Outcome Word',
				name: 'said',
				values: [
					{ ...outcomeFrom.property, options: WORDS.map(({ name, value }) => ({ name, value })), default: 'asterisk' },
					{ ...outcomeWord.property, displayOptions: undefined, name: 'word', required: false },
				],
			},
		],
	},
	(given) => {
		const { outcomeFrom: from, word } = rowOf(given);
		const source = given.part(from, 'Outcome From');
		return inWordsOf(asOption(source, WORDS), given.part(word, 'Outcome Word'));
	},
	undefined,
);

function rowOf(given: Given): Record<string, unknown> {
	const said = isPlainObject(given.value) ? given.value.said : undefined;
	return isPlainObject(said) ? said : given.refuse('has no word', 'Choose whose word it is, and give the word.');
}

/** A word of a call that goes on is refused in any case: the report of its end is still to come. */
function inWordsOf(vocabulary: Vocabulary, given: Given): CallOutcome | Unknown {
	const word = given.optionalText() ?? '';
	const { name: source, example } = SOURCES.find(({ value }) => value === vocabulary) ?? {
		name: vocabulary,
		example: '',
	};
	const refuse = (): never =>
		word === ''
			? given.refuseMissing()
			: given.refuse(`is no final outcome of ${source}`, `Give the word of the call’s end, for example ${example}.`);
	if (isRunning(vocabulary, word)) refuse();
	return readOutcome(vocabulary, word) ?? { word, source, refuse };
}

/** Whether the call came in; it decides how an unanswered call counts. */
export const direction = option({
	displayName: 'Direction',
	name: 'direction',
	options: [
		{ name: 'Incoming', value: 'incoming' },
		{ name: 'Outgoing', value: 'outgoing' },
	],
	default: 'outgoing',
	description: 'An unanswered incoming call counts as missed, an unanswered outgoing one as cancelled',
});

/** Codes of calls in which somebody may have talked. */
const TALKED = ['200', 'OTHER'];

/**
 * Turns what {@link outcome} reads into Bitrix24's STATUS_CODE. Hints when nobody answered and yet there is a duration.
 *
 * A word that nobody knows ends the call all the same, with a warning: a call that is not finished keeps its card open
 * and comes into no history. No word at all says as little as “over”, so the duration decides; Asterisk reports it of a
 * caller who was gone before anybody was rung (DIALSTATUS).
 *
 * @param seconds of conversation.
 * @param ifUnknown `fail` refuses such a word. Finishes as other by default.
 */
export function statusCode(
	reader: ItemReader,
	ended: Ended,
	incoming: boolean,
	seconds: number,
	ifUnknown: 'fail' | 'other' = 'other',
): string {
	const outcome = typeof ended === 'string' ? ended : outcomeWithout(reader, ended, ifUnknown);
	const code = isStatusCode(outcome) ? outcome : statusCodeOf(outcome, incoming, seconds);
	if (seconds > 0 && !TALKED.includes(code)) {
		// Without the seconds, so that the advice for many items is one.
		reader.hint(
			'The outcome says that nobody talked, but there is a Duration, which Bitrix24 shows as conversation. Ring time is not duration: give 0.',
		);
	}
	return code;
}

function outcomeWithout(
	reader: ItemReader,
	{ word, source, refuse }: Unknown,
	ifUnknown: 'fail' | 'other',
): CallOutcome {
	if (ifUnknown === 'fail') return refuse();
	if (word === '') {
		reader.warn('Outcome Word is empty, so Duration decided whether the call was answered');
		return 'ended';
	}
	reader.warn(`“${word.slice(0, 80)}” is no outcome of ${source}, so the call ended as other`);
	return 'other';
}

function isStatusCode(ended: string): ended is StatusCode {
	return STATUS_CODES.some((code) => code === ended);
}
