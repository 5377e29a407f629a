import { say } from '../clean';
import { absent, is, kind, status } from '../expectation';
import type { Question } from '../question';
import { fact, question, shape, shapeFact, value } from './build';

/** Fields that the contract's prose leaves open. Empty ones are left out, and there are many more than it lists. */
const PERSON = { optional: 'all', open: true } as const;

/** Employees. */
export const peopleQuestions: readonly Question[] = [
	shape('user.current', {}, PERSON),
	question('user.get', {}, [
		shapeFact('user.get', PERSON),
		fact(say`user.get`, say`paging`, { status: status(200), total: kind('integer') }),
	]),
	value('user.get', say`param:start`, { start: -1 }, { result: kind('list'), total: absent(), next: absent() }),
	value('user.get', say`keys`, ({ known }) => ({ filter: { id: known.userId } }), {
		total: is(1),
		'result[].ID': kind('text'),
	}),
	shape('user.search', ({ known }) => ({ FILTER: { ID: known.userId } }), PERSON),
];
