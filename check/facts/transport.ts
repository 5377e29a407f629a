import { say, type Clean } from '../clean';
import { contract, errorOf } from '../contract';
import { is, kind, matching, optional, status, type Expectation } from '../expectation';
import type { Parts } from '../parts';
import type { Question } from '../question';
import type { Sending } from '../access/portal';
import { fact, failure, ofProse, question } from './build';

const TRANSPORT = say`Transport`;

/** The time block of a success; the operating limit shows only where it is on. */
const time: Parts = Object.fromEntries(
	Object.entries(contract.transport.response.timeBlock).map(([name, prose]) => {
		const expectation: Expectation = /^(number|float|seconds|unix)/.test(prose) ? kind('number') : ofProse(prose);
		return [`time.${name}`, prose.includes('only when') ? optional(expectation) : expectation];
	}),
);

const serverTime = question(
	'server.time',
	{},
	[
		fact(TRANSPORT, say`headers`, {
			contentType: matching(say`application/json; charset=utf-8`, /^application\/json; ?charset=utf-8$/i),
		}),
		fact(TRANSPORT, say`time`, { status: status(200), ...time }),
	],
	{ needs: [] },
);

const anyCase = question(
	'SERVER.Time.json',
	{},
	[fact(TRANSPORT, say`case`, { status: status(200), result: kind('date') })],
	{
		needs: [],
		sending: { encoding: 'query' },
	},
);

const emptyMaps = question(
	'batch',
	{ cmd: [] },
	[
		fact(
			TRANSPORT,
			say`emptyArray`,
			Object.fromEntries(
				['result', 'result_error', 'result_total', 'result_next', 'result_time'].map((name) => [
					`result.${name}`,
					kind('empty list'),
				]),
			),
		),
	],
	{ needs: [] },
);

/** method.get says whether the portal read the name of a method that it has. */
const isRead = (id: Clean, sending: Sending): Question =>
	question('method.get', {}, [fact(TRANSPORT, id, { status: status(200), 'result.isExisting': is(true) })], {
		needs: [],
		sending,
	});

/** feature.get complains when it reads no parameter. */
const isNotRead = (id: Clean, sending: Sending): Question =>
	question('feature.get', {}, [fact(TRANSPORT, id, failure(errorOf('feature.get', "CODE can't be empty")))], {
		needs: [],
		sending,
	});

const CODE = JSON.stringify({ CODE: 'rest_offline_extended' });

/** How requests are read. A token in the parameters would be lost with the body, so it stands in the address there. */
export const transportQuestions: readonly Question[] = [
	serverTime,
	anyCase,
	emptyMaps,
	isRead(say`body:1`, {
		query: { name: 'no.such.method' },
		raw: { type: 'application/json', text: JSON.stringify({ name: 'profile' }) },
	}),
	isRead(say`body:3`, { raw: { type: 'application/json; charset=utf-8', text: JSON.stringify({ name: 'profile' }) } }),
	isRead(say`body:4`, { raw: { type: 'text/plain', text: 'name=profile' } }),
	isNotRead(say`body:5`, { raw: { type: 'application/json', text: CODE.slice(0, -1) } }),
	isNotRead(say`body:6`, { verb: 'PUT', raw: { type: 'application/json', text: CODE } }),
];
