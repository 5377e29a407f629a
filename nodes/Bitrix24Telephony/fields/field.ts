import type { INodeProperties } from 'n8n-workflow';
import type { ItemReader } from '../itemReader';
import { isPlainObject } from '../../common/values';
import { labelOf, type Given } from '../given';
import { shownBefore, shownSince } from '../version';

/** What a user fills in: how n8n shows it, and how the value of an item is read. */
export interface Field<Name extends string = string, Value = unknown> {
	/** Key of its value among those of the operation. */
	readonly name: Name;
	readonly properties: INodeProperties[];
	/** Reads one item. Throws NodeOperationError naming the field for anything that it does not offer. */
	readonly read: (reader: ItemReader) => Value;
}

/** The values of a list of fields, by name. */
export type FieldValues<Fields extends readonly Field[]> = {
	[One in Fields[number] as One['name']]: One extends Field<string, infer Value> ? Value : never;
};

/** Reads all fields of an item, in their order. */
export function readFields<const Fields extends readonly Field[]>(
	fields: Fields,
	reader: ItemReader,
): FieldValues<Fields> {
	return Object.fromEntries(fields.map((field) => [field.name, field.read(reader)])) as FieldValues<Fields>;
}

/**
 * A field that moved into a collection with {@link LEAN_VERSION}: nodes of before have it still.
 *
 * @returns undefined for later nodes
 */
export function before<const Name extends string, Value>(field: Field<Name, Value>): Field<Name, Value | undefined> {
	return {
		name: field.name,
		properties: field.properties.map(shownBefore),
		read: (reader) => (reader.isOfBefore ? field.read(reader) : undefined),
	};
}

/** A field that came with {@link LEAN_VERSION}. @param previous what counts in nodes of before */
export function since<const Name extends string, Value>(
	field: Field<Name, Value>,
	previous: Value,
): Field<Name, Value> {
	return {
		name: field.name,
		properties: field.properties.map(shownSince),
		read: (reader) => (reader.isOfBefore ? previous : field.read(reader)),
	};
}

/** A property under a name that the compiler knows. */
export type Named<Name extends string> = INodeProperties & { name: Name };

/**
 * A field with one property.
 *
 * What counts when there is no value: a parameter that the workflow does not have takes its shown default, which n8n
 * leaves out when it exports or when a program made the workflow. An option that was not added to a collection takes
 * {@link absent}, which its description tells where it is not simply “not given”.
 */
export class Parameter<Name extends string = string, Value = unknown, Absent = unknown> implements Field<Name, Value> {
	/**
	 * @param accept checks a value. Throws NodeOperationError through what it is given.
	 * @param absent value of an option that the user did not add.
	 * @param previous how nodes of before show it, where that is otherwise. Its value is read the same way.
	 */
	constructor(
		readonly property: Named<Name>,
		readonly accept: (given: Given) => Value,
		readonly absent: Absent,
		private readonly previous?: Named<Name>,
	) {}

	get name(): Name {
		return this.property.name;
	}

	get properties(): INodeProperties[] {
		return this.previous ? [shownBefore(this.previous), shownSince(this.property)] : [this.property];
	}

	readonly read = (reader: ItemReader): Value => this.accept(reader.given(this.property));

	/** The same field with another description or the like. */
	with(changes: Omit<Partial<INodeProperties>, 'name'>): Parameter<Name, Value, Absent> {
		const { property, accept, absent, previous } = this;
		return new Parameter({ ...property, ...changes }, accept, absent, previous && { ...previous, ...changes });
	}

	/** The same field, an option that came with {@link LEAN_VERSION}. */
	get since(): Parameter<Name, Value, Absent> {
		return this.with(shownSince(this.property));
	}

	/** The same field with a stricter or another value. */
	check<Next>(accept: (value: Value, given: Given) => Next): Parameter<Name, Next, Absent> {
		const { property, absent, previous } = this;
		return new Parameter(property, (given) => accept(this.accept(given), given), absent, previous);
	}
}

type Collected<Options extends readonly Parameter[]> = {
	[One in Options[number] as One['name']]: One extends Parameter<string, infer Value, infer Absent>
		? Value | Absent
		: never;
};

/** What n8n shows of a collection. */
type CollectionSpec<Name extends string> = Pick<INodeProperties, 'displayName'> & { name: Name; placeholder: string };

/**
 * A group of fields that the user adds one by one. Its value has all of them, by name. Another name is refused, for
 * what it was meant to say would be lost; n8n leaves such names out before a node sees them (node-helpers.js).
 */
export function collection<const Name extends string, const Options extends readonly Parameter[]>(
	spec: CollectionSpec<Name>,
	options: Options,
): Parameter<Name, Collected<Options>, undefined> {
	const property: Named<Name> = {
		...spec,
		type: 'collection',
		default: {},
		options: options.flatMap((option) => option.properties),
	};
	return new Parameter(property, (given) => collected(given, options), undefined);
}

function collected<Options extends readonly Parameter[]>(given: Given, options: Options): Collected<Options> {
	const values = given.value ?? {};
	if (!isPlainObject(values)) return given.refuse('must be an object', 'Add its fields one by one.');
	const names = options.map(({ name }) => name);
	const unknown = Object.keys(values).find((name) => !names.includes(name));
	if (unknown !== undefined)
		return given.part(values[unknown]).refuse(`has no field “${unknown}”`, `Its fields are ${names.join(', ')}.`);
	const read = ({ property, accept, absent }: Parameter): unknown =>
		Object.hasOwn(values, property.name) ? accept(given.part(values[property.name], labelOf(property))) : absent;
	return Object.fromEntries(options.map((option) => [option.name, read(option)])) as Collected<Options>;
}

/** “Additional Fields”, as most operations have it. */
export function additionalFields<const Options extends readonly Parameter[]>(options: Options) {
	return collection({ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add Field' }, options);
}

/** A note between the fields. */
export function notice<const Name extends string>(name: Name, text: string): Field<Name, undefined> {
	return { name, properties: [{ displayName: text, name, type: 'notice', default: '' }], read: () => undefined };
}
