import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Plan } from '../../../bitrix24/plan';
import type { ItemReader } from '../itemReader';

/** How an operation appears in n8n's operation list. */
export interface OperationEntry extends INodePropertyOptions {
	value: string;
	action: string;
	description: string;
}

/** One output item. */
export interface ShownItem {
	json: IDataObject;
	/** Soft errors inside a 200 answer: the call went through, a part of it did not. */
	warnings?: string[];
}

/** The answer says that what was asked for does not exist; the item fails. */
export interface NotFound {
	missing: string;
	hint: string;
}

/** What becomes of an answer. */
export type Shown = ShownItem | NotFound;

/** What an operation file says. `Input` is its validated input. */
export interface OperationDefinition<Input> {
	entry: OperationEntry;
	properties: INodeProperties[];
	/** Reads and validates one item's parameters. Throws NodeOperationError through the reader. */
	read: (reader: ItemReader) => Input | Promise<Input>;
	/** The REST calls, in order. */
	plan: (input: Input) => Plan;
	/** Turns the results, one a step, into output items. A failed optional step has the result undefined. */
	show: (results: unknown[], input: Input) => Shown | Shown[];
}

/** One item, ready to be sent. */
export interface PreparedItem {
	plan: Plan;
	show: (results: unknown[]) => Shown[];
}

/** An operation as the catalogue holds it. */
export interface Operation {
	entry: OperationEntry;
	properties: INodeProperties[];
	prepare: (reader: ItemReader) => Promise<PreparedItem>;
}

/** Makes an operation of its definition, so that operations with different inputs fit into one catalogue. */
export function defineOperation<Input>({ entry, properties, read, plan, show }: OperationDefinition<Input>): Operation {
	return {
		entry,
		properties,
		prepare: async (reader) => {
			const input = await read(reader);
			return { plan: plan(input), show: (results) => [show(results, input)].flat() };
		},
	};
}
