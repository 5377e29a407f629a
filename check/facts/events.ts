import { say } from '../clean';
import { errorOf, methodOf } from '../contract';
import { DOCS, either, exactly, is, kind, optional, SERVER, status, words } from '../expectation';
import { application } from '../needs';
import { CannotAsk, observed, type Need, type Question } from '../question';
import { fact, refusal, shape, value } from './build';

const BIND = 'event.bind';
const UNBIND = 'event.unbind';
/** The event that is sent only on request, so that a handler of it hears nothing. */
const TEST = 'ONAPPTEST';
const ADDRESS = 'https://example.com/portal-check';

const commoner: Need = (run) =>
	application(run) ?? (run.known.isAdmin ? say`needs an employee who is no administrator` : undefined);

const noHandler = errorOf(UNBIND, "Argument 'HANDLER' is null or empty");

/** An event that hardly anybody binds. */
const SELDOM = 'ONAPPMETHODCONFIRM';

/** The documentation's older text says that all handlers of the event go, so it is asked only where there is none. */
const unbindWithoutHandler: Question = {
	needs: [application],
	facts: [
		fact(methodOf(UNBIND).method, say`error:ERROR_ARGUMENT:Argument 'HANDLER' is null or empty`, {
			status: either(say`C10`, [
				[say`a handler must be named, ${SERVER}`, status(noHandler.httpStatus ?? 0)],
				[say`without a name all go, ${DOCS}`, status(200)],
			]),
			error: optional(words(noHandler.code ?? say``)),
			argument: optional(words(say`HANDLER`)),
			'result.count': optional(is(0)),
		}),
	],
	async ask(run) {
		const { result } = await observed(run, 'event.get');
		if (!Array.isArray(result) || JSON.stringify(result).includes(SELDOM))
			throw new CannotAsk(say`a handler might be lost by it`);
		return observed(run, UNBIND, { event: SELDOM });
	},
};

/** What can be bound, by the contract's example. */
const telephonyEvents = methodOf('events').examples[0]?.response?.result;

/** Subscribing. Nothing is bound here: each of these has something wrong. */
export const eventQuestions: readonly Question[] = [
	shape(
		'event.get',
		{},
		{
			fields: {
				event: kind('text'),
				handler: kind('text'),
				connector_id: kind('text', 'null'),
				auth_type: optional(kind('text')),
			},
		},
	),
	value(
		'events',
		say`example:1`,
		{ SCOPE: 'telephony' },
		{ result: exactly(Array.isArray(telephonyEvents) ? telephonyEvents : []) },
	),
	value('events', say`result`, {}, { result: kind('list'), 'result[]': kind('text') }),
	refusal(BIND, "Argument 'EVENT' is null or empty", {}),
	refusal(BIND, "Argument 'HANDLER' is null or empty", { event: TEST }),
	refusal(BIND, 'Event not found', { event: 'ONNOSUCHEVENT', handler: ADDRESS }),
	refusal(BIND, 'Value must be one of {online|offline}', { event: TEST, handler: ADDRESS, event_type: 'sideways' }),
	refusal(BIND, 'Offline event cannot be registered for this event.', { event: TEST, event_type: 'offline' }),
	refusal(BIND, 'Unsupported handler protocol', { event: TEST, handler: 'ftp://example.com/portal-check' }),
	refusal(BIND, 'Wrong handler URL', { event: TEST, handler: 'https://localhost/portal-check' }),
	refusal(
		BIND,
		'Access denied! Event binding with AUTH_TYPE requires administrator access rights',
		{ event: TEST, handler: ADDRESS, auth_type: 999_999_999 },
		{ needs: [commoner] },
	),
	refusal(
		BIND,
		'Access denied! Offline events binding requires administrator access rights',
		{ event: 'ONEXTERNALCALLSTART', event_type: 'offline' },
		{ needs: [commoner] },
	),
	refusal(UNBIND, "Argument 'EVENT' is null or empty", {}),
	unbindWithoutHandler,
	value(UNBIND, say`example:2`, { event: TEST, handler: ADDRESS }, { 'result.count': is(0) }),
];
