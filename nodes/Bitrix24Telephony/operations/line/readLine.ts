import type { ItemReader } from '../../itemReader';

/** Reads the line. @throws NodeOperationError when none is chosen. */
export function readLine(reader: ItemReader): string {
	return reader.choice('line') ?? reader.refuse('No line is given', 'Choose a line, or check the expression on this item.');
}
