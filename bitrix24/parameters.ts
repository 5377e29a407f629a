import type { FormValue } from './phpForm';

/** Parameters of one REST call. */
export type Parameters = Record<string, ParameterValue>;

/** What a parameter may be: a plain value, or the result of an earlier step. */
export type ParameterValue = FormValue | Reference;

/** Parameters as they go out: references have been replaced. */
export type Sent = Record<string, FormValue>;

/** Stands for the result of an earlier step of the same plan. See {@link resultOf}. */
export class Reference {
	constructor(
		readonly step: number,
		readonly path: readonly (string | number)[],
	) {}
}

/**
 * Refers to the result of an earlier step of the same plan.
 *
 * @param step index of the earlier step, 0 for the first.
 * @param path keys into its result.
 * @returns a placeholder for a whole parameter value. The portal puts the result in its place and keeps its type
 *   (`$result[..]` of batch, rest/classes/general/rest.php).
 */
export function resultOf(step: number, ...path: (string | number)[]): Reference {
	return new Reference(step, path);
}

/**
 * Puts the results of earlier steps in the place of references.
 *
 * @param results results of the plan so far.
 * @returns parameters without references; a reference to nothing becomes null.
 */
export function withoutReferences(parameters: Parameters, results: readonly unknown[]): Sent {
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => [
			name,
			value instanceof Reference ? lookUp(results[value.step], value.path) : value,
		]),
	);
}

function lookUp(result: unknown, path: Reference['path']): FormValue {
	const found = path.reduce<unknown>(
		(value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
		result,
	);
	return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? found : null;
}
