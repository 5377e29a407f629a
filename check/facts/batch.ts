import { say, type Clean } from '../clean';
import { contract, errorOf } from '../contract';
import { absent, DOCS, either, kind, SERVER, status, words, type Expectation } from '../expectation';
import { permission } from '../needs';
import type { Parts } from '../parts';
import type { Question } from '../question';
import { fact, question, shapeFact } from './build';

const BATCH = say`batch`;
const NO_METHOD = 'no.such.method';
const notAllowed = errorOf('batch', 'Method is not allowed for batch usage');
const tooLong = errorOf('batch', 'Max batch length exceeded');

const asks = (cmd: unknown, id: Clean, parts: Parts, halt?: number): Question =>
	question(
		'batch',
		{ cmd, ...(halt === undefined ? {} : { halt }) },
		[fact(BATCH, id, { status: status(200), ...parts })],
		{
			needs: [],
		},
	);

/** A command's failure stands in result_error, while the status of the whole stays 200. */
const failed = (name: string, { code, description }: typeof notAllowed): Parts => ({
	[`result.result_error.${name}.error`]: words(code ?? say``),
	[`result.result_error.${name}.error_description`]: words(description ?? say``),
});

/** As many commands as are allowed, and one more. */
const commands = [
	...Array.from({ length: contract.limits.batchCommands }, (_, index) => [`c${index}`, 'server.time']),
	['extra', 'server.time'],
];

const nested: Expectation = either(say`C17`, [
	[say`a batch in a batch is refused, ${DOCS}`, words(notAllowed.code ?? say``)],
	[say`a batch in a batch runs, ${SERVER}`, absent()],
]);

/** batch */
export const batchQuestions: readonly Question[] = [
	question(
		'batch',
		{ cmd: { a: 'profile', b: NO_METHOD } },
		[
			shapeFact('batch'),
			fact(BATCH, say`default:halt`, {
				'result.result.a': kind('object'),
				'result.result_error.b.error': words(say`ERROR_METHOD_NOT_FOUND`),
				'result.result_time.a': kind('object'),
			}),
		],
		{ needs: [] },
	),
	asks({ a: NO_METHOD, b: 'server.time' }, say`enum:halt`, { 'result.result.b': kind('date') }, 0),
	asks(
		{ a: NO_METHOD, b: 'server.time' },
		say`param:halt`,
		{ 'result.result': kind('empty list'), 'result.result_error.a': kind('object') },
		1,
	),
	asks(['server.time', 'server.time'], say`param:cmd`, {
		'result.result': kind('list'),
		'result.result[]': kind('date'),
		'result.result_error': kind('empty list'),
	}),
	asks(
		Object.fromEntries(commands),
		say`error:${tooLong.code ?? say``}:${tooLong.description ?? say``}`,
		failed('extra', tooLong),
	),
	asks(
		{ a: 'upload' },
		say`error:${notAllowed.code ?? say``}:${notAllowed.description ?? say``}`,
		failed('a', notAllowed),
	),
	question(
		'batch',
		{ cmd: { a: 'batch?cmd[x]=server.time' } },
		[fact(say`Conflicts`, say`C17`, { status: status(200), 'result.result_error.a.error': nested })],
		{ needs: [] },
	),
	question(
		'batch',
		{ cmd: { me: 'profile', who: 'user.get?ID=$result[me][ID]' } },
		[
			fact(BATCH, say`example:1`, {
				status: status(200),
				'result.result.who[].ID': kind('text'),
				'result.result_total.who': kind('integer'),
			}),
		],
		{ needs: [permission('user')] },
	),
];
