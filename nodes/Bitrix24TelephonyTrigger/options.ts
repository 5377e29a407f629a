import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { NumberStyle } from '../../pbx/numbers';
import { isMissing, kindOf, toFlag, toNumber, toText } from '../common/values';

/** From this version of the node on an item is ready to dial with: names and extension are looked up, no text is null. */
export const READY_VERSION = 1.2;

/** An option of the trigger: how n8n shows it, and how its value is read. */
class Option<Value> {
	/**
	 * @param accept gives undefined for a value that is wrong.
	 * @param advice what to give in place of a wrong value.
	 * @param absent what counts until the option is added.
	 * @param absentToday the same for nodes of {@link READY_VERSION} and later.
	 */
	constructor(
		readonly property: INodeProperties,
		private readonly accept: (value: unknown) => Value | undefined,
		private readonly advice: string,
		readonly absent: Value,
		private readonly absentToday = absent,
	) {}

	/** What counts until the option is added to a node of this version. */
	absentIn(version: number): Value {
		return version >= READY_VERSION ? this.absentToday : this.absent;
	}

	/**
	 * Reads a value. One that is missing counts as the option is shown.
	 *
	 * @returns the value; for a wrong one what counts until the option is added, and what is wrong.
	 */
	read(given: unknown, version = 1): { value: Value; wrong?: string } {
		const value = this.accept(isMissing(given) ? this.property.default : given);
		if (value !== undefined) return { value };
		return {
			value: this.absentIn(version),
			wrong: `The option ${this.property.displayName} is ${kindOf(given)}. ${this.advice}`,
		};
	}
}

function seconds(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description'> & { default: number },
): Option<number> {
	const accept = (given: unknown): number | undefined => {
		const number = toNumber(given);
		return number !== undefined && number >= 0 ? number : undefined;
	};
	return new Option(
		{ ...property, type: 'number', typeOptions: { minValue: 0 } },
		accept,
		'Give a number of seconds, 0 or more.',
		property.default,
	);
}

/** Digits that only nodes of {@link READY_VERSION} and later have a use for. */
function digits(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'> & { default: string },
): Option<string> {
	const accept = (given: unknown): string | undefined => toText(given)?.match(/^\+?(\d{0,8})$/)?.[1];
	return new Option(
		{ ...property, type: 'string', displayOptions: { show: READY_ONLY } },
		accept,
		'Give digits, eight at most.',
		property.default,
	);
}

function list<Value>(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'>,
	accept: (text: string) => Value | undefined,
	advice: string,
): Option<Value[]> {
	const acceptAll = (given: unknown): Value[] | undefined => {
		const texts = [given].flat().map(toText);
		if (!texts.every((text) => text !== undefined)) return undefined;
		const values = texts.flatMap(typedList).map(accept);
		return values.every((value) => value !== undefined) ? values : undefined;
	};
	return new Option({ ...property, type: 'string', default: '' }, acceptAll, advice, []);
}

function toEmployeeId(text: string): number | undefined {
	const number = toNumber(text);
	return number !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
}

const READY_ONLY = { '@version': [{ _cnd: { gte: READY_VERSION } }] };

const FORMS: readonly NumberStyle['form'][] = ['digits', 'plus', 'national'];

const YES_OR_NO = 'Give true or false.';

/** How events come: sent by Bitrix24 to n8n's address, fetched by n8n from the portal's queue, or both. */
export type Delivery = 'push' | 'poll' | 'both';

const DELIVERIES: readonly Delivery[] = ['push', 'poll', 'both'];

/** A parameter of its own, read as the options are. */
export const delivery = new Option<Delivery>(
	{
		displayName: 'Delivery',
		name: 'delivery',
		type: 'options',
		options: [
			{
				name: 'Push',
				value: 'push',
				description: 'Bitrix24 sends events to the address of this n8n, which must be open to the internet',
			},
			{
				name: 'Poll',
				value: 'poll',
				description:
					'N8n fetches events every few seconds, so it needs no public address. The credential must be connected by an administrator.',
			},
			{
				name: 'Both',
				value: 'both',
				description:
					'Push, and what did not arrive, as while n8n was down, is fetched. The credential must be connected by an administrator.',
			},
		],
		default: 'push',
		description: 'How events get from Bitrix24 to n8n',
	},
	(given) => DELIVERIES.find((one) => one === given),
	'Choose Push, Poll or Both, or give push, poll or both.',
	'push',
);

/** A parameter of its own, read as the options are. */
export const verifyDelivery = new Option<boolean>(
	{
		displayName: 'Verify Delivery on Activation',
		name: 'verifyDelivery',
		type: 'boolean',
		displayOptions: { hide: { delivery: ['poll'] } },
		default: false,
		description: 'Whether publishing waits for a test event of Bitrix24, and fails when it does not arrive',
	},
	toFlag,
	YES_OR_NO,
	false,
);

/** The options by the names of their properties, in alphabetical order of what n8n shows. */
const OPTIONS = {
	countryCode: digits({
		displayName: 'Country Code',
		name: 'countryCode',
		placeholder: '49',
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
		placeholder: '00',
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
		toFlag,
		YES_OR_NO,
		false,
		true,
	),
	nationalPrefix: digits({
		displayName: 'National Prefix',
		name: 'nationalPrefix',
		placeholder: '0',
		default: '0',
		description:
			'What is dialled before a number of your own country, for Number to Dial = National: 0 in many countries, 8 in Russia, and a digit for the outside line before it where the PBX wants one',
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
		(given) => FORMS.find((one) => one === given),
		'Choose Digits Only, National or With Plus, or give digits, national or plus.',
		'digits',
	),
	employees: list(
		{
			displayName: 'Only for Employees',
			name: 'employees',
			placeholder: '7, 12',
			description: 'IDs of employees, separated by commas; empty for all. Events of others start nothing.',
		},
		toEmployeeId,
		'Give the IDs of employees as numbers; Employee > Get Many lists them.',
	),
	lines: list(
		{
			displayName: 'Only for Lines',
			name: 'lines',
			placeholder: '+4940669690',
			description: 'Numbers of lines, separated by commas; empty for all. Events of others start nothing.',
		},
		(text) => text,
		'Give the numbers of lines; Line > Get Many lists them.',
	),
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
		(given) => {
			const number = toNumber(given);
			return number !== undefined && number >= 1 && number <= 3600 ? number : undefined;
		},
		'Give a number of seconds from 1 to 3600.',
		3,
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
		toFlag,
		YES_OR_NO,
		false,
	),
};

/** What the user set under Options. */
export type TriggerOptions = { [Name in keyof typeof OPTIONS]: (typeof OPTIONS)[Name]['absent'] };

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
export function readOptions(given: IDataObject, version: number): { options: TriggerOptions; wrong: string[] } {
	const read = Object.entries<Option<unknown>>(OPTIONS).map(([name, option]) => ({
		name,
		...readOption(option, given, name, version),
	}));
	const options = Object.fromEntries(read.map(({ name, value }) => [name, value])) as TriggerOptions;
	const isCountryMissing = options.dialForm === 'national' && options.countryCode === '';
	return { options, wrong: [...read.flatMap(({ wrong = [] }) => wrong), ...(isCountryMissing ? [NO_COUNTRY] : [])] };
}

function readOption(
	option: Option<unknown>,
	given: IDataObject,
	name: string,
	version: number,
): { value: unknown; wrong?: string } {
	return Object.hasOwn(given, name) ? option.read(given[name], version) : { value: option.absentIn(version) };
}

/** Reads the chosen events: a list, or a text with commas, as an expression may give either. @returns codes in upper case. */
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

/** Reads a list that the user typed: texts separated by commas or lines. */
export function typedList(text: unknown): string[] {
	return String(text ?? '')
		.split(/[,;\n]/)
		.map((one) => one.trim())
		.filter(Boolean);
}
