import { resources } from '../../nodes/Bitrix24Telephony/operations';
import { outputSchema } from '../../nodes/common/outputSchema';

const TYPES: Record<string, (value: unknown) => boolean> = {
	string: (value) => typeof value === 'string',
	integer: Number.isInteger,
	number: (value) => typeof value === 'number',
	boolean: (value) => typeof value === 'boolean',
	array: Array.isArray,
	object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	null: (value) => value === null,
};

/**
 * Compares an output item of a node of the first version with what its operation declares.
 *
 * @returns one line a difference: a field that is missing, or of another type. Empty when all is well.
 */
export function differences(resource: string, operation: string, json: Record<string, unknown>): string[] {
	const output =
		resources.find(({ value }) => value === resource)?.operations.find(({ entry }) => entry.value === operation)
			?.outputBefore ?? {};
	return Object.entries(outputSchema(output).properties).flatMap(([name, { type }]) => {
		if (!(name in json)) return [`${resource}:${operation} lacks ${name}`];
		const fits = [type].flat().some((one) => TYPES[one]?.(json[name]));
		return fits ? [] : [`${resource}:${operation} ${name} is ${JSON.stringify(json[name])}, not ${String(type)}`];
	});
}
