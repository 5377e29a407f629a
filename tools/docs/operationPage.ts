import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OutputFields } from '../../nodes/common/outputSchema';
import type { Operation } from '../../nodes/Bitrix24Telephony/operations/operation';
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

/** All that a page tells of an operation. */
interface Page {
	resource: string;
	resourceValue: string;
	operation: Operation;
	/** Parameters in the order in which n8n shows them, options included. */
	properties: readonly INodeProperties[];
	recorded: Recorded;
	/** What Bitrix24's methods are for, by name. */
	purposes: Record<string, string>;
	/** Refusals of the node itself, and of Bitrix24. */
	own: Failing[];
	portal: Failing[];
	/** Version of the node. */
	version: number;
}

/** The node names the method behind its advice. */
const METHOD = / \((?:telephony|voximplant|crm|user|event|app)\.[\w.]+\)/g;

/** Items that an example shows. */
const MOST_ITEMS = 2;

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
	const { resource, operation, properties } = page;
	return [
		`# ${resource}: ${operation.entry.name}`,
		`${plain(operation.entry.description).replace(/\.?$/, '.')}`,
		'[All operations](README.md)',
		'## Parameters',
		parameters(properties),
		'## Example',
		...example(page),
		'## Output fields',
		outputFields(operation.output),
		'## Errors and advice',
		...errors(page),
	].join('\n\n');
}

function example({ resourceValue, operation, recorded, purposes, version }: Page): string[] {
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
		...sent(recorded.requests, purposes),
		'### What comes back',
		...back(recorded.items),
	];
}

function sent(requests: Recorded['requests'], purposes: Record<string, string>): string[] {
	if (requests.length === 0) return ['Nothing.'];
	return requests.flatMap(({ isBatch, calls }, index) => [
		`**Request ${index + 1}**${isBatch ? `: a \`batch\` of ${calls.length}` : ''}`,
		...calls.flatMap((call) =>
			Object.keys(call.parameters).length > 0
				? [purpose(call, purposes), json(call.parameters)]
				: [`${purpose(call, purposes)}; without parameters`],
		),
	]);
}

function purpose({ method }: Sent, purposes: Record<string, string>): string {
	return `\`${method}\`${purposes[method] ? `: ${plain(purposes[method])}` : ''}`;
}

function back(items: IDataObject[]): string[] {
	const more = items.length - MOST_ITEMS;
	return [
		json(items.length === 1 ? items[0] : items.slice(0, MOST_ITEMS)),
		...(more > 0 ? [`… and ${more} more ${more === 1 ? 'item' : 'items'}.`] : []),
	];
}

/** The fields of an item, with their types. */
export function outputFields(fields: OutputFields): string {
	return table(
		['field', 'type', 'may be empty'],
		Object.entries(fields).map(([name, type]) => [
			`\`${name}\``,
			type.replace('?', ''),
			type.endsWith('?') ? 'yes, `null`' : '',
		]),
	);
}

function errors({ own, portal }: Page): string[] {
	return [
		...(own.length > 0 ? ['Before anything is sent:', failures(own)] : []),
		...(portal.length > 0 ? ['When Bitrix24 refuses:', failures(portal)] : []),
		'Every operation may also meet [these](errors.md). What lost answers and limits come to: [faults](../faults.md).',
	];
}

/** Messages with their advice. */
export function failures(rows: Failing[]): string {
	return table(
		['the node says', 'what to do'],
		rows.map(({ message, advice }) => [plain(message), plain(advice.replaceAll(METHOD, ''))]),
	);
}
