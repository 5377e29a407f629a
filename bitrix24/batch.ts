import { failed, isRecord, portalFailure, success, type Failure, type Outcome } from './failure';
import { encodeForm, type FormValue } from './phpForm';
import { isPlainCall, Reference, type Call, type ParameterValue, type Plan } from './plan';

/**
 * Cuts plans into chunks, each of which travels in one request.
 *
 * @param plans plans in order.
 * @param maxCommands most commands a chunk may hold. A longer plan gets a chunk of its own.
 * @returns chunks in order; a plan is never split. A plan with anything else than plain calls is a chunk of its own, and
 *   so is one with a text that the portal would take for a reference (`$result[`): alone it can go as a plain call.
 */
export function chunks(plans: Plan[], maxCommands: number): Plan[][] {
	const cut: Plan[][] = [];
	let room = 0;
	for (const plan of plans) {
		const alone = !plan.every(fitsInBatch);
		const last = cut[cut.length - 1];
		if (last && !alone && plan.length <= room) {
			last.push(plan);
			room -= plan.length;
		} else {
			cut.push([plan]);
			room = alone ? 0 : maxCommands - plan.length;
		}
	}
	return cut;
}

function fitsInBatch(step: Plan[number]): boolean {
	return isPlainCall(step) && !Object.values(step.parameters).some(looksLikeReference);
}

/**
 * Builds the parameters of the REST method `batch`.
 *
 * @returns `halt` 0, because one item's failure must not stop another's; commands are `method?query` with the query
 *   encoded once. Names start with a letter: numeric ones would come back as a list.
 */
export function batchParameters(chunk: Plan[]): { halt: 0; cmd: Record<string, string> } {
	const commands = chunk.flatMap((plan, index) =>
		plan.filter(isPlainCall).map((step, position): [string, string] => [
			commandName(index, position),
			`${step.method}?${encodeForm(bound(step, index))}`,
		]),
	);
	return { halt: 0, cmd: Object.fromEntries(commands) };
}

/**
 * Pairs the answer of `batch` with the plans that were asked.
 *
 * @param result the value of `result` in the answer: maps by command name, an empty map arrives as `[]`.
 * @returns one outcome a step, plan by plan. A command without result and without error has an unknown outcome: the
 *   portal was cut off while it worked.
 */
export function readBatch(chunk: Plan[], result: unknown): Outcome<unknown>[][] {
	const answer = mapOf(result);
	const results = mapOf(answer.result);
	const errors = mapOf(answer.result_error);
	return chunk.map((plan, index) =>
		plan.filter(isPlainCall).map((step, position) => {
			const name = commandName(index, position);
			const error = errors[name];
			if (isRecord(error)) return failed(portalFailure(step.method, 400, error));
			return name in results ? success(results[name]) : failed(unanswered(step));
		}),
	);
}

function unanswered(step: Call): Failure {
	return { kind: 'unknown', status: 200, code: '', text: 'The batch answered without a word about this call', method: step.method };
}

function mapOf(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
}

function commandName(plan: number, step: number): string {
	return `plan${plan}_step${step}`;
}

function bound(step: Call, plan: number): Record<string, FormValue> {
	return Object.fromEntries(
		Object.entries(step.parameters).map(([name, value]) => [name, value instanceof Reference ? placeholder(value, plan) : value]),
	);
}

function placeholder(reference: Reference, plan: number): string {
	return `$result[${commandName(plan, reference.step)}]${reference.path.map((key) => `[${key}]`).join('')}`;
}

function looksLikeReference(value: ParameterValue): boolean {
	if (typeof value === 'string') return value.includes('$result[');
	return typeof value === 'object' && value !== null && !(value instanceof Reference) && Object.values(value).some(looksLikeReference);
}
