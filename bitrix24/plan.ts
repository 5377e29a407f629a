import type { Failure } from './failure';
import type { Recalled } from './memory';
import type { Parameters, ParameterValue, Sent } from './parameters';
import type { Place } from './tokenPlace';

/** Most commands that one `batch` takes (contract data, limits; ERROR_BATCH_LENGTH_EXCEEDED). */
export const BATCH_LIMIT = 50;

/**
 * What a repeat of a call brings about.
 * - `read`: the call changes nothing.
 * - `repeatable`: it changes something, and a repeat changes nothing more.
 * - `once`: a repeat does it twice.
 */
export type Effect = 'read' | 'repeatable' | 'once';

/** One REST call: what goes out, what comes back, and what to do when the answer is lost. */
export interface Call<Result = unknown> {
	method: string;
	parameters: Parameters;
	/** Reads the answer. Throws UnexpectedShape when it is not what the method gives. */
	decode: (result: unknown) => Result;
	effect: Effect;
	/** How to find out whether a call with a lost answer was carried out. */
	evidence?: Evidence<Result>;
	/**
	 * Its failure becomes a warning, or is not worth a word, and does not fail the plan; or only failures of which this
	 * is true do not.
	 */
	optional?: 'warn' | 'silent' | ((failure: Failure) => boolean);
	/** The answer is the same for every item of a run, so it is asked once. */
	shared?: boolean;
	/**
	 * Name of the field of its result that begins something that lasts until a later call ends it, such as a registered
	 * call.
	 */
	begins?: string;
	/** What was begun and this call ends. */
	ends?: ParameterValue;
	/** Methods that will most likely follow for this item, so that requests are saved for them. */
	ahead?: readonly string[];
}

/** Where the portal keeps a trace of a call that was carried out. */
export interface Evidence<Result> {
	/** Asks for the trace. */
	ask: (sent: Sent) => Call;
	/**
	 * Reads the trace.
	 *
	 * @param sent parameters of the call. Compare ids: a portal may answer with other rows than it was asked for.
	 * @param isOurs true when this run sent the call before and lost the answer; false when the trace is of earlier.
	 * @returns the result as the call itself would have given it; undefined when there is no trace.
	 */
	read: (answer: unknown, sent: Sent, isOurs: boolean) => Result | undefined;
	/** True for a refusal that tells, or leaves open, that the call was carried out. */
	refusal?: (failure: Failure) => boolean;
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

/** A REST call that answers with an upload address, and the file that goes there. Its result is that of the upload. */
export interface Upload<Result = unknown> extends Call<Result> {
	file: FileSource;
}

/** A look at another address than the portal's: an empty POST without authorisation. */
export interface Probe {
	probe: string;
}

/** What a probe found. */
export interface Probed {
	/** HTTP status, 0 when nobody answered. */
	status: number;
	/** The answer, decoded where it is JSON. */
	body: unknown;
}

/** A question about the connection itself, which no portal answers. */
export interface Inquiry {
	inquire: 'connection';
}

/** What is known of the connection. */
export interface ConnectionState {
	/** Where the portal looks for the token; undefined when it has not answered yet. */
	tokenPlace: Place | undefined;
	/** When it ends unless it is used before, milliseconds since 1970; undefined when it does not tell. */
	endsAt: number | undefined;
	/** Address of the portal, without a slash at the end. */
	portal: string;
}

/** A wait, in milliseconds. */
export interface Pause {
	pause: number;
}

/** A look at the first bytes of a file. */
export interface Inspection {
	inspect: FileSource;
	/** A file that cannot be read brings nothing, and does not fail the plan. */
	optional?: 'silent';
}

/** What an inspection found. */
export interface Inspected {
	/** Bytes of the whole file. */
	size: number;
	/** The first bytes, at most {@link HEAD_BYTES}. */
	head: Uint8Array;
}

/** So many bytes of a file an inspection gives: enough for the header of a WAV file, also a long one. */
export const HEAD_BYTES = 128;

/**
 * Claims a key for this item until its conversation ends. Whoever claims it later, in this run or in another one of the
 * same process, waits.
 */
export interface Claim {
	claim: string;
}

/**
 * Whether the key is mine now, and what its last owner left running, see {@link Call.begins}. If it is not, somebody
 * got done what it stands for: that one's word, from {@link Settle}.
 */
export type Claimed = { isMine: true; left: unknown } | { isMine: false; done: unknown };

/** Says that what a claimed key stands for is done. Whoever waits for the key is given this word. */
export interface Settle {
	settle: string;
	done: unknown;
}

/**
 * Work elsewhere than at the portal, such as at a phone system. What goes wrong there is in its result: it never
 * throws.
 */
export interface Aside<Result = unknown> {
	aside: () => Promise<Result>;
}

/** Asks what this process remembers of the portal. */
export interface Recall {
	recall: string;
}

/** Has this process remember something of the portal. */
export interface Keep {
	keep: string;
	value: unknown;
}

/** Leaves advice with the item. */
export interface Note {
	note: string;
}

/** What a plan is made of. Only calls travel in batches; anything else is the only step of its plan. */
export type Step = Call | Upload | Probe | Inquiry | Pause | Inspection | Claim | Settle | Aside | Recall | Keep | Note;

/** The steps that one item needs next, in order. Its calls run in one request and are never split. */
export type Plan = readonly Step[];

/**
 * The calls of one item as a conversation: it yields plans, is given their results (one a step; undefined for a failed
 * optional step), and returns what comes of them. A failed step ends it.
 */
export type Conversation<Result> = Generator<Plan, Result, unknown[]>;

/** What a step brings. */
export type ResultOf<One extends Step> = One extends { decode: (result: unknown) => infer Result }
	? Result
	: One extends Probe
		? Probed
		: One extends Inquiry
			? ConnectionState
			: One extends Inspection
				? Inspected | (One extends { optional: 'silent' } ? undefined : never)
				: One extends Claim
					? Claimed
					: One extends Aside<infer Result>
						? Result
						: One extends Recall
							? Recalled | undefined
							: undefined;

/** Takes one step. @returns what it brought */
export function* ask<One extends Step>(step: One): Conversation<ResultOf<One>> {
	const [result] = yield [step];
	// Whoever leads the conversation has decoded it.
	return result as ResultOf<One>;
}

/** Takes steps that travel together. @returns what each brought */
export function* askAll<const Steps extends readonly Step[]>(
	...steps: Steps
): Conversation<{ -readonly [Index in keyof Steps]: ResultOf<Steps[Index]> }> {
	// As above.
	return (yield steps) as { -readonly [Index in keyof Steps]: ResultOf<Steps[Index]> };
}

/**
 * Takes any number of calls of one kind, at most {@link BATCH_LIMIT} at a time.
 *
 * @returns one result a call, in order.
 */
export function* askEach<Result>(calls: readonly Call<Result>[]): Conversation<Result[]> {
	const results: Result[] = [];
	for (let first = 0; first < calls.length; first += BATCH_LIMIT) {
		results.push(...((yield calls.slice(first, first + BATCH_LIMIT)) as Result[]));
	}
	return results;
}

/** The call, whose failure is only a warning. */
export function optional<Result>(call: Call<Result>): Call<Result | undefined> {
	return { ...call, optional: 'warn' };
}

/** The call, whose failure is not worth a word. */
export function tried<Result>(call: Call<Result>): Call<Result | undefined> {
	return { ...call, optional: 'silent' };
}

/** True for a REST call, with or without a file. */
export function isCall(step: Step): step is Call | Upload {
	return 'method' in step;
}

/** True for a call with a file. */
export function isUpload(step: Step): step is Upload {
	return 'file' in step;
}

/** True for a call that may travel in a batch. Uploads may not (405 ERROR_BATCH_METHOD_NOT_ALLOWED). */
export function isPlainCall(step: Step): step is Call {
	return 'method' in step && !('file' in step);
}

/** True for a step whose failure does not fail its plan. */
export function isOptional(step: Step, failure: Failure): boolean {
	if (!('optional' in step)) return false;
	return typeof step.optional === 'function' ? step.optional(failure) : step.optional !== undefined;
}

/** True when an item may be sent again without harm as far as this step goes. */
export function isRead(step: Step): boolean {
	return !isCall(step) || step.effect === 'read';
}
