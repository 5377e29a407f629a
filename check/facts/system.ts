import { say } from '../clean';
import { is, kind, onlyKeys, status } from '../expectation';
import { application, webhook } from '../needs';
import type { Question } from '../question';
import { fact, question, refusal, shape, value } from './build';

/** What every access may ask. */
export const systemQuestions: readonly Question[] = [
	shape('profile', {}, { optional: ['PERSONAL_PHOTO', 'TIME_ZONE_OFFSET'] }),
	value('scope', say`result`, {}, { result: kind('list'), 'result[]': kind('text') }),
	value('scope', say`param:full`, { full: true }, { result: kind('list'), 'result[]': kind('text') }),
	shape('method.get', { name: 'profile' }),
	value(
		'method.get',
		say`param:name`,
		{ name: 'no.such.method' },
		{ 'result.isExisting': is(false), 'result.isAvailable': is(false) },
	),
	value('server.time', say`result`, {}, { result: kind('date') }),
	shape('feature.get', { CODE: 'rest_offline_extended' }),
	value('feature.get', say`param:CODE`, { CODE: 'no_such_feature' }, { 'result.value': is(say`N`) }),
	refusal('feature.get', "CODE can't be empty", {}),
	value('user.admin', say`result`, {}, { result: kind('boolean') }),
	shape('app.info', {}, { fields: { DAYS: kind('integer', 'null') } }, { needs: [application] }),
	question(
		'app.info',
		{},
		[
			fact(say`app.info`, say`context`, {
				status: status(200),
				'result.SCOPE': kind('list'),
				'result.LICENSE': kind('text'),
				'result.*': onlyKeys(['SCOPE', 'LICENSE']),
			}),
		],
		{ needs: [webhook], sending: { as: 'webhook' } },
	),
];
