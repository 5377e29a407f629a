import type { HttpAnswer } from '../../../bitrix24/http';
import { Ledger } from '../../../bitrix24/ledger';
import { attachTranscript, finish, loggedUnder, register, show } from '../../../bitrix24/methods/calls';
import { employeeByExtension } from '../../../bitrix24/methods/employees';
import { history } from '../../../bitrix24/methods/history';
import { addLine, deleteLine, lines } from '../../../bitrix24/methods/lines';
import { application } from '../../../bitrix24/methods/portal';
import { startTextCall } from '../../../bitrix24/methods/autoCalls';
import { resultOf } from '../../../bitrix24/parameters';
import { ask, askAll, askEach, optional, type Conversation } from '../../../bitrix24/plan';

import { lost, NOT_FOUND, strike, world } from './leading';

describe('a call that is logged in one go', () => {
	const log = (id = 'x'): Conversation<unknown> =>
		askAll(
			{ ...register({ EXTERNAL_CALL_ID: id, SHOW: 0 }, false), evidence: loggedUnder(id) },
			finish({ CALL_ID: resultOf(0, 'CALL_ID'), DURATION: 7 }),
		);
	/** A portal whose register has used up its time for so many requests. */
	const limited = (times: number) => {
		let left = times;
		const made = world(({ url }) => {
			if (!url.endsWith('batch') || left-- <= 0) return undefined;
			return {
				status: 200,
				body: {
					result: {
						result: {},
						result_error: { plan0_step0: { error: 'OPERATION_TIME_LIMIT' }, plan0_step1: NOT_FOUND },
					},
				},
			};
		});
		return { ...made, posted: () => made.requests.map(({ url }) => url.split('/rest/')[1]) };
	};

	it.each([
		['before the work', false],
		['after the work', true],
	])('and lost %s stands in the history once', async (_name, after) => {
		const { lead, rows, open } = world(strike('batch', { status: 504, body: '<html>' }, { after }));
		expect(await lead(log())).toMatchObject({ ok: true, value: [{ CALL_ID: 'call 1' }, { CALL_ID: 'call 1' }] });
		expect(rows).toHaveLength(1);
		expect(open.size).toBe(0);
	});

	it('and lost before the work, then after it, leaves no call open', async () => {
		let tries = 0;
		const { lead, rows, open } = world(({ body }, work) => {
			if (!JSON.stringify(body).includes('SHOW') || ++tries > 2) return undefined;
			if (tries === 2) work();
			return lost;
		});
		expect(await lead(log())).toMatchObject({ ok: true, value: [{ CALL_ID: 'call 1' }, { CALL_ID: 'call 1' }] });
		expect([rows.length, open.size]).toEqual([1, 0]);
	});

	it('and held up by a limit is sent again as a whole', async () => {
		const { lead, rows, posted } = limited(1);
		expect(await lead(log())).toMatchObject({ ok: true });
		expect(rows).toHaveLength(1);
		expect(posted()).toEqual(['batch', 'batch']);
	});

	it('is our own when a lost request did it late', async () => {
		let batches = 0;
		const { lead, rows } = world(({ url }) => {
			if (!url.endsWith('batch')) return undefined;
			batches += 1;
			if (batches === 1) return lost;
			rows.push({ CALL_ID: 'call 1', ID: '3' });
			return {
				status: 200,
				body: { result: { result: { plan0_step0: { CALL_ID: 'call 1' } }, result_error: { plan0_step1: NOT_FOUND } } },
			};
		});
		const led = await lead(log());
		expect(led).toMatchObject({ ok: true, value: [{ CALL_ID: 'call 1' }, { ID: 3 }] });
		expect(JSON.stringify(led)).not.toContain('ALREADY_FINISHED');
	});

	it('is found by its finish when only its registration is found', async () => {
		let batches = 0;
		const { lead, rows, asked } = world(({ url }) => {
			if (!url.endsWith('batch') || ++batches > 1) return undefined;
			rows.push({ CALL_ID: 'call 9', EXTERNAL_CALL_ID: 'x', ID: '4' });
			const nothing = { error: '', error_description: 'CALL_ID should not be empty' };
			return {
				status: 200,
				body: { result: { result: { plan0_step0: null }, result_error: { plan0_step1: nothing } } },
			};
		});
		expect(await lead(log())).toMatchObject({ ok: true, value: [{ CALL_ID: 'call 9' }, { ID: 4 }] });
		expect(rows).toHaveLength(1);
		expect(asked).not.toContain('telephony.externalCall.register');
	});

	it('does not take along what was done beside it when it is sent again', async () => {
		let left = 1;
		const { lead, rows, asked } = world((request, work) => {
			if (!request.url.endsWith('batch') || left-- <= 0) return undefined;
			const answer = work() as { body: { result: { result: Record<string, unknown>; result_error: object } } };
			const { plan0_step2 } = answer.body.result.result;
			rows.length = 0;
			answer.body.result = {
				result: { plan0_step2 },
				result_error: { plan0_step0: { error: 'OPERATION_TIME_LIMIT' }, plan0_step1: NOT_FOUND },
			};
			return answer as unknown as HttpAnswer;
		});
		const plan = askAll(
			register({ EXTERNAL_CALL_ID: 'x' }, true),
			finish({ CALL_ID: resultOf(0, 'CALL_ID') }),
			startTextCall({}),
		);
		expect(await lead(plan)).toMatchObject({ ok: true });
		expect(asked.filter((method) => method.startsWith('voximplant.infocall'))).toHaveLength(1);
	});

	it('is not repeated while the portal may still be at it', async () => {
		let late: (() => HttpAnswer) | undefined;
		const { lead, rows, time } = world((request, work) => {
			if (!request.url.endsWith('batch') || late) return undefined;
			late = work;
			void time.sleep(50_000).then(work);
			return lost;
		});
		expect(await lead(log())).toMatchObject({ ok: true, value: [{ CALL_ID: 'call 1' }, { CALL_ID: 'call 1' }] });
		await time.until(time.sleep(60_000));
		expect(rows).toHaveLength(1);
	});

	it('goes on with the finish when only that was lost', async () => {
		const { lead, rows, ledger } = world((request, work) => {
			if (!request.url.endsWith('batch') || JSON.stringify(request.body).includes('statistic')) return undefined;
			const answer = work() as { status: number; body: { result: { result: Record<string, unknown> } } };
			delete answer.body.result.result.plan0_step1;
			return answer;
		});
		expect(await lead(log())).toMatchObject({ ok: true, value: [{ CALL_ID: 'call 1' }, { CALL_ID: 'call 1' }] });
		expect(rows).toHaveLength(1);
		expect(ledger.leftRunning).toEqual([]);
		expect(ledger.changed).toEqual(['call 1']);
	});

	it('reads the history after a finish that was held up, not before', async () => {
		let isFirst = true;
		const { lead, open } = world(({ url }) => {
			if (!url.endsWith('batch') || !isFirst) return undefined;
			isFirst = false;
			return {
				status: 200,
				body: {
					result: { result: { plan0_step1: [] }, result_error: { plan0_step0: { error: 'OPERATION_TIME_LIMIT' } } },
				},
			};
		});
		open.set('call 9', 'x');
		expect(await lead(askAll(finish({ CALL_ID: 'call 9' }), history({ CALL_ID: 'call 9' })))).toMatchObject({
			ok: true,
			value: [{ ID: 1 }, [{ CALL_ID: 'call 9' }]],
		});
	});

	it('leaves the registered call to whoever takes it up', async () => {
		const { lead, claims, ledger } = world();
		const conversation = function* (): Conversation<unknown> {
			yield* ask({ claim: 'x' });
			yield* ask(register({ SHOW: 0 }, true));
			return yield* ask(finish({ CALL_ID: 'another' }));
		};
		expect(await lead(conversation())).toMatchObject({ ok: false, failure: { text: NOT_FOUND.error_description } });
		expect(ledger.leftRunning).toEqual(['call 1']);
		expect(await claims.take('x', {})).toEqual({ isMine: true, left: 'call 1' });
	});
});

describe('other calls whose answers are lost', () => {
	it.each<[string, Conversation<unknown>, unknown]>([
		['reads', ask(history({})), []],
		['cards', ask(show('call 1', [2])), true],
		['registrations that a repeat finds again', ask(register({}, true)), { CALL_ID: 'call 1' }],
	])('%s are repeated', async (_name, conversation, value) => {
		const { lead } = world(strike('', lost, { times: 2 }));
		expect(await lead(conversation)).toEqual({ ok: true, value });
	});

	it.each<[string, Conversation<unknown>]>([
		['registrations that would leave a second card', ask(register({}, false))],
		['calls that cost money', ask(startTextCall({}))],
	])('%s are never repeated', async (_name, conversation) => {
		const { lead, requests } = world(strike('', lost));
		expect(await lead(conversation)).toMatchObject({ ok: false, failure: { kind: 'unknown' } });
		expect(requests).toHaveLength(1);
	});

	it('a line that was added is found, one that is not there is added', async () => {
		const { lead, asked } = world(strike('externalLine.add', lost));
		expect(await lead(ask(addLine('+49', 'Bonn', true)))).toEqual({ ok: true, value: { NUMBER: '+49' } });
		expect(asked).toEqual(['telephony.externalLine.get']);
		expect(await world(strike('externalLine.add', lost)).lead(ask(addLine('+50', 'Bonn', true)))).toEqual({
			ok: true,
			value: { ID: 1 },
		});
	});

	it('a line that is gone after a lost deletion is deleted; else it was never there', async () => {
		expect(await world(strike('externalLine.delete', lost)).lead(ask(deleteLine('+50')))).toMatchObject({ ok: true });
		expect(await world().lead(ask(deleteLine('+50')))).toMatchObject({ ok: false, failure: { kind: 'refused' } });
	});
});

it('takes an answer of another shape for a lost one, in words', async () => {
	const { lead, requests } = world();
	expect(await lead(ask(application))).toMatchObject({
		ok: false,
		failure: {
			kind: 'unknown',
			text: 'The portal answered with something unexpected: nothing in place of an object',
			method: 'app.info',
		},
	});
	expect(requests.length).toBeLessThanOrEqual(3);
});

it('goes on without what is optional, and notes why', async () => {
	const { lead, ledger } = world();
	const none = optional({ ...lines, method: 'no.such.method' });
	expect(await lead(askAll(none, lines))).toEqual({ ok: true, value: [undefined, [{ NUMBER: '+49' }]] });
	expect(ledger.notes).toMatchObject([{ method: 'no.such.method', code: 'ERROR_METHOD_NOT_FOUND' }]);
});

it('asks once a run what is the same for every item, and again when it failed', async () => {
	const { portal, time, asked } = world(
		strike('user.get', { status: 400, body: { error: 'x', error_description: 'x' } }),
	);
	const shared = portal();
	const one = async () => await shared.lead(ask(employeeByExtension('101')), new Ledger());
	const [first, second] = await time.until(Promise.all([one(), one()]));
	expect([first.ok, second.ok]).toEqual([false, false]);
	await time.until(Promise.all([one(), one(), one()]));
	expect(asked).toEqual(['user.get']);
});

it('splits many calls into as many requests as the portal takes', async () => {
	const { lead, requests } = world();
	const led = await lead(askEach(Array.from({ length: 120 }, (_, index) => ({ ...history({ ID: index }) }))));
	expect(led.ok && led.value.length).toBe(120);
	expect(requests.map(({ body }) => Object.keys(body.cmd as object).length)).toEqual([50, 50, 20]);
});

it('sends a plan with a text that looks like a reference one by one, references resolved', async () => {
	const { lead, requests } = world();
	const said = [{ SIDE: 'User' as const, START_TIME: 0, STOP_TIME: 1, MESSAGE: 'my $result[x] is' }];
	const led = await lead(askAll(register({}, true), attachTranscript(resultOf(0, 'CALL_ID'), said)));
	expect(led).toMatchObject({ ok: true, value: [{ CALL_ID: 'call 1' }, { of: 'call 1' }] });
	expect(requests.map(({ url }) => url.split('/rest/')[1])).toEqual([
		'telephony.externalCall.register',
		'telephony.call.attachTranscription',
	]);
	expect(requests[1]?.body.MESSAGES).toEqual(said);
});
