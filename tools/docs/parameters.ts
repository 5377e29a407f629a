import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { plain, table } from './markdown';

/** Above so many choices without a word of explanation they stand in one line. */
const FEW = 6;

/**
 * The parameters of a node or operation for people: a table of those that are always there, then one for each group.
 *
 * @param properties those that n8n may show together; conditions of resource and operation are not told.
 */
export function parameters(properties: readonly INodeProperties[]): string {
	const notices = properties.filter(({ type }) => type === 'notice');
	const shown = properties.filter(({ type }) => type !== 'notice' && type !== 'hidden');
	if (shown.length === 0) return 'None.';
	return [
		...notices.map(({ displayName }) => `> ${plain(displayName)}`),
		rows(shown, properties),
		...shown.flatMap((property) => groups(property, properties)),
	].join('\n\n');
}

function rows(shown: readonly INodeProperties[], all: readonly INodeProperties[], value = 'default'): string {
	return table(
		['parameter', 'takes', value, 'what it is'],
		shown.map((property) => [nameOf(property), kindOf(property), defaultOf(property), wordsOf(property, all)]),
	);
}

function groups({ displayName, type, options = [] }: INodeProperties, all: readonly INodeProperties[]): string[] {
	if (type === 'collection') {
		const inner = options.filter((option): option is INodeProperties => 'type' in option);
		const around = [...inner, ...all];
		return inner.length === 0
			? []
			: [`### ${displayName}`, rows(inner, around, 'when added'), ...inner.flatMap((one) => groups(one, around))];
	}
	if (type !== 'fixedCollection') return [];
	return options
		.filter((option): option is INodePropertyCollection => 'values' in option)
		.flatMap(({ displayName: name, values }) => [
			`### ${displayName}${name === displayName ? '' : `: ${name}`}`,
			rows(values, [...values, ...all]),
		]);
}

function nameOf({ displayName, name, required }: INodeProperties): string {
	return `**${displayName}**${required ? ' (required)' : ''}<br>\`${name}\``;
}

function kindOf({ type, typeOptions, modes = [] }: INodeProperties): string {
	if (type === 'resourceLocator') return modes.map(({ displayName }) => displayName).join(', ');
	const KINDS: Partial<Record<typeof type, string>> = {
		string: typeOptions?.password ? 'secret text' : 'text',
		number: ['number', rangeOf(typeOptions)].filter(Boolean).join(' '),
		boolean: 'on or off',
		dateTime: 'date and time',
		options: 'one of a list',
		multiOptions: 'some of a list',
		collection: 'fields to add, below',
		fixedCollection: 'rows to add, below',
		json: 'JSON',
	};
	return KINDS[type] ?? type;
}

function rangeOf({ minValue, maxValue }: NonNullable<INodeProperties['typeOptions']> = {}): string {
	if (minValue === undefined) return '';
	return maxValue === undefined ? `from ${minValue}` : `${minValue} to ${maxValue}`;
}

function defaultOf({ default: given, type, modes = [], options = [] }: INodeProperties): string {
	if (type === 'collection' || type === 'fixedCollection') return '';
	if (type === 'boolean') return given === true ? 'on' : 'off';
	if (typeof given === 'object' && given !== null && 'mode' in given)
		return modes.find(({ name }) => name === given.mode)?.displayName ?? '';
	const texts = [given].flat().map((one) => choiceNamed(options, one) ?? String(one ?? ''));
	const text = texts.filter(Boolean).join(', ');
	return text && (['string', 'json'].includes(type) || text.startsWith('=') ? `\`${text}\`` : text);
}

function choiceNamed(options: NonNullable<INodeProperties['options']>, value: unknown): string | undefined {
	return choices(options).find((option) => option.value === value)?.name;
}

function choices(options: NonNullable<INodeProperties['options']>): INodePropertyOptions[] {
	return options.filter((option): option is INodePropertyOptions => 'value' in option);
}

function wordsOf(property: INodeProperties, all: readonly INodeProperties[]): string {
	const { description = '', hint, placeholder, options = [] } = property;
	return [
		...conditions(property.displayOptions, all),
		sentence(plain(description)),
		hint ? sentence(plain(hint)) : '',
		placeholder && !['collection', 'fixedCollection'].includes(property.type)
			? `Such as \`${placeholder.replace(/^e\.g\. /, '')}\`.`
			: '',
		listOf(choices(options)),
	]
		.filter(Boolean)
		.join(' ');
}

function sentence(text: string): string {
	return !text || /[.!?]$/.test(text) ? text : `${text}.`;
}

function listOf(options: INodePropertyOptions[]): string {
	if (options.length === 0) return '';
	if (options.length > FEW && options.every(({ description }) => !description))
		return `One of ${options.map(({ name }) => `*${name}*`).join(', ')}.`;
	return options
		.map(({ name, description }) => `<br>*${name}*${description ? `: ${plain(description)}` : ''}`)
		.join('');
}

/** When n8n shows a parameter, in the words of what else it shows. */
function conditions({ show = {}, hide = {} }: IDisplayOptions = {}, all: readonly INodeProperties[]): string[] {
	const told = ([name]: [string, unknown]): boolean =>
		!['resource', 'operation', '@version'].includes(name.replace('/', ''));
	return [
		...Object.entries(show)
			.filter(told)
			.map(([name, values]) => `Only with ${condition(name, values, all)}.`),
		...Object.entries(hide)
			.filter(told)
			.map(([name, values]) => `Not with ${condition(name, values, all)}.`),
	];
}

function condition(name: string, values: unknown, all: readonly INodeProperties[]): string {
	const given = [values].flat();
	const property = all.find((one) => one.name === name.replace('/', ''));
	const offered = choices(property?.options ?? []);
	const label = `*${property?.displayName ?? name}*`;
	const others = offered.filter(({ value }) => !given.includes(value));
	if (given.length > 2 && others.length <= 2)
		return `${label} other than ${others.map(({ name: one }) => one).join(', ')}`;
	return `${label} ${given.map((value) => choiceNamed(offered, value) ?? valueOf(value)).join(' or ')}`;
}

function valueOf(value: unknown): string {
	return value === true ? 'on' : value === false ? 'off' : JSON.stringify(value);
}

/** What a node of the newest version shows. Conditions of the version are met, so they are not told. */
export function newest({
	version,
	properties,
}: Pick<INodeTypeDescription, 'version' | 'properties'>): INodeProperties[] {
	return ofVersion(properties, Math.max(...[version].flat()));
}

function ofVersion(properties: readonly INodeProperties[], version: number): INodeProperties[] {
	return properties
		.filter(({ displayOptions: { show = {}, hide = {} } = {} }) => {
			const wanted = show['@version'];
			return (
				(!wanted || wanted.some((one) => isMet(one, version))) && !hide['@version']?.some((one) => isMet(one, version))
			);
		})
		.map((property) => ({ ...property, ...(property.options && { options: optionsOf(property, version) }) }));
}

function optionsOf({ options = [] }: INodeProperties, version: number): INodeProperties['options'] {
	return options.every((one) => 'type' in one) ? ofVersion(options, version) : options;
}

/** n8n’s conditions, as far as nodes here use them. */
function isMet(wanted: unknown, version: number): boolean {
	if (typeof wanted !== 'object' || wanted === null || !('_cnd' in wanted)) return wanted === version;
	const condition: { gte?: number; lt?: number; eq?: number } = Object(wanted._cnd);
	const { gte = -Infinity, lt = Infinity, eq = version } = condition;
	return version >= gte && version < lt && version === eq;
}
