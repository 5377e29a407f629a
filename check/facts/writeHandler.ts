import { say } from '../clean';
import { methodOf } from '../contract';
import { is, status } from '../expectation';
import { application, handler, noted } from '../needs';
import { observe, type Question, type Run } from '../question';
import { fact, refusal, value } from './build';

const BOUND = 'bound';
/** ONAPPTEST is sent only on request, so the handler hears nothing. */
const binding = ({ allowed }: Run): Record<string, string | undefined> => ({
	event: 'ONAPPTEST',
	handler: allowed.handler,
});
/** What stood there before the check must stay. */
const ours = noted(BOUND, say`the handler was not bound by this check`);

const bind: Question = {
	needs: [application, handler],
	facts: [fact(methodOf('event.bind').method, say`result`, { status: status(200), result: is(true) })],
	async ask(run) {
		const answer = await run.portal.call('event.bind', binding(run));
		if (answer.body.result === true) run.notes.set(BOUND, true);
		return observe(answer);
	},
};

const needs = [application, handler, ours];

/** A handler comes and goes. */
export const writeHandlerQuestions: readonly Question[] = [
	bind,
	refusal('event.bind', 'Unable to set event handler: Handler already binded', binding, { needs }),
	value('event.unbind', say`example:1`, binding, { 'result.count': is(1) }, { needs }),
];
