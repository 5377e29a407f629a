import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** What the user set under Options. */
export interface TriggerOptions {
	/** Seconds; 0 keeps repeats. */
	duplicateWindow: number;
	/** Seconds; 0 lets events of any age pass. */
	oldest: number;
	lookUpNames: boolean;
	/** Ids of employees; empty for all. */
	employees: string[];
	/** Numbers of lines; empty for all. */
	lines: string[];
}

const DUPLICATE_WINDOW: INodeProperties = {
	displayName: 'Duplicate Window (Seconds)',
	name: 'duplicateWindow',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 30,
	description: 'Drop a repeat of the same event and call within this time, as far as this process of n8n remembers it; 0 keeps repeats. A second click on a number repeats its call. Test listening keeps repeats.',
};

const OLDEST: INodeProperties = {
	displayName: 'Ignore Events Older Than (Seconds)',
	name: 'ignoreOlderThan',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 300,
	description: 'Start nothing for a click or a ringing or starting call that Bitrix24 delivers this late, by its clock and that of n8n; 0 for never. Other events always start the workflow.',
};

const LOOK_UP_NAMES: INodeProperties = {
	displayName: 'Look Up Names',
	name: 'lookUpNames',
	type: 'boolean',
	default: true,
	description: 'Whether to ask Bitrix24 for the name and extension of the employee and the name of the client. Off without this option.',
};

const EMPLOYEES: INodeProperties = {
	displayName: 'Only for Employees',
	name: 'employees',
	type: 'string',
	default: '',
	placeholder: '7, 12',
	description: 'IDs of employees, separated by commas. Events of others start nothing.',
};

const LINES: INodeProperties = {
	displayName: 'Only for Lines',
	name: 'lines',
	type: 'string',
	default: '',
	placeholder: '+4940669690',
	description: 'Numbers of lines, separated by commas. Events of others start nothing.',
};

/** The options as n8n shows them, in alphabetical order. */
export const optionProperties: INodeProperties[] = [DUPLICATE_WINDOW, OLDEST, LOOK_UP_NAMES, EMPLOYEES, LINES];

/**
 * Reads the options. An option that was added without a value counts as it is shown. So does a number that is none: an
 * event must not fail because of it; {@link wrongOption} tells the user at activation.
 */
export function readOptions(options: IDataObject): TriggerOptions {
	return {
		duplicateWindow: seconds(options, DUPLICATE_WINDOW) ?? Number(DUPLICATE_WINDOW.default),
		oldest: seconds(options, OLDEST) ?? Number(OLDEST.default),
		lookUpNames: LOOK_UP_NAMES.name in options && valueOf(options, LOOK_UP_NAMES) === true,
		employees: typedList(options.employees),
		lines: typedList(options.lines),
	};
}

/** Reads the chosen events: a list, or a text with commas, as an expression may give either. @returns codes in upper case. */
export function chosenEvents(value: unknown): string[] {
	return [...new Set([value].flat().flatMap(typedList).map((code) => code.toUpperCase()))];
}

/** Says what is wrong with the options, for the user; undefined when nothing is. */
export function wrongOption(options: IDataObject): string | undefined {
	const number = [DUPLICATE_WINDOW, OLDEST].find((property) => seconds(options, property) === undefined);
	if (number) return `The option ${number.displayName} is ${JSON.stringify(options[number.name])}. Give a number of seconds, 0 or more.`;
	const employee = typedList(options.employees).find((id) => !/^\d+$/.test(id));
	return employee === undefined
		? undefined
		: `The option ${EMPLOYEES.displayName} holds “${employee}”. Give the IDs of employees as numbers; Employee > Get Many lists them.`;
}

/** Reads a list that the user typed: texts separated by commas or lines. */
export function typedList(text: unknown): string[] {
	return String(text ?? '')
		.split(/[,;\n]/)
		.map((one) => one.trim())
		.filter(Boolean);
}

function valueOf(options: IDataObject, { name, default: shown }: INodeProperties): unknown {
	const value = options[name];
	return value === undefined || value === null || value === '' ? shown : value;
}

function seconds(options: IDataObject, property: INodeProperties): number | undefined {
	const value = Number(valueOf(options, property));
	return value >= 0 && value < Infinity ? value : undefined;
}
