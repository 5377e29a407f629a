import type { INodeProperties } from 'n8n-workflow';
import { collection } from '../fields/field';
import { flagOffUnlessAdded, optionalNumber } from '../fields/kinds';
import { autoCallOperations } from './autoCall';
import { callOperations } from './call';
import { clientOperations } from './client';
import { employeeOperations } from './employee';
import { lineOperations } from './line';
import type { ItemReader } from '../itemReader';
import { shownBefore, shownSince } from '../version';
import type { Operation } from './operation';
import { setupOperations } from './setup';

/** A resource and its operations, in the order in which n8n lists them. */
export interface Resource {
	name: string;
	value: string;
	operations: Operation[];
	/** The operation that a new node starts with. */
	initial: string;
	/** Whether the options count. They do, unless said otherwise. */
	hasOptions?: boolean;
}

/** The one catalogue of what the node can do. */
export const resources: Resource[] = [
	{ name: 'Call', value: 'call', operations: callOperations, initial: 'finish' },
	{ name: 'Client', value: 'client', operations: clientOperations, initial: 'find' },
	{ name: 'Employee', value: 'employee', operations: employeeOperations, initial: 'find' },
	{ name: 'Line', value: 'line', operations: lineOperations, initial: 'getMany' },
	{ name: 'Setup', value: 'setup', operations: setupOperations, initial: 'check', hasOptions: false },
	// Last, because it costs money.
	{ name: 'Auto Call', value: 'autoCall', operations: autoCallOperations, initial: 'callback' },
];

/**
 * Finds an operation.
 *
 * @returns undefined when there is none, which an expression for Resource or Operation can bring about.
 */
export function findOperation(resource: string, operation: string): Operation | undefined {
	return resources.find(({ value }) => value === resource)?.operations.find(({ entry }) => entry.value === operation);
}

/** Seconds. A burst of others is over by then. */
const MAXIMUM_WAIT = 90;

const maximumWait = optionalNumber(
	{
		displayName: 'Maximum Wait (Seconds)',
		name: 'maximumWait',
		default: MAXIMUM_WAIT,
		description: `How long a call waits when a request limit of Bitrix24 holds it up; then it fails and says when to go on. It is ${MAXIMUM_WAIT} unless added.`,
	},
	{ min: 0, max: 86_400 },
);
const treatWarningsAsErrors = flagOffUnlessAdded({
	displayName: 'Treat Warnings as Errors',
	name: 'treatWarningsAsErrors',
	default: false,
	description: 'Whether an item fails when Bitrix24 did what was asked but warns that a part went wrong',
});
const OPTIONS = { displayName: 'Options', name: 'options', placeholder: 'Add Option' } as const;

/** What stands beside the fields of an operation. Nodes of before have both options everywhere. */
export const options = collection(OPTIONS, [maximumWait, treatWarningsAsErrors]);
const waiting = collection(OPTIONS, [maximumWait]);

/** Reads {@link options}. */
export function readOptions(reader: ItemReader): { treatWarningsAsErrors: boolean; maximumWait: number } {
	const { treatWarningsAsErrors, maximumWait = MAXIMUM_WAIT } = options.read(reader);
	return { treatWarningsAsErrors, maximumWait };
}

/** All parameters of the node, made from the catalogue. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value }) => ({ name, value })),
		default: 'call',
	},
	...resources.map(({ value, operations, initial }): INodeProperties => ({
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations.map(({ entry }) => entry),
		default: initial,
	})),
	...resources.flatMap(({ value, operations }) =>
		operations.flatMap((operation) =>
			operation.properties.map((property) => shownFor(property, value, [operation.entry.value])),
		),
	),
	shownBefore(options.property),
	...resources.flatMap(({ value, operations, hasOptions = true }) =>
		hasOptions ? [optionsOf(value, operations, options), optionsOf(value, operations, waiting)].flat() : [],
	),
];

/** The options, shown for those operations of a resource in which all of them may count. */
function optionsOf(resource: string, operations: readonly Operation[], { property }: typeof options | typeof waiting) {
	const names = operations
		.filter(({ warns }) => warns === (property === options.property))
		.map(({ entry }) => entry.value);
	return names.length > 0 ? [shownSince(shownFor(property, resource, names))] : [];
}

function shownFor(property: INodeProperties, resource: string, operation: string[]): INodeProperties {
	const { displayOptions } = property;
	return {
		...property,
		displayOptions: {
			...displayOptions,
			show: { ...displayOptions?.show, resource: [resource], operation },
		},
	};
}
