import type { FormValue } from './phpForm';

/** Parameters of one REST call. */
export type Parameters = Record<string, ParameterValue>;

/** What a parameter may be: a plain value, or the result of an earlier step. */
export type ParameterValue = FormValue | Reference;

/** One REST call. */
export interface Step {
	method: string;
	parameters: Parameters;
	/** Its failure becomes a warning and does not fail the plan. */
	optional?: boolean;
}

/** The calls that one item needs, in order. They run in one request and are never split. */
export type Plan = Step[];

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
