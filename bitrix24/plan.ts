import type { FormValue } from './phpForm';

/** Parameters of one REST call. */
export type Parameters = Record<string, ParameterValue>;

/** What a parameter may be: a plain value, or the result of an earlier step. */
export type ParameterValue = FormValue | Reference;

/** One REST call. */
export interface Call {
	method: string;
	parameters: Parameters;
	/** Its failure becomes a warning and does not fail the plan. */
	optional?: boolean;
}

/** A file to send, opened when it is needed; a second opening starts from the beginning. */
export interface FileSource {
	/** Name with a lower-case extension: the portal takes no other (conflict C22 of the contract data). */
	name: string;
	contentType: string;
	open: () => Promise<OpenFile>;
}

/** A file ready to be read once. */
export interface OpenFile {
	/** Bytes. */
	size: number;
	content: Uint8Array | AsyncIterable<Uint8Array>;
}

/** A REST call that answers with an upload address, and the file that goes there. */
export interface Upload extends Call {
	file: FileSource;
}

/** A look at another address than the portal's: an empty POST without authorisation. Its result is the HTTP status, 0 when nobody answered. */
export interface Probe {
	probe: string;
}

/** A wait, in milliseconds. Its result is undefined. */
export interface Pause {
	pause: number;
}

/** What a plan is made of. Only calls travel in batches; anything else is the only step of its plan. */
export type Step = Call | Upload | Probe | Pause;

/** Most calls that one `batch` of the portal takes (limits of the contract data). No plan may be longer. */
export const BATCH_LIMIT = 50;

/** The steps that one item needs next, in order. Its calls run in one request and are never split. */
export type Plan = Step[];

/**
 * The calls of one item as a conversation: it yields plans, is given their results (one a step; undefined for a failed
 * optional step), and returns what comes of them. A failed step ends it.
 */
export type Conversation<Result> = Generator<Plan, Result, unknown[]>;

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

/** True for a call that may travel in a batch. Uploads may not (405 ERROR_BATCH_METHOD_NOT_ALLOWED). */
export function isPlainCall(step: Step): step is Call {
	return 'method' in step && !('file' in step);
}

/** True for a step whose failure does not fail its plan. */
export function isOptional(step: Step | undefined): boolean {
	return step !== undefined && 'optional' in step && step.optional === true;
}
