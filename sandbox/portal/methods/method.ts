import type { Caller, Core } from '../core';
import type { Wire } from '../php/json';
import { emptyMap, toBool, toFloat, toInt, toText, type PhpMap, type PhpValue } from '../php/values';
import type { Switches } from '../switches';

/** Turns what was sent for one parameter into what the method works with. */
export type Cast<Value> = (sent: PhpValue | undefined) => Value;

/** Casts of PHP. `raw` leaves a value as sent, undefined when it was not sent. */
export const cast = {
	int: toInt,
	float: toFloat,
	bool: toBool,
	text: toText,
	raw: (sent: PhpValue | undefined): PhpValue | undefined => sent,
} as const;

type Casts = Readonly<Record<string, Cast<unknown>>>;
type Values<Parameters extends Casts> = { readonly [Name in keyof Parameters]: ReturnType<Parameters[Name]> };

/** A page of a list. Without `total` the answer has neither total nor next. */
export class Page {
	constructor(
		readonly rows: readonly Wire[],
		readonly total?: number,
		readonly next?: number,
	) {}
}

/** Calls another method for the same caller, as batch does. */
export type Invoke = (method: string, parameters: PhpMap) => Promise<AnswerParts>;

/** What became of one call: the answer's parts. */
export interface AnswerParts {
	readonly result: Wire;
	readonly total?: number;
	readonly next?: number;
	readonly time: Wire;
}

/** One call of a method. */
export interface MethodCall<Parameters> {
	readonly core: Core;
	readonly caller: Caller;
	readonly params: Parameters;
	/** All parameters as the method sees them, reserved names removed. */
	readonly sent: PhpMap;
	/** Paging offset; -1 = do not count. */
	readonly start: number;
	/** auth_connector of the request. */
	readonly connector: string;
	readonly invoke: Invoke;
	/** Finds a method of the portal by its name in any case. */
	readonly find: (name: string) => Method | undefined;
}

/** What a method answers with. */
export type Answer = Wire | Page;

interface MethodFacts {
	/** Documented spelling; the look-up ignores case. */
	readonly name: string;
	/** Any one of these scopes is enough; empty = none needed. */
	readonly scopes: readonly string[] | ((switches: Switches) => readonly string[]);
	/** application = OAuth token only; docsApplication = the documentation says so, the source does not (C02). */
	readonly context: 'any' | 'application' | 'docsApplication';
	/** Whether parameter names must be spelled exactly. Otherwise they are made upper case first. */
	readonly keys: 'exact' | 'upper';
	/** Not allowed inside batch. */
	readonly notInBatch?: boolean;
}

/** An entry of the method table. */
export interface Method extends MethodFacts {
	/** Names of the parameters that the method reads. */
	readonly parameters: readonly string[];
	/** Casts the parameters and runs the method. @throws RestError */
	execute(call: Omit<MethodCall<unknown>, 'params'>): Answer | Promise<Answer>;
}

/**
 * Makes an entry of the method table: its facts, its parameters with their casts, and what it does.
 */
export function method<Parameters extends Casts>(
	facts: MethodFacts & {
		readonly params: Parameters;
		run(call: MethodCall<Values<Parameters>>): Answer | Promise<Answer>;
	},
): Method {
	const { params, run, ...rest } = facts;
	return {
		...rest,
		parameters: Object.keys(params),
		execute(call) {
			const sent = facts.keys === 'upper' ? upperKeys(call.sent) : call.sent;
			const values = Object.fromEntries(Object.entries(params).map(([name, read]) => [name, read(sent[name])]));
			return run({ ...call, sent, params: values as Values<Parameters> });
		},
	};
}

/** PHP's array_change_key_case: of names that differ in case only, the last one wins. */
export function upperKeys(map: PhpMap): PhpMap {
	const upper = emptyMap();
	for (const [key, value] of Object.entries(map)) upper[key.toUpperCase()] = value;
	return upper;
}
