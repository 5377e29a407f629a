import { say, wordsOf, type Clean } from './clean';
import { contract } from './contract';
import { judge } from './parts';
import { CannotAsk, type Fact, type Question, type Run } from './question';
import type { Row } from './report/row';
import { NoAnswer } from './wire';

/** Answers that say nothing about any fact: the portal wants a rest. */
const RESTS: Readonly<Record<string, Clean>> = {
	OPERATION_TIME_LIMIT: say`the method has used up its time`,
	QUERY_LIMIT_EXCEEDED: say`too many requests from this address`,
	OVERLOAD_LIMIT: say`the portal is overloaded`,
};

/** Answers that say nothing about a fact of a method: this access does not get there. */
const DOORS: Readonly<Record<string, Clean>> = {
	insufficient_scope: say`a permission is missing`,
	ERROR_METHOD_NOT_FOUND: say`this portal does not have the method`,
	METHOD_CONFIRM_WAITING: say`an administrator would have to confirm the method`,
	WRONG_AUTH_TYPE: say`the portal refuses webhooks here`,
};

/** Asks a question and gives a row for each of its facts. Never throws because of what a portal does. */
export async function ask(question: Question, run: Run): Promise<Row[]> {
	const missing = question.needs.map((need) => need(run)).find((reason) => reason !== undefined);
	if (missing !== undefined) return unasked(question, missing);
	try {
		const observed = await question.ask(run);
		return question.facts.map((fact) => rowOf(fact, observed));
	} catch (error) {
		if (error instanceof CannotAsk || error instanceof NoAnswer) return unasked(question, error.reason);
		throw error;
	}
}

function rowOf(fact: Fact, observed: unknown): Row {
	const { state, ...judged } = judge(fact.parts, observed);
	const row = { subject: fact.subject, id: fact.id, ...judged };
	if (state === 'agrees') return { ...row, verdict: 'agrees' };
	if (state === 'nothing') return { ...row, verdict: 'could not ask', reason: say`there is nothing in the list` };
	const hindrance = hindranceOf(fact, observed);
	return hindrance === undefined
		? { ...row, verdict: 'differs', seen: withFailure(row.seen, fact, observed) }
		: { ...row, verdict: 'could not ask', reason: hindrance, seen: say``, refuted: [] };
}

/** An unexpected refusal is new knowledge, so it is told although the fact does not look at it. */
function withFailure(seen: Clean, { parts }: Fact, observed: unknown): Clean {
	const { error, error_description: text }: { error?: unknown; error_description?: unknown } = Object(observed);
	return typeof error !== 'string' || 'error' in parts
		? seen
		: say`${seen}; refused: ${wordsOf(error)} ${wordsOf(text)}`;
}

/** Why an answer that is not as expected says nothing about the fact. */
function hindranceOf({ subject, parts }: Fact, observed: unknown): Clean | undefined {
	if (typeof observed !== 'object' || observed === null || !('error' in observed) || typeof observed.error !== 'string')
		return undefined;
	if (Object.hasOwn(RESTS, observed.error)) return RESTS[observed.error];
	// Where the refusal itself is what was asked for, it hinders nothing.
	if (parts.error?.judge(observed.error).ok === true) return undefined;
	const method = contract.methods.find((candidate) => candidate.method === subject);
	if (!method) return undefined;
	if (observed.error === 'ACCESS_DENIED' && method.permission !== 'any user')
		return say`the employee lacks a right: ${method.permission}`;
	return Object.hasOwn(DOORS, observed.error) ? DOORS[observed.error] : undefined;
}

/** Rows of a question that is not asked. */
export function unasked({ facts }: Question, reason: Clean): Row[] {
	return facts.map(({ subject, id, parts }) => {
		const { expected, conflicts } = judge(parts, undefined);
		return { subject, id, verdict: 'could not ask', reason, expected, seen: say``, sides: [], conflicts, refuted: [] };
	});
}
