import type { Parameters, Sending } from '../access/portal';
import { say, split, type Clean } from '../clean';
import { commonError, errorOf, methodOf, type ContractError, type Prose } from '../contract';
import {
	absent,
	DOCS,
	either,
	kind,
	oneOf,
	onlyKeys,
	optional,
	present,
	SERVER,
	status,
	words,
	type Expectation,
} from '../expectation';
import { application, permission } from '../needs';
import type { Parts } from '../parts';
import { observed, type Fact, type Need, type Question, type Run } from '../question';

/** Parameters, or how to make them of what is known. */
export type Given = Parameters | ((run: Run) => Parameters);

/** What a question says beside its method. */
export interface More {
	readonly needs?: readonly Need[];
	readonly sending?: Sending;
}

const parametersOf = (given: Given, run: Run): Parameters => (typeof given === 'function' ? given(run) : given);

/** Asks by one call. */
export function question(
	method: string,
	given: Given,
	facts: readonly Fact[],
	{ needs, sending }: More = {},
): Question {
	return {
		needs: needs ?? needsOf(method),
		facts,
		ask: (run) => observed(run, method, parametersOf(given, run), sending),
	};
}

/** What the contract demands of the access: the permission, and an application where only that will do. */
function needsOf(name: string): Need[] {
	const { scope, applicationContextOnly } = methodOf(name);
	const needed = /^[a-z]+/.exec(scope)?.[0];
	return [
		...(applicationContextOnly === true ? [application] : []),
		...(needed === undefined ? [] : [permission(needed)]),
	];
}

/** A fact; `parts` tell what its answer must be. */
export const fact = (subject: Clean, id: Clean, parts: Parts): Fact => ({ subject, id, parts });

/** The side of a conflict that a status, a code or a text may take. */
const CORE_IN_DOCS = say`C01`;

/** Wordings that the documentation tidied. [C21] */
const TIDIED: Readonly<Record<string, Clean>> = {
	'Call is not found (call should be registered prior to finishing': say`Call is not found (call should be registered prior to finishing)`,
	'Required parameters are not set. Request should contain or URL or FILENAME parameter': say`Required parameters are not set. Request should contain either URL or FILENAME parameter`,
	'Call is not found in the statistic table. Looks like it is not finished yet.': say`Call is not found in the statistic table. It looks like it is not finished yet.`,
};

/** How a failure looks on the wire, with both sides where documentation and server disagree. */
export function failure({
	httpStatus,
	statusInServer,
	code,
	codeInDocs,
	description,
	extra,
	conflict,
}: ContractError): Parts {
	const sided = (name: Clean, server: Expectation, docs: Expectation): Expectation =>
		either(name, [
			[SERVER, server],
			[DOCS, docs],
		]);
	const parts: Record<string, Expectation> = {};
	if (httpStatus !== null) {
		parts.status =
			statusInServer === undefined || conflict === undefined
				? status(httpStatus)
				: sided(conflict, status(statusInServer), status(httpStatus));
	}
	if (code !== null)
		parts.error = codeInDocs === undefined ? words(code) : sided(CORE_IN_DOCS, words(code), words(codeInDocs));
	const tidied = description === null ? undefined : TIDIED[description];
	if (description !== null && description !== 'text not confirmed') {
		parts.error_description =
			tidied === undefined ? words(description) : sided(say`C21`, words(description), words(tidied));
	}
	if (extra?.argument !== undefined) parts.argument = words(extra.argument);
	return { ...parts, time: absent() };
}

/** Asks for a failure of a method: the entry of the contract with this text. */
export function refusal(method: string, text: string, given: Given, more?: More): Question {
	const error = errorOf(method, text);
	return question(method, given, [fact(methodOf(method).method, errorId(error), failure(error))], more);
}

/** The fact of a failure that any method may answer with. */
export function commonFact(code: string, text?: string): Fact {
	const error = commonError(code, text);
	return fact(say`Common errors`, say`error:${error.code ?? say``}:${error.description ?? say``}`, failure(error));
}

const errorId = ({ code, description, when }: ContractError): Clean =>
	say`error:${code ?? say`?`}:${description ?? when}`;

/** How the shape of an answer differs from the contract's table. */
export interface ShapeOptions {
	/** Fields that may be missing; `all` where the contract says that empty ones are left out. */
	readonly optional?: 'all' | readonly string[];
	/** Whether further keys are expected. */
	readonly open?: boolean;
	/** Fields that are something else than the contract's prose tells a program. */
	readonly fields?: Parts;
}

/** Asks for the shape of a method's answer. */
export function shape(method: string, given: Given, options: ShapeOptions = {}, more?: More): Question {
	return question(method, given, [shapeFact(method, options)], more);
}

/** The fact of the shape of a method's answer, read from the contract's table. */
export function shapeFact(method: string, options: ShapeOptions = {}): Fact {
	const { method: subject, result } = methodOf(method);
	const fields = Object.entries(result.fields ?? {});
	const place = result.type === 'array' ? 'result[]' : 'result';
	const parts: Record<string, Expectation> = { status: status(200), result: ofType(result.type) };
	for (const [name, prose] of fields) {
		const mayMiss =
			options.optional === 'all' || options.optional?.includes(name) === true || /optional|only/.test(String(prose));
		const expectation = options.fields?.[name] ?? ofProse(prose);
		// What may be missing and may be anything says nothing.
		if (!(mayMiss && expectation === ANYTHING))
			parts[`${place}.${name}`] = mayMiss ? optional(expectation) : expectation;
	}
	if (fields.length > 0 && options.open !== true) parts[`${place}.*`] = onlyKeys(fields.map(([name]) => name));
	return fact(subject, say`result`, parts);
}

function ofType(type: Clean): Expectation {
	switch (String(type)) {
		case 'object':
			return kind('object');
		case 'array':
			return kind('list');
		case 'boolean':
			return kind('boolean');
		case 'integer':
			return kind('integer');
		default:
			return kind('text');
	}
}

/** A field of which the contract says nothing that a program could check. */
const ANYTHING = present();

/** Reads what the contract says of a field, such as "string|null" or "Y|N". */
export function ofProse(prose: Prose): Expectation {
	if (typeof prose !== 'string') return Array.isArray(prose) ? kind('list') : kind('object');
	if (prose.startsWith('ISO 8601')) return kind('date');
	const words = split(prose, '|');
	const kinds = words.map((word) => kindNamed(/^[^ ,;(:]+/.exec(word)?.[0] ?? ''));
	if (kinds.every((name) => name !== undefined)) return kind(...kinds);
	if (words.length > 1 && words.every((word) => /^[A-Z0-9]+$/.test(word))) return oneOf(words);
	return ANYTHING;
}

function kindNamed(word: string): 'text' | 'integer' | 'number' | 'boolean' | 'null' | 'list' | 'object' | undefined {
	switch (word) {
		case 'string':
		case 'text':
		case 'url':
			return 'text';
		case 'int':
		case 'integer':
			return 'integer';
		case 'number':
		case 'float':
			return 'number';
		case 'array':
		case 'int[]':
			return 'list';
		case 'boolean':
		case 'null':
		case 'object':
			return word;
		default:
			return undefined;
	}
}

/** Asks for just one value in a success. */
export function value(method: string, id: Clean, given: Given, parts: Parts, more?: More): Question {
	return question(method, given, [fact(methodOf(method).method, id, { status: status(200), ...parts })], more);
}
