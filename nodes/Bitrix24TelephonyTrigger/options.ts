import type { INodeProperties } from 'n8n-workflow';
import type { NumberStyle } from '../../pbx/numbers';
import { toFlag, toNumber } from '../common/values';
import { employees, lines, onlyEmployees, onlyLines } from './only';
import { digits, Option, READY_ONLY, seconds, typedList, YES_OR_NO } from './option';

const FORMS: readonly NumberStyle['form'][] = ['digits', 'plus', 'national'];

/** The options by the names of their properties, in alphabetical order of what n8n shows. */
const OPTIONS = {
	countryCode: digits({
		displayName: 'Country Code',
		name: 'countryCode',
		placeholder: 'e.g. 49',
		default: '',
		description:
			'Of your own country, for Number to Dial = National: numbers that begin with it are dialled with the national prefix in its place',
	}),
	/** Seconds; 0 keeps repeats. */
	duplicateWindow: seconds({
		displayName: 'Duplicate Window (Seconds)',
		name: 'duplicateWindow',
		default: 30,
		description:
			'Drop a repeat of the same event and call within this time, as far as this process of n8n remembers it; 0 keeps repeats. A second click on a number repeats its call. Test listening keeps repeats.',
	}),
	/** Seconds; 0 lets events of any age pass. */
	ignoreOlderThan: seconds({
		displayName: 'Ignore Events Older Than (Seconds)',
		name: 'ignoreOlderThan',
		default: 300,
		description:
			'Start nothing for a click or a ringing or starting call that Bitrix24 delivers this late, by its clock and that of n8n; 0 for never. Other events always start the workflow.',
	}),
	internationalPrefix: digits({
		displayName: 'International Prefix',
		name: 'internationalPrefix',
		placeholder: 'e.g. 00',
		default: '00',
		description: 'What is dialled before the country code of another country, for Number to Dial = National',
	}),
	lookUpNames: new Option<boolean>(
		{
			displayName: 'Look Up Names',
			name: 'lookUpNames',
			type: 'boolean',
			default: true,
			description:
				'Whether to ask Bitrix24 for the name and extension of the employee and the name of the client. On without this option; a node of version 1.1 or earlier looks nothing up without it.',
		},
		{ accept: toFlag, advice: YES_OR_NO, absent: false, absentToday: true },
	),
	nationalPrefix: digits({
		displayName: 'National Prefix',
		name: 'nationalPrefix',
		placeholder: 'e.g. 0',
		default: '0',
		description:
			'What is dialled before a number of your own country, for Number to Dial = National: 0 in many countries, 8 in Russia, and a digit for the outside line before it where the phone system wants one',
	}),
	dialForm: new Option<NumberStyle['form']>(
		{
			displayName: 'Number to Dial',
			name: 'dialForm',
			type: 'options',
			displayOptions: { show: READY_ONLY },
			options: [
				{ name: 'Digits Only', value: 'digits', description: 'Such as 4940123456' },
				{ name: 'National', value: 'national', description: 'Such as 040123456, and 00 before other countries' },
				{ name: 'With Plus', value: 'plus', description: 'Such as +4940123456' },
			],
			default: 'digits',
			description:
				'How DIAL_NUMBER is written. Short numbers stay as they are; a service code such as *21*0170# is never given.',
		},
		{
			accept: (given) => FORMS.find((one) => one === given),
			advice: 'Choose Digits Only, National or With Plus, or give digits, national or plus.',
			absent: 'digits',
		},
	),
	employees,
	onlyEmployees,
	lines,
	onlyLines,
	/** Seconds. */
	pollInterval: new Option<number>(
		{
			displayName: 'Poll Interval (Seconds)',
			name: 'pollInterval',
			type: 'number',
			typeOptions: { minValue: 1 },
			displayOptions: { show: { '/delivery': ['poll', 'both'] } },
			default: 3,
			description:
				'Time between two looks into the queue of Bitrix24. When nothing comes for a quarter of an hour and longer, it grows to up to 15 seconds.',
		},
		{
			accept: (given) => {
				const number = toNumber(given);
				return number !== undefined && number >= 1 && number <= 3600 ? number : undefined;
			},
			advice: 'Give a number of seconds from 1 to 3600.',
			absent: 3,
		},
	),
	reportTooLate: new Option<boolean>(
		{
			displayName: 'Report Too Late Events',
			name: 'reportTooLate',
			type: 'boolean',
			default: true,
			description:
				'Whether to add an output Too Late for what Ignore Events Older Than stops, such as clicks of the time while n8n was down. Nothing there should dial. Off without this option.',
		},
		{ accept: toFlag, advice: YES_OR_NO, absent: false },
	),
};

type Read = { [Name in keyof typeof OPTIONS]: (typeof OPTIONS)[Name]['absent'] };

/** What the user set under Options; each filter is one list, however it was given. */
export type TriggerOptions = Omit<Read, 'onlyEmployees' | 'onlyLines'>;

/** The options as n8n shows them. */
export const optionProperties: INodeProperties[] = Object.values(OPTIONS).map(({ property }) => property);

const NO_COUNTRY =
	'Number to Dial is National, but the option Country Code is empty. Give the code of your country, such as 49.';

/**
 * Reads the options.
 *
 * @param version of the node: what counts without an option differs.
 * @returns their values, and what is wrong with them: publishing fails of it. An expression may go wrong later, and no
 *   event shall be lost for that, so such an option counts as one that was not added.
 */
export function readOptions(
	given: Record<string, unknown>,
	version: number,
): { options: TriggerOptions; wrong: string[] } {
	const read = Object.entries<Option<unknown>>(OPTIONS).map(([name, option]) => ({
		name,
		...readOption(option, given, name, version),
	}));
	const { onlyEmployees, onlyLines, ...rest } = Object.fromEntries(
		read.map(({ name, value }) => [name, value]),
	) as Read;
	const options = {
		...rest,
		employees: [...rest.employees, ...onlyEmployees],
		lines: [...rest.lines, ...onlyLines],
	};
	const isCountryMissing = options.dialForm === 'national' && options.countryCode === '';
	return { options, wrong: [...read.flatMap(({ wrong = [] }) => wrong), ...(isCountryMissing ? [NO_COUNTRY] : [])] };
}

function readOption(
	option: Option<unknown>,
	given: Record<string, unknown>,
	name: string,
	version: number,
): { value: unknown; wrong?: string } {
	return Object.hasOwn(given, name) ? option.read(given[name], version) : { value: option.absentIn(version) };
}

/**
 * Reads the chosen events: a list, or a text with commas, as an expression may give either. @returns codes in upper
 * case.
 */
export function chosenEvents(value: unknown): string[] {
	return [
		...new Set(
			[value]
				.flat()
				.flatMap(typedList)
				.map((code) => code.toUpperCase()),
		),
	];
}
