import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OutputFields } from '../../nodes/common/outputSchema';
import { NOTHING_CHANGED } from '../../bitrix24/hints';
import type { Operation } from '../../nodes/Bitrix24Telephony/operations/operation';
import { fieldWords } from './fieldWords';
import { json, plain, table } from './markdown';
import { parameters } from './parameters';

/** One REST call, as it was sent. */
interface Sent {
	method: string;
	parameters: Record<string, unknown>;
}

/** What one run of an operation was seen to do. */
export interface Recorded {
	/** The node's parameters. */
	parameters: IDataObject;
	/** What the item held before the node. */
	input: IDataObject;
	requests: { isBatch: boolean; calls: Sent[] }[];
	items: IDataObject[];
}

/** A failure that was provoked, and what the user read. */
export interface Failing {
	message: string;
	advice: string;
}

/** A method of Bitrix24. */
export interface Method {
	purpose: string;
	/** Address of its documentation. */
	documentation?: string;
}

/** All that a page tells of an operation. */
interface Page {
	resource: string;
	resourceValue: string;
	operation: Operation;
	/** Parameters in the order in which n8n shows them, options included. */
	properties: readonly INodeProperties[];
	recorded: Recorded;
	/** What Bitrix24's methods are for, and where it documents them, by name. */
	methods: Record<string, Method>;
	/** Workflows to import that have this operation, by file name. */
	examples: string[];
	/** Refusals of the node itself, and of Bitrix24. */
	own: Failing[];
	portal: Failing[];
	/** Version of the node. */
	version: number;
}

/** The node names the method behind its advice. */
const METHOD = / \((?:telephony|voximplant|crm|user|event|app)\.[\w.]+\)/g;

/** What the node says behind its advice of what was changed, and what the column of that says instead. */
const CHANGED: readonly [RegExp, string][] = [
	[new RegExp(` ${NOTHING_CHANGED.replaceAll('.', '\\.')}`), 'nothing'],
	[/( This request changed nothing\.)? Bitrix24 has registered this call before: \S+/, 'the call is registered'],
];

/** The advice of a refusal that becomes a warning. */
const GOES_ON = 'The item goes on.';

/** Items that an example shows. */
const MOST_ITEMS = 2;

/** A field of operations that can succeed in part. */
const WARNED: OutputFields = { WARNINGS: 'list' };

/** Head of everything here. @param command writes the page */
export const madeBy = (command: string): string => `<!-- Made by \`${command}\`; do not edit. -->`;

/** Name of an operation's page. */
export function pageName(resource: string, operation: string): string {
	return `${dashed(resource)}-${dashed(operation)}.md`;
}

function dashed(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The page of an operation. */
export function operationPage(page: Page): string {
	const { resource, resourceValue, operation, properties, examples } = page;
	const output = { ...operation.output, ...(operation.warns && WARNED) };
	return [
		`# ${resource}: ${operation.entry.name}`,
		`${plain(operation.entry.description).replace(/\.?$/, '.')}`,
		['[All operations](README.md)', atWork(examples)].filter(Boolean).join(' · '),
		'## Parameters',
		parameters(properties),
		'## Example',
		...example(page),
		'## Output fields',
		outputFields(output, `${resourceValue} ${operation.entry.value}`),
		'## Errors and advice',
		...errors(page),
	].join('\n\n');
}

function atWork(examples: string[]): string {
	const links = examples.map((file) => `[${file}](../../examples/${file})`);
	return links.length > 0 ? `To import with this operation: ${links.join(', ')}` : '';
}

function example({ resourceValue, operation, recorded, methods, version }: Page): string[] {
	const node = {
		name: operation.entry.action,
		type: 'n8n-nodes-bitrix24-telephony.bitrix24Telephony',
		typeVersion: version,
		position: [0, 0],
		parameters: { resource: resourceValue, operation: operation.entry.value, ...recorded.parameters },
	};
	return [
		...(Object.keys(recorded.input).length > 0 ? ['The item before the node:', json(recorded.input)] : []),
		'The node. Copy it, click on the canvas of n8n, and paste:',
		json({ nodes: [node], connections: {} }),
		'### What is sent',
		...sent(recorded.requests, methods),
		'### What comes back',
		...back(recorded.items),
	];
}

function sent(requests: Recorded['requests'], methods: Page['methods']): string[] {
	if (requests.length === 0) return ['Nothing.'];
	return requests.flatMap(({ isBatch, calls }, index) => [
		`**Request ${index + 1}**${isBatch ? `: a \`batch\` of ${calls.length}` : ''}`,
		...calls.flatMap((call) =>
			Object.keys(call.parameters).length > 0
				? [purpose(call, methods), json(call.parameters)]
				: [`${purpose(call, methods)}; without parameters`],
		),
	]);
}

function purpose({ method }: Sent, methods: Page['methods']): string {
	const { purpose: what, documentation } = methods[method] ?? {};
	const name = documentation ? `[\`${method}\`](${documentation})` : `\`${method}\``;
	return what ? `${name}: ${plain(what)}` : name;
}

function back(items: IDataObject[]): string[] {
	const more = items.length - MOST_ITEMS;
	return [
		json(items.length === 1 ? items[0] : items.slice(0, MOST_ITEMS)),
		...(more > 0 ? [`… and ${more} more ${more === 1 ? 'item' : 'items'}.`] : []),
	];
}

/**
 * The fields of an item, with their types and meaning.
 *
 * @param place resource and operation, such as `call finish`, or the code of an event
 */
export function outputFields(fields: OutputFields, place: string): string {
	return table(
		['field', 'type', 'what it is'],
		Object.entries(fields).map(([name, type]) => [
			`\`${name}\``,
			type.replace('?', ' or `null`'),
			fieldWords(name, place),
		]),
	);
}

function errors({ own, portal }: Page): string[] {
	return [
		...(own.length > 0 ? ['Before anything is sent:', failures(own)] : []),
		...(portal.length > 0
			? ['When Bitrix24 refuses. Where it changed nothing, it is safe to run the item again:', failures(portal)]
			: []),
		'Every operation may also meet [these](errors.md). What lost answers and limits come to: [faults](../faults.md).',
	];
}

/** Messages with their advice, and where the node says so, what was changed in Bitrix24. */
export function failures(rows: Failing[]): string {
	const told = together(rows).map(({ message, advice }) => {
		const [words, changed = ''] = CHANGED.find(([pattern]) => pattern.test(advice)) ?? [];
		const shown = advice.replaceAll(METHOD, '').replace(words ?? '', '');
		return [plain(message).replaceAll('\n', '<br>'), plain(shown), changed];
	});
	if (!told.some(([, , changed]) => changed))
		return table(
			['the node says', 'what to do'],
			told.map((row) => row.slice(0, 2)),
		);
	return table(['the node says', 'what to do', 'changed in Bitrix24'], told);
}

/** What becomes a warning stands in one row: there is nothing to do about each. */
function together(rows: Failing[]): Failing[] {
	const warnings = rows.filter(({ advice }) => advice === GOES_ON).map(({ message }) => message);
	const others = rows.filter(({ advice }) => advice !== GOES_ON);
	return warnings.length > 0 ? [...others, { message: warnings.join('\n'), advice: GOES_ON }] : others;
}
