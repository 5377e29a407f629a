import { ask } from '../../../../check/ask';
import { contract, methodOf } from '../../../../check/contract';
import { judge } from '../../../../check/parts';
import type { Fact, Question, Run } from '../../../../check/question';
import { lastQuestions, questions } from '../../../../check/questions';
import type { Row } from '../../../../check/report/row';
import type { Answer, Send } from '../../../../check/wire';
import { meet } from '../../../../check/check';
import { CheckedSandbox, HANDLER, NUMBER, type Setting } from '../portalCheck';

/** A question with everything the sandbox said to it, so that it can be asked again with other answers. */
export interface Recorded {
	readonly question: Question;
	readonly run: Run;
	readonly answers: readonly Answer[];
	/** Facts that agreed. */
	readonly agreed: ReadonlySet<Fact>;
}

const nameOf = ({ subject, id }: { subject: string; id: string }): string => `${subject} ${id}`;

/** Asks the sandbox every question and keeps all that was said. */
export async function recordAll(setting: Setting): Promise<Recorded[]> {
	const sandbox = await CheckedSandbox.open({ ...setting, write: true });
	try {
		const { portal, connection } = sandbox.entry;
		const known = await meet(portal);
		const notes = new Map<string, unknown>();
		const recorded: Recorded[] = [];
		for (const question of [...questions, ...lastQuestions]) {
			const answers: Answer[] = [];
			const listen =
				(send: Send): Send =>
				async (request) => {
					const answer = await send(request);
					answers.push(answer);
					return answer;
				};
			const before = new Map(notes);
			const base = { known, allowed: { write: true, renew: false, number: NUMBER, handler: HANDLER }, mark: 'mark' };
			const rows = await ask(question, {
				...base,
				notes,
				portal: portal.through(listen(sandbox.send)),
				...(connection === undefined
					? {}
					: { connection: { ...connection, server: connection.server.through(listen(sandbox.send)) } }),
			});
			recorded.push({
				question,
				answers,
				run: { ...base, notes: before, portal, ...(connection === undefined ? {} : { connection }) },
				agreed: factsWith(question, rows, 'agrees'),
			});
		}
		return recorded;
	} finally {
		await sandbox.close();
	}
}

function factsWith(question: Question, rows: readonly Row[], verdict: Row['verdict']): Set<Fact> {
	const names = new Set(rows.filter((row) => row.verdict === verdict).map(nameOf));
	return new Set(question.facts.filter((fact) => names.has(nameOf(fact))));
}

/**
 * What a portal that has a method would say, for methods that the sandbox does not have: the contract's own example or
 * failure. Only for those: of everything else the sandbox has to give the answer.
 */
export function madeUp({ question, run }: Recorded): Recorded | undefined {
	const [fact] = question.facts;
	const method = contract.methods.find(({ method: name }) => name === fact?.subject);
	if (!fact || !method) return undefined;
	const error = method.errors.find(
		({ code, description, when }) => fact.id === `error:${code ?? '?'}:${description ?? when}`,
	);
	const body = error
		? { error: error.code, error_description: error.description }
		: {
				...methodOf(method.method).examples[0]?.response,
				...(method.method === 'voximplant.sip.connector.status' ? { result: { FREE_MINUTES: 50, PAID: false } } : {}),
				...(method.method === 'voximplant.user.getDefaultLineId' ? { result: { defaultLineId: 'reg1' } } : {}),
			};
	const answer = { status: error?.httpStatus ?? 200, contentType: 'application/json; charset=utf-8', body };
	return {
		question,
		run,
		answers: [answer],
		agreed: judge(fact.parts, { ...body, status: answer.status }).state === 'agrees' ? new Set([fact]) : new Set(),
	};
}
