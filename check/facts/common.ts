import { say, type Clean } from '../clean';
import { commonError } from '../contract';
import { DOCS, either, oneOf, SERVER, status, words } from '../expectation';
import { application, hasScope, permission, webhook } from '../needs';
import { CannotAsk, observe, observed, type Need, type Question, type Run } from '../question';
import { commonFact, fact, failure, question } from './build';

const NO_METHOD = 'no.such.method';
const noMethod = commonError('ERROR_METHOD_NOT_FOUND');
const noAuth = commonError('NO_AUTH_FOUND');

const unauthorised: Question = {
	needs: [],
	facts: [
		fact(say`Common errors`, say`error:NO_AUTH_FOUND:Wrong authorization data`, {
			...failure(noAuth),
			'unknownWebhook.status': status(noAuth.httpStatus ?? 0),
			'unknownWebhook.error': words(noAuth.code ?? say``),
		}),
	],
	async ask(run) {
		const nobody = await observed(run, 'profile', {}, { as: 'nobody' });
		return {
			...nobody,
			unknownWebhook: await observed(run, 'profile', {}, { as: 'webhook', webhook: { userId: '1', code: 'unknown' } }),
		};
	},
};

/** Methods of permissions that a telephony application hardly has; they only read, or do nothing without parameters. */
const FOREIGN: readonly (readonly [scope: string, method: string])[] = [
	['disk', 'disk.storage.getlist'],
	['task', 'tasks.task.list'],
	['call', 'voximplant.infocall.startwithtext'],
];

const lacking: Need = ({ known }) =>
	FOREIGN.every(([scope]) => hasScope(known.scopes, scope)) ? say`the access has every permission` : undefined;

/** Finds a method whose permission the access lacks and that the portal has. */
async function refusedMethod(run: Run): Promise<string> {
	const known = run.notes.get('refusedMethod');
	if (typeof known === 'string') return known;
	for (const [scope, method] of FOREIGN) {
		if (hasScope(run.known.scopes, scope)) continue;
		const { body } = await run.portal.call('method.get', { name: method });
		const { result } = body;
		if (typeof result !== 'object' || result === null || !('isExisting' in result) || !('isAvailable' in result))
			continue;
		if (result.isExisting !== true || result.isAvailable !== false) continue;
		run.notes.set('refusedMethod', method);
		return method;
	}
	throw new CannotAsk(say`the portal has no method that this access may not call`);
}

const scopeError = commonError('insufficient_scope');
/** A webhook is called "webhook token". */
const scopeText = say`The request requires higher privileges than provided by the {KIND} token`;

const insufficientScope: Question = {
	needs: [lacking],
	facts: [
		fact(say`Common errors`, say`error:insufficient_scope:${scopeError.description ?? say``}`, {
			...failure(scopeError),
			error_description: words(scopeText),
		}),
	],
	ask: async (run) => observed(run, await refusedMethod(run)),
};

const scopeInBatch: Question = {
	needs: [lacking],
	facts: [
		fact(say`batch`, say`scope`, {
			status: status(200),
			'result.result_error.a.error': words(scopeError.code ?? say``),
			'result.result_error.a.error_description': words(say``),
		}),
	],
	ask: async (run) => observed(run, 'batch', { cmd: { a: await refusedMethod(run) } }),
};

const withoutCall: Need = ({ known }) =>
	hasScope(known.scopes, 'call') ? say`the access has the permission call as well` : undefined;
const passed = oneOf([say``, say`ERROR_CORE`, say`ACCESS_DENIED`]);

/** The method needs a line and a number, and gets neither. */
const callbackScope = question(
	'voximplant.callback.start',
	{},
	[
		fact(say`Conflicts`, say`C12`, {
			error: either(say`C12`, [
				[say`callbacks need the permission call, ${SERVER}`, words(say`insufficient_scope`)],
				[say`telephony will do, ${DOCS}`, passed],
			]),
		}),
	],
	{ needs: [permission('telephony'), withoutCall] },
);

/** A webhook of somebody else: another employee with this code. */
const foreignWebhook: Question = {
	needs: [webhook],
	facts: [commonFact('INVALID_CREDENTIALS')],
	async ask({ portal }) {
		const { userId = '', code = '' } = portal.access.webhook ?? {};
		return observe(
			await portal.call(
				'profile',
				{},
				{ as: 'webhook', webhook: { userId: String(Number(userId) + 1_000_000), code } },
			),
		);
	},
};

const order: Clean = say`order`;

/** Failures that any method may answer with. */
export const commonQuestions: readonly Question[] = [
	unauthorised,
	question('profile', {}, [commonFact('invalid_token')], { needs: [application], sending: { token: 'nonsense' } }),
	insufficientScope,
	scopeInBatch,
	callbackScope,
	foreignWebhook,
	question('event.get', {}, [commonFact('WRONG_AUTH_TYPE')], { needs: [webhook], sending: { as: 'webhook' } }),
	question(NO_METHOD, {}, [commonFact('ERROR_METHOD_NOT_FOUND')], { needs: [] }),
	question(NO_METHOD, {}, [fact(say`Transport`, order, failure(noMethod))], { needs: [], sending: { as: 'nobody' } }),
];
