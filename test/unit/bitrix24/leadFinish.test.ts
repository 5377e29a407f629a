import type { HttpAnswer } from '../../../bitrix24/http';
import { finish, loggedUnder, register } from '../../../bitrix24/methods/calls';
import { resultOf } from '../../../bitrix24/parameters';
import { ask, askAll } from '../../../bitrix24/plan';

import { lost, strike, world } from './leading';

/** The portal stumbled, nobody knows how far it came. */
const CRASH: HttpAnswer = {
	status: 500,
	body: { error: 'INTERNAL_SERVER_ERROR', error_description: 'Internal server error' },
};

describe('a finish whose answer is lost', () => {
	const once = { CALL_ID: 'call 1', USER_ID: 2 };

	it('after it was carried out is found in the history, and not sent again', async () => {
		const { lead, open, rows, asked } = world(strike('finish', lost, { after: true }));
		open.set('call 1', 'x');
		expect(await lead(ask(finish(once)))).toMatchObject({
			ok: true,
			value: { CALL_ID: 'call 1', ID: 1, CALL_DURATION: 7, INCOMING: '2', CALL_STATUS: 1 },
		});
		expect(rows).toHaveLength(1);
		expect(asked.filter((method) => method.endsWith('finish'))).toHaveLength(1);
	});

	it('before it was carried out is sent again', async () => {
		const { lead, open, rows } = world(strike('finish', lost, { times: 3 }));
		open.set('call 1', 'x');
		const led = await lead(ask(finish(once)));
		expect(led).toMatchObject({ ok: true, value: { CALL_ID: 'call 1' } });
		expect(led.ok && led.value).not.toHaveProperty('ALREADY_FINISHED');
		expect(rows).toHaveLength(1);
	});

	it('is looked for only when the portal must be done with it', async () => {
		const times: number[] = [];
		const struck = strike('finish', lost);
		const { lead, open, time } = world((request, work) => {
			times.push(time.now());
			return struck(request, work);
		});
		open.set('call 1', 'x');
		await lead(ask(finish(once)));
		expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(2 * 1860);
	});

	it.each([
		['once', 1, true],
		['again and again', 9, false],
	])('and that then makes the portal stumble %s', async (_name, times, isDone) => {
		const [first, then] = [strike('finish', lost), strike('finish', CRASH, { times })];
		const { lead, open, rows } = world((request, work) => first(request, work) ?? then(request, work));
		open.set('call 1', 'x');
		expect(await lead(ask(finish(once)))).toMatchObject(
			isDone ? { ok: true } : { ok: false, failure: { kind: 'unknown' } },
		);
		expect(rows).toHaveLength(isDone ? 1 : 0);
	});

	it('for good leaves open whether it was done', async () => {
		const { lead, open, rows } = world(strike('finish', lost, { times: 99 }));
		open.set('call 1', 'x');
		expect(await lead(ask(finish(once)))).toMatchObject({
			ok: false,
			failure: { kind: 'unknown', method: 'telephony.externalCall.finish' },
		});
		expect(rows).toHaveLength(0);
	});

	it('is no success while nobody may look, and is never logged twice', async () => {
		const { lead, open, rows, forbidLooking } = world(strike('finish', lost, { after: true }));
		open.set('call 1', 'x');
		forbidLooking();
		expect(await lead(ask(finish(once)))).toMatchObject({ ok: false, failure: { kind: 'unknown' } });
		expect(rows).toHaveLength(1);
	});
});

describe('a finish that makes the portal stumble', () => {
	it.each([
		['after the work', true],
		['before the work', false],
	])('%s is looked for in the history', async (_name, after) => {
		const { lead, open, rows } = world(strike('finish', CRASH, { after }));
		open.set('call 1', 'x');
		const led = await lead(ask(finish({ CALL_ID: 'call 1' }, false)));
		expect(led).toMatchObject(
			after
				? { ok: true, value: { CALL_ID: 'call 1', ID: 1 } }
				: { ok: false, failure: { code: 'INTERNAL_SERVER_ERROR' } },
		);
		expect(JSON.stringify(led)).not.toContain('ALREADY_FINISHED');
		expect(rows).toHaveLength(after ? 1 : 0);
	});

	it('together with its registration is looked for by the external id', async () => {
		const { lead, rows } = world(strike('batch', CRASH, { after: true }));
		const led = await lead(
			askAll(
				{ ...register({ EXTERNAL_CALL_ID: 'x' }, false), evidence: loggedUnder('x') },
				finish({ CALL_ID: resultOf(0, 'CALL_ID') }),
			),
		);
		expect(led).toMatchObject({ ok: true, value: [{ CALL_ID: 'call 1' }, { CALL_ID: 'call 1', ID: 1 }] });
		expect(JSON.stringify(led)).not.toContain('ALREADY_FINISHED');
		expect(rows).toHaveLength(1);
	});
});

describe('a finish of a call that is over', () => {
	it('gives the row of the history', async () => {
		const { lead, rows } = world();
		rows.push({ CALL_ID: 'call 9', ID: '3', CALL_DURATION: '0', CALL_TYPE: '1' });
		expect(await lead(ask(finish({ CALL_ID: 'call 9' })))).toMatchObject({
			ok: true,
			value: { ID: 3, CALL_STATUS: 0, ALREADY_FINISHED: true },
		});
	});

	it('is somebody else’s doing after a limit, too', async () => {
		const held = () =>
			world(strike('finish', { status: 429, body: { error: 'OPERATION_TIME_LIMIT', error_description: 'later' } }));
		const { lead, rows } = held();
		rows.push({ CALL_ID: 'call 9', ID: '3' });
		expect(await lead(ask(finish({ CALL_ID: 'call 9' })))).toMatchObject({
			ok: true,
			value: { ALREADY_FINISHED: true },
		});
		const strict = held();
		strict.rows.push({ CALL_ID: 'call 9', ID: '3' });
		expect(await strict.lead(ask(finish({ CALL_ID: 'call 9' }, false)))).toMatchObject({
			ok: false,
			failure: { kind: 'refused' },
		});
	});

	it('is refused where that is wanted, and where the history has another call', async () => {
		const { lead, rows } = world();
		rows.push({ CALL_ID: 'call 9' });
		expect(await lead(ask(finish({ CALL_ID: 'call 9' }, false)))).toMatchObject({
			ok: false,
			failure: { kind: 'refused' },
		});
		expect(await lead(ask(finish({ CALL_ID: 'call 8' })))).toMatchObject({ ok: false, failure: { kind: 'refused' } });
	});
});
