import { failed, isRecord, oddAnswer, portalFailure, recordOf, success, type Answer } from './failure';
import { encodeForm, type FormValue } from './phpForm';
import { Reference, type ParameterValue, type Parameters } from './parameters';

/** One command of a batch. */
export interface Command {
	method: string;
	/** References point to earlier commands of the same group. */
	parameters: Parameters;
}

/** Commands of one item. */
export type Group = readonly Command[];

/** What a command brought, and the portal's own note of its time. */
export interface Commanded {
	answer: Answer<unknown>;
	time: unknown;
}

/**
 * True when a command cannot travel in a batch: a text in it looks like a reference (`$result[`), which the portal
 * would replace. As a plain call it goes through as it is.
 */
export function looksLikeReference({ parameters }: Command): boolean {
	return Object.values(parameters).some(hasReferenceText);
}

/**
 * Builds the parameters of the REST method `batch`.
 *
 * @returns `halt` 0, because one item's failure must not stop another's; commands are `method?query` with the query
 *   encoded once. Names start with a letter: numeric ones would come back as a list.
 */
export function batchParameters(groups: readonly Group[]): { halt: 0; cmd: Record<string, string> } {
	const commands = groups.flatMap((group, index) =>
		group.map((command, position): [string, string] => [
			commandName(index, position),
			`${command.method}?${encodeForm(bound(command, index))}`,
		]),
	);
	return { halt: 0, cmd: Object.fromEntries(commands) };
}

/**
 * Pairs the answer of `batch` with the commands that were asked.
 *
 * @param result the value of `result` in the answer: maps by command name, an empty map arrives as `[]`.
 * @returns one answer a command, group by group. Of a command without result and without error nobody knows whether it
 *   was carried out: the portal was cut off while it worked.
 */
export function readBatch(groups: readonly Group[], result: unknown): Commanded[][] {
	const answer = recordOf(result);
	const [results, errors, times] = [
		recordOf(answer.result),
		recordOf(answer.result_error),
		recordOf(answer.result_time),
	];
	const read = (name: string, method: string): Answer<unknown> => {
		const error = errors[name];
		if (isRecord(error)) return failed(portalFailure(method, 400, error));
		if (name in results) return success(results[name]);
		return failed({ ...oddAnswer(method, 'it says nothing about this request'), isOdd: false });
	};
	return groups.map((group, index) =>
		group.map(({ method }, position) => {
			const name = commandName(index, position);
			return { answer: read(name, method), time: times[name] };
		}),
	);
}

function commandName(group: number, position: number): string {
	return `plan${group}_step${position}`;
}

function bound({ parameters }: Command, group: number): Record<string, FormValue> {
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => [
			name,
			value instanceof Reference ? placeholder(value, group) : value,
		]),
	);
}

function placeholder(reference: Reference, group: number): string {
	return `$result[${commandName(group, reference.step)}]${reference.path.map((key) => `[${key}]`).join('')}`;
}

function hasReferenceText(value: ParameterValue): boolean {
	if (typeof value === 'string') return value.includes('$result[');
	return (
		typeof value === 'object' &&
		value !== null &&
		!(value instanceof Reference) &&
		Object.values(value).some(hasReferenceText)
	);
}
