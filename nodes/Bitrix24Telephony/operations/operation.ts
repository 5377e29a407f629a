import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Conversation } from '../../../bitrix24/plan';
import type { OutputFields } from '../../common/outputSchema';
import { readFields, type Field, type FieldValues } from '../fields/field';
import type { ItemReader } from '../itemReader';
import type { Shown } from '../shown';

/** How an operation appears in n8n's operation list. */
export interface OperationEntry extends INodePropertyOptions {
	value: string;
	action: string;
	description: string;
}

/** What an operation file says. `Input` is its validated input. */
export interface OperationDefinition<Fields extends readonly Field[], Input> {
	entry: OperationEntry;
	/** What the user fills in, in the order in which n8n shows it. */
	fields: Fields;
	output: OutputFields;
	/** The output of nodes of before, where it was another. */
	outputBefore?: OutputFields;
	/** Whether the portal may do what was asked and warn that a part went wrong. */
	warns?: boolean;
	/**
	 * Where more than the values of the fields is needed: checks what belongs together. May refuse through the reader.
	 */
	read?: (given: FieldValues<Fields>, reader: ItemReader) => Input;
	/** Asks the portal and shows the answer. Pure: it only yields plans. */
	run: (input: Input) => Conversation<Shown>;
}

/** An operation as the catalogue holds it. */
export interface Operation {
	entry: OperationEntry;
	fields: readonly Field[];
	properties: INodeProperties[];
	output: OutputFields;
	outputBefore: OutputFields;
	warns: boolean;
	/** Reads one item and begins its conversation. Nothing is sent yet. */
	begin: (reader: ItemReader) => Conversation<Shown>;
}

/**
 * Makes an operation of its definition, so that operations with different inputs fit into one catalogue. Without `read`
 * the values of the fields are the input.
 */
export function defineOperation<const Fields extends readonly Field[], Input = FieldValues<Fields>>({
	entry,
	fields,
	output,
	outputBefore = output,
	warns = false,
	read = asInput,
	run,
}: OperationDefinition<Fields, Input>): Operation {
	return {
		entry,
		fields,
		properties: fields.flatMap((field) => field.properties),
		output,
		outputBefore,
		warns,
		begin: (reader) => run(read(readFields(fields, reader), reader)),
	};
}

/** Without `read` the two types are the same, which the compiler cannot see. */
function asInput<Fields extends readonly Field[], Input>(given: FieldValues<Fields>): Input {
	return given as unknown as Input;
}
