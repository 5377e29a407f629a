import { readOutcome, statusCodeOf, type CallOutcome, type Vocabulary } from '../../../bitrix24/outcomes';
import type { ItemReader } from '../itemReader';
import { Parameter, type Field } from './field';
import type { Given } from './given';
import { text } from './kinds';
import { asOption, option, type Option } from './option';

const LIST: Option<CallOutcome>[] = [
	{ name: 'Answered', value: 'answered' },
	{ name: 'Answered If There Was Conversation', value: 'ended', description: 'Decided by Duration: answered when it is above 0, else given up' },
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
	{ name: 'Q.850 Cause', value: 'q850', example: '16' },
	{ name: 'SIP Code', value: 'sip', example: '486' },
	{ name: 'Twilio (CallStatus)', value: 'twilio', example: 'no-answer' },
	{ name: 'Vonage (Status)', value: 'vonage', example: 'unanswered' },
];

const outcomeFrom = option({
	displayName: 'Outcome From',
	name: 'outcomeFrom',
	options: SOURCES.map(({ name, value }) => ({ name, value })),
	default: 'list',
	description: 'Whose words tell how the call ended',
});

/** Status codes of Bitrix24, for expressions (enumeration STATUS_CODE of the contract data). */
const STATUS_CODES = ['200', '304', '402', '403', '404', '423', '480', '484', '486', '503', '603', '603-S', 'OTHER'] as const;
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
	(given): CallOutcome | StatusCode => asOption<CallOutcome | StatusCode>(given, LIST, STATUS_CODES.filter((code) => code !== 'OTHER')),
	undefined,
);

const outcomeWord = text({
	displayName: 'Outcome Word',
	name: 'outcomeWord',
	displayOptions: { show: { outcomeFrom: SOURCES.map(({ value }) => value).filter((value) => value !== 'list') } },
	placeholder: 'ANSWER, 486, no-answer …',
	description: 'The word or code as your PBX reports it',
});

/** How the call ended, from a list or in the words of a PBX. */
export const outcome: Field<'outcome', CallOutcome | StatusCode> = {
	name: 'outcome',
	properties: [outcomeFrom, outcomeFromList, outcomeWord].map(({ property }) => property),
	read: (reader) => {
		const from = outcomeFrom.read(reader);
		return from === 'list' ? outcomeFromList.read(reader) : inWordsOf(from, reader.given(outcomeWord.property));
	},
};

function inWordsOf(vocabulary: Vocabulary, given: Given): CallOutcome {
	const outcome = readOutcome(vocabulary, given.text());
	const { name, example } = SOURCES.find(({ value }) => value === vocabulary) ?? { name: vocabulary, example: '' };
	return outcome ?? given.refuse(`is no final outcome of ${name}`, `Give the word of the call’s end, for example ${example}.`);
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
 * @param seconds of conversation.
 */
export function statusCode(reader: ItemReader, ended: CallOutcome | StatusCode, incoming: boolean, seconds: number): string {
	const code = isStatusCode(ended) ? ended : statusCodeOf(ended, incoming, seconds);
	if (seconds > 0 && !TALKED.includes(code)) {
		// Without the seconds, so that the advice for many items is one.
		reader.hint('The outcome says that nobody talked, but there is a Duration, which Bitrix24 shows as conversation. Ring time is not duration: give 0.');
	}
	return code;
}

function isStatusCode(ended: string): ended is StatusCode {
	return STATUS_CODES.some((code) => code === ended);
}
