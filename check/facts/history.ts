import { say } from '../clean';
import { absent, DOCS, either, kind, SERVER, status } from '../expectation';
import type { Question } from '../question';
import { fact, question, shapeFact, value } from './build';

const GET = 'voximplant.statistic.get';

/** The history of calls. Only the form of its rows is looked at. */
export const historyQuestions: readonly Question[] = [
	question(GET, { SORT: 'ID', ORDER: 'DESC' }, [
		shapeFact(GET, { optional: ['CALL_LOG'] }),
		fact(say`voximplant.statistic.get`, say`paging`, { status: status(200), total: kind('integer') }),
		fact(say`Conflicts`, say`C16`, {
			'result[].CALL_LOG': either(say`C16`, [
				[say`CALL_LOG is left out, ${SERVER}`, absent()],
				[say`CALL_LOG is there, ${DOCS}`, kind('text', 'null')],
			]),
		}),
	]),
	value(GET, say`param:start`, { start: -1 }, { result: kind('list'), total: absent(), next: absent() }),
	// Small names do as well.
	value(GET, say`keys`, { filter: { id: 0 } }, { result: kind('empty list') }),
];
