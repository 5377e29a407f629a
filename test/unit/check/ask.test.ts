import { ask } from '../../../check/ask';
import { Portal } from '../../../check/access/portal';
import { say } from '../../../check/clean';
import { failure, shape } from '../../../check/facts/build';
import { commonError } from '../../../check/contract';
import { status } from '../../../check/expectation';
import { CannotAsk, observe, type Fact, type Run } from '../../../check/question';
import { NoAnswer, type Answer } from '../../../check/wire';

/** A run in a portal that always gives this answer. */
function runWith(answer: Partial<Answer>, scopes = ['telephony', 'user']): Run {
	const portal = new Portal('https://p', { token: 't' }, () =>
		Promise.resolve({ status: 200, contentType: '', body: {}, ...answer }),
	);
	return {
		portal,
		known: { userId: '1', isAdmin: true, scopes },
		allowed: { write: false, renew: false },
		mark: 'm',
		notes: new Map(),
	};
}

const history = shape('voximplant.statistic.get', {});
const refused = (code: string, text = 'Access denied!'): Partial<Answer> => ({
	status: 403,
	body: { error: code, error_description: text },
});

it.each<[string, Partial<Answer>, string[] | undefined, string, string | undefined]>([
	['a permission that the access lacks', {}, [], 'could not ask', 'permission telephony missing'],
	['a list without rows', { body: { result: [] } }, undefined, 'could not ask', 'there is nothing in the list'],
	[
		'a right that the employee lacks',
		refused('ACCESS_DENIED'),
		undefined,
		'could not ask',
		'the employee lacks a right: call statistics (call detail) - view',
	],
	[
		'a method that is not there',
		refused('ERROR_METHOD_NOT_FOUND'),
		undefined,
		'could not ask',
		'this portal does not have the method',
	],
	[
		'a method that is blocked',
		refused('OPERATION_TIME_LIMIT'),
		undefined,
		'could not ask',
		'the method has used up its time',
	],
	['any other refusal', refused('NEW_LICENSE_CODE'), undefined, 'differs', undefined],
	['another form', { body: { result: 1 } }, undefined, 'differs', undefined],
])('takes %s for what it is', async (_, answer, scopes, verdict, reason) => {
	const [row] = await ask(history, runWith(answer, scopes));
	expect([row?.verdict, row?.reason]).toEqual([verdict, reason]);
});

it('tells a refusal that nobody knew', async () => {
	const [row] = await ask(history, runWith(refused('LICENSE_REQUIRED', 'Feature Kowalczyk is not available')));
	expect(row?.seen).toMatch(/^403, result: missing, .*; refused: LICENSE_REQUIRED Feature … is not available$/);
});

it('does not take a refusal that was asked for, or that belongs to no method, for a hindrance', async () => {
	const fact: Fact = {
		subject: say`event.offline.get`,
		id: say`x`,
		parts: { ...failure(commonError('ACCESS_DENIED', 'Access denied!')), status: status(418) },
	};
	const general: Fact = { subject: say`Transport`, id: say`x`, parts: { status: status(200) } };
	const question = {
		needs: [],
		facts: [fact, general],
		ask: async ({ portal }: Run) => observe(await portal.call('x')),
	};
	expect((await ask(question, runWith(refused('ACCESS_DENIED')))).map(({ verdict }) => verdict)).toEqual([
		'differs',
		'differs',
	]);
	expect((await ask(question, runWith(refused('ERROR_METHOD_NOT_FOUND'))))[1]?.verdict).toBe('differs');
});

it.each([new NoAnswer(say`no answer`), new CannotAsk(say`it is late`)])('goes on after %s', async (error) => {
	const [row] = await ask({ ...history, ask: () => Promise.reject(error) }, runWith({}));
	expect([row?.verdict, row?.reason]).toEqual(['could not ask', error.reason]);
});
