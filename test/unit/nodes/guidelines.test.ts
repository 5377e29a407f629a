import type { INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { Bitrix24OAuth2Api } from '../../../credentials/Bitrix24OAuth2Api.credentials';
import { PhoneSystemApi } from '../../../credentials/PhoneSystemApi.credentials';
import { Bitrix24Telephony } from '../../../nodes/Bitrix24Telephony/Bitrix24Telephony.node';
import { resources } from '../../../nodes/Bitrix24Telephony/operations';
import { LEAN_VERSION, VERSIONS } from '../../../nodes/Bitrix24Telephony/version';
import { Bitrix24TelephonyTrigger } from '../../../nodes/Bitrix24TelephonyTrigger/Bitrix24TelephonyTrigger.node';
import { PhoneSystemTrigger } from '../../../nodes/PhoneSystemTrigger/PhoneSystemTrigger.node';

// n8n's UX guidelines and its page on the design of a node's user interface (docs.n8n.io, creating nodes), as far as a
// machine can hold us to them.

const action: INodeType = new Bitrix24Telephony();
const nodes: INodeType[] = [action, new Bitrix24TelephonyTrigger(), new PhoneSystemTrigger()];
const credentials = [new Bitrix24OAuth2Api(), new PhoneSystemApi()];

/** A text that people read, and where it stands. */
interface Shown {
	at: string;
	text: string;
}

interface Placed {
	at: string;
	property: INodeProperties;
}

/** Every property with the way to it, also those inside collections. */
function every(properties: readonly INodeProperties[], path: string): Placed[] {
	return properties.flatMap((property) => {
		const { resource = [], operation = [] } = property.displayOptions?.show ?? {};
		const at = [path, ...resource, ...operation, property.name].join(' ');
		const inside = (property.options ?? []).flatMap((option) =>
			'values' in option
				? (option as INodePropertyCollection).values
				: 'type' in option
					? [option as INodeProperties]
					: [],
		);
		return [{ at, property }, ...every(inside, at)];
	});
}

const placed = [
	...nodes.map(({ description }) => every(description.properties, description.name)),
	...credentials.map(({ name, properties }) => every(properties, name)),
].flat();
const visible = placed.filter(({ property }) => property.type !== 'hidden');

function choices({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.filter((option): option is INodePropertyOptions => 'value' in option);
}

/** What breaks a rule, each once. */
function breaches(texts: readonly Shown[], isRight: (text: string) => boolean): string[] {
	return [...new Set(texts.filter(({ text }) => !isRight(text)).map(({ at, text }) => `${at}: ${text}`))];
}

const labels: Shown[] = visible
	.filter(({ property }) => property.type !== 'notice')
	.map(({ at, property }) => ({ at, text: property.displayName }));
const optionNames: Shown[] = visible.flatMap(({ at, property }) =>
	choices(property).map(({ name }) => ({ at, text: name })),
);
const modeNames: Shown[] = visible.flatMap(({ at, property }) =>
	(property.modes ?? []).map(({ displayName }) => ({ at, text: displayName })),
);
const tooltips: Shown[] = visible.flatMap(({ at, property }) => [
	...(property.description ? [{ at, text: property.description }] : []),
	...(property.type === 'notice' ? [{ at, text: property.displayName }] : []),
	...choices(property).flatMap(({ name, description }) =>
		description ? [{ at: `${at} ${name}`, text: description }] : [],
	),
]);
const hints: Shown[] = visible.flatMap(({ at, property }) =>
	[property.hint, ...(property.modes ?? []).map(({ hint }) => hint)].flatMap((text) => (text ? [{ at, text }] : [])),
);
const actions: Shown[] = resources.flatMap(({ value, operations }) =>
	operations.map(({ entry }) => ({ at: `${value} ${entry.value}`, text: entry.action })),
);

/** Words that Title Case leaves small: articles, conjunctions, short prepositions. */
const SMALL = /^(a|an|and|as|at|but|by|for|from|if|in|into|nor|of|on|or|the|to|with)$/;

function isTitleCase(text: string): boolean {
	const words = text
		.replace(/\([^)]*\)/g, '')
		.replace(/[“”,:]/g, ' ')
		.split(/[\s/]+/)
		.filter(Boolean);
	return words.every((word, index) => {
		const isEdge = index === 0 || index === words.length - 1;
		return /^[^a-z]/.test(word) || /^n8n/.test(word) || (!isEdge && SMALL.test(word));
	});
}

/** A sentence ends where a mark is followed by a blank and a capital; “e.g. ” and the like end none. */
const sentences = (text: string): string[] => text.split(/(?<=[.!?])(?<!e\.g\.)\s+(?=[A-Z“*{])/);

/** Of a list in HTML the entries count. */
function isPunctuated(given: string): boolean {
	const text = given.replace(/<[^>]+>/g, ' ').trim();
	return sentences(text).length === 1 ? !text.endsWith('.') : /[.!?]$/.test(text);
}

const isSentence = (text: string): boolean => /^[^a-z]|^n8n\b/.test(text) && !/^\s|\s$| {2}/.test(text);

describe('what people read', () => {
	it('has Title Case in labels, options and modes', () => {
		expect(breaches([...labels, ...optionNames, ...modeNames], isTitleCase)).toEqual([]);
		expect(
			breaches(
				nodes.map(({ description: { displayName: text } }) => ({ at: text, text })),
				isTitleCase,
			),
		).toEqual([]);
	});

	it('has sentence case in tooltips, hints and actions', () => {
		expect(breaches([...tooltips, ...hints, ...actions], isSentence)).toEqual([]);
	});

	it('ends one sentence without a period, and several with one', () => {
		expect(breaches([...tooltips, ...hints], isPunctuated)).toEqual([]);
		const { description } = action;
		expect(breaches([{ at: description.name, text: description.description }], isPunctuated)).toEqual([]);
		const entries = resources.flatMap(({ operations }) => operations.map(({ entry }) => entry));
		expect(
			breaches(
				entries.map(({ value: at, description: text }) => ({ at, text })),
				isPunctuated,
			),
		).toEqual([]);
	});

	it('says “Whether” of switches', () => {
		const switches = visible.filter(({ property }) => property.type === 'boolean');
		const texts = switches.map(({ at, property }) => ({ at, text: property.description ?? '' }));
		expect(breaches(texts, (text) => text.startsWith('Whether '))).toEqual([]);
	});

	it('gives an example for what is typed', () => {
		const typed = visible.flatMap(({ at, property }) => [
			...(property.type === 'string' && !property.typeOptions?.password
				? [{ at, text: property.placeholder ?? '' }]
				: []),
			...(property.modes ?? [])
				.filter(({ type }) => type === 'string')
				.map(({ placeholder = '' }) => ({ at, text: placeholder })),
		]);
		expect(breaches(typed, (text) => text.startsWith('e.g. '))).toEqual([]);
		const added = visible.filter(({ property }) => ['collection', 'fixedCollection'].includes(property.type));
		expect(
			breaches(
				added.map(({ at, property: { placeholder: text = '' } }) => ({ at, text })),
				(text) => text.startsWith('Add '),
			),
		).toEqual([]);
	});

	it('says Type of nothing that is a direction', () => {
		expect(breaches(labels, (text) => !/^(Call )?Type$|^Create Clients$|^Record URL$/.test(text))).toEqual([]);
	});

	it('fits: labels and options a panel, modes their narrow box', () => {
		expect(breaches(labels, (text) => text.length <= 34)).toEqual([]);
		expect(breaches(optionNames, (text) => text.length <= 42)).toEqual([]);
		// 48 pixels, which n8n's own “From list” just fits; “By Phone” is cut.
		expect(breaches(modeNames, (text) => ['From List', 'By ID'].includes(text) || text.length <= 6)).toEqual([]);
	});
});

describe('lists', () => {
	it('stand in alphabetical order, where people do not choose by a number or the like', () => {
		const wrong = visible.filter(({ at, property }) => {
			const names = choices(property).map(({ name }) => name);
			return (
				!ORDERED.some((one) => at.endsWith(one)) &&
				names.join() !== [...names].sort((one, other) => one.localeCompare(other)).join()
			);
		});
		expect(
			wrong.map(
				({ at, property }) =>
					`${at}: ${choices(property)
						.map(({ name }) => name)
						.join(', ')}`,
			),
		).toEqual([]);
	});

	it('have options of a collection in alphabetical order', () => {
		const wrong = visible
			.filter(({ property }) => property.type === 'collection')
			.map(({ at, property }) => ({
				at,
				names: (property.options as INodeProperties[]).map(({ displayName }) => displayName),
			}))
			.filter(({ names }) => names.join() !== [...names].sort((one, other) => one.localeCompare(other)).join());
		expect(wrong).toEqual([]);
	});

	it('begin with the list of the portal, where there is one', () => {
		for (const { at, property } of visible.filter(({ property }) => property.type === 'resourceLocator')) {
			expect([at, property.default]).toEqual([at, { mode: 'list', value: '' }]);
			expect([at, property.modes?.[0]]).toEqual([
				at,
				expect.objectContaining({ displayName: 'From List', name: 'list' }),
			]);
		}
	});
});

/** What is ordered otherwise: by use, as things happen, or with the free choice last. */
const ORDERED = [' resource', ' events', ' delivery', ' authorizationServer'];

describe('operations', () => {
	const operations = resources.flatMap(({ value, operations: some }) =>
		some.map((one) => ({ resource: value, ...one })),
	);

	it('have actions without articles', () => {
		expect(breaches(actions, (text) => !/\b(a|an|the)\b/i.test(text))).toEqual([]);
	});

	it('name in the action what they are about: the resource, or what else they handle', () => {
		const resourceOf = (value: string): string => (value === 'autoCall' ? 'call' : value);
		const wrong = operations.filter(({ resource, entry: { name, action } }) => {
			const words = action.toLowerCase();
			const object = name.toLowerCase().split(/[\s-]/);
			return !words.includes(resourceOf(resource)) && !object.every((word) => words.includes(word));
		});
		expect(wrong.map(({ entry }) => entry.action)).toEqual([]);
	});

	it('do not repeat the resource in their name, where one would still know what is meant', () => {
		const repeating = operations.filter(({ resource, entry }) =>
			entry.name.toLowerCase().split(' ').includes(resource.toLowerCase()),
		);
		// A log is also a list.
		expect(repeating.map(({ entry }) => entry.name)).toEqual(['Log Call', 'Check Setup']);
	});

	it('name what is common as n8n does', () => {
		const words: [RegExp, string][] = [
			[/^getMany/, 'Get Many'],
			[/^get$/, 'Get'],
			[/^delete$/, 'Delete'],
			[/^update$/, 'Update'],
			[/^(add|create)$/, 'Create'],
		];
		for (const { resource, entry } of operations)
			for (const [value, name] of words)
				if (value.test(entry.value)) expect([resource, entry.name]).toEqual([resource, name]);
	});

	it('that get many have Return All and Limit', () => {
		for (const { resource, properties } of operations.filter(({ entry: { value } }) => value === 'getMany'))
			expect([resource, properties.map(({ name }) => name)]).toEqual([
				resource,
				expect.arrayContaining(['returnAll', 'limit']),
			]);
	});

	it('that read more than ten columns simplify to ten', () => {
		for (const { resource, entry, output } of operations.filter(({ entry: { value } }) => /^(get|find)/.test(value)))
			expect([resource, entry.value, Object.keys(output).length <= 10]).toEqual([resource, entry.value, true]);
	});

	it('that delete say {deleted: true}', () => {
		for (const { resource, output } of operations.filter(({ entry: { value } }) => value === 'delete'))
			expect([resource, output]).toEqual([resource, { deleted: 'boolean' }]);
	});

	it('are described at more length than named', () => {
		for (const { entry } of operations) expect(entry.description).not.toBe(entry.name);
	});
});

describe('forms', () => {
	/** What the editor shows of a new node with this operation. */
	function firstSight(resource: string, operation: string): INodeProperties[] {
		const given: Record<string, unknown> = { resource, operation, '@version': LEAN_VERSION };
		const holds = (wanted: unknown, value: unknown): boolean =>
			typeof wanted === 'object' && wanted !== null
				? LEAN_VERSION >= (wanted as { _cnd: { gte: number } })._cnd.gte
				: wanted === value;
		return action.description.properties.filter(({ name, default: start, displayOptions: { show = {} } = {} }) => {
			const isShown = Object.entries(show).every(([key, wanted]) =>
				(wanted ?? []).some((one) => holds(one, given[key])),
			);
			if (isShown) given[name] ??= start;
			return isShown;
		});
	}
	const fields = (resource: string, operation: string): INodeProperties[] =>
		firstSight(resource, operation).filter(
			({ name, type }) => !['resource', 'operation'].includes(name) && !['collection', 'notice'].includes(type),
		);

	it('have six fields at first level at most, and Log Call no JSON', () => {
		const log = fields('call', 'logCall');
		expect(log.map(({ name }) => name)).toEqual([
			'direction',
			'phoneNumber',
			'employee',
			'start',
			'duration',
			'outcome',
		]);
		const all = resources.flatMap(({ value, operations }) =>
			operations.map(({ entry }) => [value, entry.value] as const),
		);
		for (const [resource, operation] of all)
			expect([operation, fields(resource, operation).length <= 6]).toEqual([operation, true]);
		const logged = firstSight('call', 'logCall');
		expect(every(logged, '').filter(({ property: { type } }) => type === 'json')).toEqual([]);
	});

	it('have Options only where one of them counts', () => {
		const options = (resource: string, operation: string): unknown =>
			firstSight(resource, operation)
				.filter(({ name }) => name === 'options')
				.map((property) => property.options?.map(({ name }) => name));
		expect(options('setup', 'check')).toEqual([]);
		expect(options('line', 'getMany')).toEqual([['maximumWait']]);
		expect(options('call', 'finish')).toEqual([['maximumWait', 'treatWarningsAsErrors']]);
	});

	it('show no property twice in one version', () => {
		expect(VERSIONS).toEqual(action.description.version);
		for (const { value, operations } of resources)
			for (const { entry } of operations) {
				const names = firstSight(value, entry.value).map(({ name }) => name);
				expect([value, entry.value, names]).toEqual([value, entry.value, [...new Set(names)]]);
			}
	});
});
