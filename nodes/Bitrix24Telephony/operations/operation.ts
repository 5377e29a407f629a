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

/** What an operation file says. */
interface Definition<Fields extends readonly Field[], Input> {
	entry: OperationEntry;
	/** What the user fills in, in the order in which n8n shows it. */
	fields: Fields;
	output: OutputFields;
	/** The output of nodes of before, where it was another. */
	outputBefore?: OutputFields;
	/** Whether the portal may do what was asked and warn that a part went wrong. */
	warns?: boolean;
	/** Asks the portal and shows the answer. Pure: it only yields plans. */
	run: (input: Input) => Conversation<Shown>;
}

/** The values of the fields are the input. */
export interface PlainDefinition<Fields extends readonly Field[]> extends Definition<Fields, FieldValues<Fields>> {
	read?: undefined;
}

/** More than the values of the fields is needed. `Input` is what is made of them. */
export interface ReadingDefinition<Fields extends readonly Field[], Input> extends Definition<Fields, Input> {
	/** Checks what belongs together. May refuse through the reader. */
	read: (given: FieldValues<Fields>, reader: ItemReader) => Input;
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
export function defineOperation<const Fields extends readonly Field[]>(definition: PlainDefinition<Fields>): Operation;
export function defineOperation<const Fields extends readonly Field[], Input>(
	definition: ReadingDefinition<Fields, Input>,
): Operation;
export function defineOperation<const Fields extends readonly Field[], Input>(
	definition: PlainDefinition<Fields> | ReadingDefinition<Fields, Input>,
): Operation {
	const { entry, fields, output, outputBefore = output, warns = false } = definition;
	return {
		entry,
		fields,
		properties: fields.flatMap((field) => field.properties),
		output,
		outputBefore,
		warns,
		begin: (reader) => {
			const given = readFields(fields, reader);
			return definition.read ? definition.run(definition.read(given, reader)) : definition.run(given);
		},
	};
}
