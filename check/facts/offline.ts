import { say, type Clean } from '../clean';
import { errorOf, methodOf } from '../contract';
import { DOCS, either, kind, optional, present, SERVER, status, words } from '../expectation';
import { administrator, application } from '../needs';
import type { Need, Question } from '../question';
import { fact, question, refusal, shape, value, type Given } from './build';

const needs: readonly Need[] = [application, administrator];
const commoner: Need = ({ known }) => (known.isAdmin ? say`needs an employee who is no administrator` : undefined);
const DENIED = 'Access denied!';

/** Any shape of EVENT_DATA and EVENT_ADDITIONAL will do: an object, an empty list or false. */
const event = {
	EVENT_NAME: kind('text'),
	EVENT_DATA: present(),
	EVENT_ADDITIONAL: present(),
	MESSAGE_ID: kind('text'),
	PROCESS_ID: kind('text'),
	ERROR: kind('text'),
} as const;

const noMessage = errorOf('event.offline.error', "Argument 'MESSAGE_ID' is null or empty");
const byAdministrator = (method: string, text: string, given: Given): Question =>
	refusal(method, text, given, { needs });

/** Nothing has this process, so nothing is marked. */
const errorWithoutMessage = question(
	'event.offline.error',
	{ process_id: 'portal-check' },
	[
		fact(methodOf('event.offline.error').method, say`error:ERROR_ARGUMENT:Argument 'MESSAGE_ID' is null or empty`, {
			status: either(say`C28`, [
				[say`message_id is demanded, ${SERVER}`, status(noMessage.httpStatus ?? 0)],
				[say`message_id is optional, ${DOCS}`, status(200)],
			]),
			error: optional(words(noMessage.code ?? say``)),
		}),
	],
	{ needs },
);

/** A filter that no event fits, so that nothing is taken from whoever fetches events here. */
const nothing = { filter: { EVENT_NAME: 'ONNOSUCHEVENT' } };
const queue = (id: Clean, clear: 0 | 1): Question =>
	value(
		'event.offline.get',
		id,
		{ ...nothing, clear },
		{ 'result.events': kind('empty list'), 'result.process_id': clear === 0 ? kind('text') : kind('null', 'text') },
		{ needs },
	);

/** The queue of offline events. It is looked at, never emptied. */
export const offlineQuestions: readonly Question[] = [
	shape('event.offline.list', {}, { fields: event }, { needs }),
	value('event.offline.list', say`paging`, {}, { total: kind('integer') }, { needs }),
	queue(say`result`, 1),
	queue(say`param:clear`, 0),
	byAdministrator('event.offline.get', 'text not confirmed', { limit: 0 }),
	byAdministrator('event.offline.clear', "Argument 'PROCESS_ID' is null or empty", {}),
	byAdministrator('event.offline.error', "Argument 'PROCESS_ID' is null or empty", {}),
	errorWithoutMessage,
	...['event.offline.get', 'event.offline.list', 'event.offline.clear', 'event.offline.error'].map((method) =>
		refusal(method, DENIED, {}, { needs: [application, commoner] }),
	),
];
