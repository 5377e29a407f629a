import { Script } from 'node:vm';
import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type IVersionedNodeType,
} from 'n8n-workflow';
import { join } from 'node:path';
import { n8n as shipped, name as packageName } from '../../package.json';
import type { WorkflowFile, WorkflowNode } from '../../tools/n8n/driver';
import { exampleNames, readExample } from '../support/example';

const ROOT = join(__dirname, '../..');
const STICKY = 'n8n-nodes-base.stickyNote';
/** Systems that nobody of this project has reached. */
const CLOUD = /zadarma|megafon|mango|yeastar|twilio/i;
/** CSS pixels of n8n's canvas: a node with its name below. */
const NODE_SIZE = { width: 100, height: 130 };

const types = new Map<string, INodeType | IVersionedNodeType>(
	shipped.nodes.map((path) => {
		const exported = jest.requireActual<Record<string, new () => INodeType | IVersionedNodeType>>(
			join(ROOT, path.replace(/^dist\//, '').replace(/\.js$/, '')),
		);
		const [Type] = Object.values(exported);
		if (!Type) throw new Error(`${path} exports no node`);
		const node = new Type();
		return [`${packageName}.${node.description.name}`, node];
	}),
);

const examples = exampleNames().map((name) => ({ name, file: readExample(name) }));
const isOurs = ({ type }: WorkflowNode) => type.startsWith(`${packageName}.`);
const isNote = ({ type }: WorkflowNode) => type === STICKY;

/** Every text in a value, with the way to it. */
function texts(value: unknown, path = ''): [string, string][] {
	if (typeof value === 'string') return [[path, value]];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, part]) => texts(part, `${path}.${key}`));
}

/** What stands between `{{` and `}}` of an expression. */
function expressions(file: WorkflowFile): { at: string; text: string; codes: string[] }[] {
	return file.nodes
		.filter((node) => !isNote(node))
		.flatMap((node) => texts(node.parameters, node.name))
		.filter(([, text]) => text.startsWith('=') || text.includes('{{'))
		.map(([at, text]) => ({ at, text, codes: [...text.matchAll(/\{\{([^]*?)\}\}/g)].map(([, code = '']) => code) }));
}

function descriptionOf(node: WorkflowNode): INodeTypeDescription {
	const type = types.get(node.type);
	if (!type) throw new Error(`Node "${node.name}" has the unknown type ${node.type}`);
	return NodeHelpers.getVersionedNodeType(type, node.typeVersion).description;
}

function asNode(node: WorkflowNode): INode {
	const [x = 0, y = 0] = node.position;
	return {
		id: '',
		name: node.name,
		type: node.type,
		typeVersion: node.typeVersion,
		position: [x, y],
		parameters: node.parameters as INodeParameters,
	};
}

/** The parameters that the editor shows with these choices. */
function shownProperties(node: WorkflowNode): INodeProperties[] {
	const description = descriptionOf(node);
	const values =
		NodeHelpers.getNodeParameters(
			description.properties,
			node.parameters as INodeParameters,
			true,
			false,
			asNode(node),
			description,
		) ?? {};
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, asNode(node), description),
	);
}

/** Names of parameters that the node does not have, or not with these choices; also inside collections. */
function strangers(node: WorkflowNode): string[] {
	const shown = new Map(shownProperties(node).map((property) => [property.name, property]));
	return Object.entries(node.parameters).flatMap(([name, value]) => {
		const property = shown.get(name);
		if (property?.type !== 'collection') return property ? [] : [name];
		const known = (property.options ?? []).map((option) => option.name);
		return Object.keys(value as object)
			.filter((key) => !known.includes(key))
			.map((key) => `${name}.${key}`);
	});
}

/** Values that no option of the node has; expressions are left out. */
function noOptions(node: WorkflowNode): string[] {
	return shownProperties(node).flatMap(({ name, type, options = [] }) => {
		const value = node.parameters[name];
		if (type !== 'options' || value === undefined || String(value).startsWith('=')) return [];
		return options.some((option) => 'value' in option && option.value === value) ? [] : [`${name}: ${String(value)}`];
	});
}

interface Box {
	name: string;
	x: number;
	y: number;
	width: number;
	height: number;
}

function boxOf(node: WorkflowNode): Box {
	const [x = NaN, y = NaN] = node.position;
	const { width = 240, height = 160 } = node.parameters as { width?: number; height?: number };
	return { name: node.name, x, y, ...(isNote(node) ? { width, height } : NODE_SIZE) };
}

function overlap(one: Box, other: Box): boolean {
	return (
		one.x < other.x + other.width &&
		other.x < one.x + one.width &&
		one.y < other.y + other.height &&
		other.y < one.y + one.height
	);
}

describe.each(examples)('$name', ({ name, file }) => {
	const names = file.nodes.map((node) => node.name);
	const notes = file.nodes
		.filter(isNote)
		.map((node) => ({ name: node.name, content: String(node.parameters.content) }));

	it('can be imported, and brings nothing along', () => {
		expect(Object.keys(file).sort()).toEqual(expect.arrayContaining(['connections', 'name', 'nodes', 'settings']));
		expect(
			Object.keys(file).filter((key) => !['name', 'nodes', 'connections', 'settings', 'pinData'].includes(key)),
		).toEqual([]);
		expect(file.settings).toMatchObject({ executionOrder: 'v1' });
		expect('pinData' in file ? file.pinData : {}).toEqual({});
		for (const node of file.nodes)
			for (const { id } of Object.values(node.credentials ?? {}))
				expect([node.name, id || null]).toEqual([node.name, null]);
	});

	it('names each node once', () => {
		expect(names).toEqual([...new Set(names)]);
		const ids = file.nodes.map(({ id }) => id);
		expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true);
		expect(ids).toEqual([...new Set(ids)]);
	});

	it('connects nodes that are there, and every node', () => {
		const wires = Object.entries(file.connections as Record<string, Record<string, ({ node: string }[] | null)[]>>);
		const targets = wires
			.flatMap(([, outputs]) => Object.values(outputs).flat(2))
			.flatMap((target) => (target ? [target.node] : []));
		const ends = [...wires.map(([from]) => from), ...targets];
		expect(ends.filter((end) => !names.includes(end))).toEqual([]);
		expect(file.nodes.filter((node) => !isNote(node) && !ends.includes(node.name)).map((node) => node.name)).toEqual(
			[],
		);
	});

	it('says in a note what it does and what to fill in', () => {
		const about = notes.find((note) => note.name === 'About')?.content ?? '';
		expect(about).toMatch(/^## \S.+\n\S/);
		expect(about).toMatch(/\*\*1\.\*\*|^1\. /m);
		if (CLOUD.test(name))
			expect(notes.map(({ content }) => content).join('\n')).toContain('Not verified against the live service');
	});

	it('uses nodes that are known, with parameters that they have', () => {
		for (const node of file.nodes) {
			expect([node.name, isOurs(node) || node.type.startsWith('n8n-nodes-base.')]).toEqual([node.name, true]);
			if (!isOurs(node)) continue;
			const { version, credentials = [], properties } = descriptionOf(node);
			expect([node.name, [version].flat().includes(node.typeVersion)]).toEqual([node.name, true]);
			expect([node.name, strangers(node), noOptions(node)]).toEqual([node.name, [], []]);
			expect([node.name, NodeHelpers.getNodeParametersIssues(properties, asNode(node), descriptionOf(node))]).toEqual([
				node.name,
				null,
			]);
			const allowed = credentials.map((credential) => credential.name);
			expect([node.name, Object.keys(node.credentials ?? {}).filter((type) => !allowed.includes(type))]).toEqual([
				node.name,
				[],
			]);
		}
	});

	it('has expressions that can be read, and that refer to nodes which are there', () => {
		for (const { at, text, codes } of expressions(file)) {
			expect([at, text.startsWith('=')]).toEqual([at, true]);
			expect([at, text.split('{{').length - 1]).toEqual([at, codes.length]);
			for (const code of codes) {
				expect(() => new Script(`(${code}\n)`)).not.toThrow();
				for (const [, node = ''] of code.matchAll(/\$\((?:'|")(.+?)(?:'|")\)/g))
					expect([at, node, names.includes(node)]).toEqual([at, node, true]);
			}
		}
	});

	it('holds no secret', () => {
		// A run of letters and digits of this length is a key; ids of nodes and webhooks have dashes, placeholders one
		// digit many times.
		const keys = (text: string) =>
			[...text.matchAll(/(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{24,}/g)].filter(([key]) => !/(.)\1{11}/.test(key));
		const long = file.nodes
			.flatMap((node) => texts(node.parameters, node.name))
			.filter(([, text]) => keys(text).length > 0);
		expect(long).toEqual([]);
		const named = file.nodes
			.flatMap((node) => texts(node.parameters, node.name))
			.filter(([at, text]) => /(password|secret|api_?key|token)$/i.test(at) && text !== '' && !text.startsWith('='));
		expect(named).toEqual([]);
	});

	it('covers nothing on the canvas', () => {
		const boxes = file.nodes.map(boxOf);
		const covered = boxes.flatMap((one, index) =>
			boxes
				.slice(index + 1)
				.filter((other) => overlap(one, other))
				.map((other) => `${one.name} and ${other.name}`),
		);
		expect(covered).toEqual([]);
	});
});

it('each trigger has an address of its own, so that all examples can be imported into one n8n', () => {
	const ids = examples.flatMap(({ name, file }) =>
		file.nodes.flatMap(({ webhookId }) => (webhookId ? [{ name, webhookId }] : [])),
	);
	expect(ids.map(({ webhookId }) => webhookId)).toEqual([...new Set(ids.map(({ webhookId }) => webhookId))]);
});

it('brings no address that is a secret: whoever has the file would know it', () => {
	const known = examples.flatMap(({ name, file }) =>
		file.nodes
			.filter(
				({ type, parameters, webhookId }) =>
					type.endsWith('.phoneSystemTrigger') &&
					['asterisk', 'freeswitch'].includes(String(parameters.system)) &&
					webhookId,
			)
			.map((node) => [name, node.name]),
	);
	expect(known).toEqual([]);
});

it('click-to-call has at most 6 nodes and 5 parameters with an expression', () => {
	const file = readExample('click-to-call');
	if (!file.nodes.some(({ type }) => type.endsWith('.phoneSystemTrigger'))) return;
	expect(file.nodes.filter((node) => !isNote(node)).length).toBeLessThanOrEqual(6);
	expect(expressions(file).length).toBeLessThanOrEqual(5);
});
