import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Conversation } from '../../../bitrix24/plan';
import type { OutputFields } from '../../common/outputSchema';
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
	/** Advice that is no fault of the call. */
	hints?: string[];
}

/** The answer says that the item cannot go on, for example because nobody has the extension; the item fails. */
export interface Refusal {
	refused: string;
	hint: string;
}

/** What becomes of an item. */
export type Shown = ShownItem | ShownItem[] | Refusal;

/** What an operation file says. `Input` is its validated input. */
export interface OperationDefinition<Input> {
	entry: OperationEntry;
	properties: INodeProperties[];
	output: OutputFields;
	/** Reads and validates one item's parameters. Throws NodeOperationError through the reader. */
	read: (reader: ItemReader) => Input;
	/** Asks the portal and shows the answer. Pure: it only yields plans. */
	run: (input: Input) => Conversation<Shown>;
}

/** An operation as the catalogue holds it. */
export interface Operation {
	entry: OperationEntry;
	properties: INodeProperties[];
	output: OutputFields;
	/** Reads one item and begins its conversation. Nothing is sent yet. */
	begin: (reader: ItemReader) => Conversation<Shown>;
}

/** Makes an operation of its definition, so that operations with different inputs fit into one catalogue. */
export function defineOperation<Input>({ entry, properties, output, read, run }: OperationDefinition<Input>): Operation {
	return { entry, properties, output, begin: (reader) => run(read(reader)) };
}
