import type { INodeProperties } from 'n8n-workflow';
import { readOutcome, statusCodeOf, type CallOutcome, type Vocabulary } from '../../../bitrix24/outcomes';
import type { ItemReader } from '../itemReader';

const LIST: { name: string; value: CallOutcome; description?: string }[] = [
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

const SOURCES: { name: string; value: 'list' | Vocabulary; example: string }[] = [
	{ name: 'Asterisk (DIALSTATUS or Hangup Cause)', value: 'asterisk', example: 'ANSWER' },
	{ name: 'Chosen Below', value: 'list', example: '' },
	{ name: 'FreeSWITCH (Hangup Cause)', value: 'freeswitch', example: 'NORMAL_CLEARING' },
	{ name: 'Q.850 Cause', value: 'q850', example: '16' },
	{ name: 'SIP Code', value: 'sip', example: '486' },
	{ name: 'Twilio (CallStatus)', value: 'twilio', example: 'no-answer' },
	{ name: 'Vonage (Status)', value: 'vonage', example: 'unanswered' },
];

/** How the call ended, from a list or in the words of a PBX. */
export const outcomeFields: INodeProperties[] = [
	{
		displayName: 'Outcome From',
		name: 'outcomeFrom',
		type: 'options',
		options: SOURCES.map(({ name, value }) => ({ name, value })),
		default: 'list',
		description: 'Whose words tell how the call ended',
	},
	{
		displayName: 'Outcome',
		name: 'outcome',
		type: 'options',
		displayOptions: { show: { outcomeFrom: ['list'] } },
		options: LIST,
		default: 'ended',
		description: 'How the call ended. It decides whether Bitrix24 counts a missed call. An expression may also give a status code of Bitrix24, such as 486 or 603-S.',
	},
	{
		displayName: 'Outcome Word',
		name: 'outcomeWord',
		type: 'string',
		required: true,
		displayOptions: { show: { outcomeFrom: SOURCES.map(({ value }) => value).filter((value) => value !== 'list') } },
		default: '',
		placeholder: 'ANSWER, 486, no-answer …',
		description: 'The word or code as your PBX reports it',
	},
];

/** Whether the call came in; it decides how an unanswered call counts. */
export const directionField: INodeProperties = {
	displayName: 'Direction',
	name: 'direction',
	type: 'options',
	options: [
		{ name: 'Incoming', value: 'incoming' },
		{ name: 'Outgoing', value: 'outgoing' },
	],
	default: 'outgoing',
	description: 'An unanswered incoming call counts as missed, an unanswered outgoing one as cancelled',
};

/**
 * Reads {@link outcomeFields}.
 *
 * @param incoming true for an incoming call.
 * @param duration seconds of conversation.
 * @returns Bitrix24's STATUS_CODE.
 * @throws NodeOperationError when the word is not known, naming what would be.
 */
export function readStatusCode(reader: ItemReader, incoming: boolean, duration: number): string {
	const from = reader.text('outcomeFrom', 'Outcome From');
	if (from === 'list') return fromList(reader, incoming, duration);
	const source = SOURCES.find(({ value }) => value === from && value !== 'list');
	if (!source) return reader.refuse(`There is no outcome source ${from}`, `Use one of ${SOURCES.map(({ value }) => value).join(', ')}.`);
	const word = reader.text('outcomeWord', 'Outcome Word');
	const outcome = readOutcome(source.value as Vocabulary, word);
	if (outcome) return statusCodeOf(outcome, incoming, duration);
	return reader.refuse(`${source.name} has no final outcome “${word}”`, `Give the word of the call’s end, for example ${source.example}.`);
}

/** Status codes of Bitrix24, for expressions (enumeration STATUS_CODE of the contract data). */
const STATUS_CODES = ['200', '304', '402', '403', '404', '423', '480', '484', '486', '503', '603', '603-S', 'OTHER'];

function fromList(reader: ItemReader, incoming: boolean, duration: number): string {
	const given = reader.text('outcome', 'Outcome');
	const outcome = LIST.find(({ value }) => value === given);
	if (outcome) return statusCodeOf(outcome.value, incoming, duration);
	const code = given.toUpperCase();
	if (STATUS_CODES.includes(code)) return code;
	return reader.refuse(`There is no outcome “${given}”`, `Choose one from the list, or give one of ${STATUS_CODES.join(', ')}.`);
}
