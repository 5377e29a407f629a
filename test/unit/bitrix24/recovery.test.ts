import { failed, oddAnswer, success, type Answer, type Failure } from '../../../bitrix24/failure';
import type { Call, Evidence } from '../../../bitrix24/plan';
import { explain, isRecoverable, recover } from '../../../bitrix24/recovery';

const lost: Failure = { kind: 'unknown', status: 0, code: '', text: 'lost', method: 'm' };
const refused: Failure = { kind: 'refused', status: 400, code: '', text: 'no', method: 'm' };
const usedUp: Failure = { kind: 'limited', status: 429, code: 'OPERATION_TIME_LIMIT', text: 'later', method: 'm' };

const call = (change: Partial<Call> = {}): Call => ({
	method: 'm',
	parameters: { ID: 7 },
	decode: (result) => result,
	effect: 'repeatable',
	...change,
});
const look = call({ method: 'look', effect: 'read' });
/** The trace is the answer itself; nothing in it is no trace. */
const evidence: Evidence<unknown> = { ask: () => look, read: (answer) => answer ?? undefined };
const NONE = success(undefined);

/** Recovers a call whose next attempts, and whose looks, end as given; the last one of each again and again. */
function world({
	sent = [],
	looks = [],
	patience = 60_000,
	chance = 0.5,
	stopAfter = Infinity,
}: {
	sent?: Answer<unknown>[];
	looks?: Answer<unknown>[];
	patience?: number;
	chance?: number;
	stopAfter?: number;
} = {}) {
	const log: (string | number)[] = [];
	const left: Record<string, Answer<unknown>[]> = { m: [...sent], look: [...looks] };
	const means = {
		patience,
		random: () => chance,
		isStopped: () => log.length >= stopAfter,
		sleep: async (milliseconds: number) => await Promise.resolve(void log.push(milliseconds)),
		sendOne: async ({ method }: Call) => {
			log.push(method);
			const [next = failed(lost), ...others] = left[method] ?? [];
			if (others.length > 0) left[method] = others;
			return await Promise.resolve(next);
		},
	};
	return { log, means };
}

const WAITS = [250, 500, 1000, 2000, 4000, 8000, 16_000];

describe('a call that may be recovered', () => {
	it.each<[Partial<Call>, Failure, boolean]>([
		[{ effect: 'read' }, lost, true],
		[{ effect: 'repeatable' }, lost, true],
		[{ effect: 'once' }, lost, false],
		[{ effect: 'once', evidence }, lost, true],
		[{ effect: 'once' }, usedUp, true],
		[{}, { ...usedUp, code: 'QUERY_LIMIT_EXCEEDED' }, true],
		[{}, { ...usedUp, code: 'OVERLOAD_LIMIT' }, false],
		[{}, { ...refused, code: 'OPERATION_TIME_LIMIT' }, false],
		[{}, refused, false],
	])('%j after %j: %s', (change, failure, isSo) => {
		expect(isRecoverable(call(change), failure)).toBe(isSo);
	});
});

describe('a repeatable call', () => {
	it('is sent again after growing waits', async () => {
		const { log, means } = world({ sent: [failed(lost), failed(lost), success(1)] });
		expect(await recover(call(), lost, means)).toEqual(success(1));
		expect(log).toEqual([250, 'm', 500, 'm', 1000, 'm']);
	});

	it('is given up when the waits are over, with its last failure', async () => {
		const last = { ...lost, text: 'last' };
		const { log, means } = world({ sent: [failed(last)] });
		expect(await recover(call(), lost, means)).toEqual(failed(last));
		expect(log).toEqual(WAITS.flatMap((wait) => [wait, 'm']));
	});

	it.each([
		[750, [250, 500]],
		[749, [250]],
		[249, []],
	])('waits %d ms at most, all in all', async (patience, waits) => {
		const { log, means } = world({ patience });
		expect(await recover(call(), lost, means)).toEqual(failed(lost));
		expect(log.filter((one) => one !== 'm')).toEqual(waits);
	});

	it('waits by chance from half to one and a half times as long', async () => {
		for (const [chance, first] of [
			[0, 125],
			[0.9, 350],
		] as const) {
			const { log, means } = world({ sent: [success(1)], chance });
			await recover(call(), lost, means);
			expect(log[0]).toBeCloseTo(first);
		}
	});

	it('waits until the portal must be done with what was lost', async () => {
		const { log, means } = world({
			sent: [failed({ ...lost, pending: 100 }), failed({ ...lost, pending: 9000 }), success(1)],
		});
		await recover(call(), { ...lost, pending: 3000 }, means);
		expect(log).toEqual([3000, 'm', 500, 'm', 9000, 'm']);
	});

	it('ends with a refusal', async () => {
		const { log, means } = world({ sent: [failed(refused)] });
		expect(await recover(call(), lost, means)).toEqual(failed(refused));
		expect(log).toEqual([250, 'm']);
	});

	it('is not sent for nobody', async () => {
		const { log, means } = world({ stopAfter: 1 });
		expect(await recover(call(), lost, means)).toEqual(failed(lost));
		expect(log).toEqual([250]);
	});

	it('is asked for once more when the answers make no sense', async () => {
		const odd = oddAnswer('m', 'nothing');
		const { log, means } = world({ sent: [failed(odd)] });
		expect(await recover(call(), odd, means)).toEqual(failed(odd));
		expect(log).toEqual([250, 'm']);
	});

	it('is sent again when a limit has passed, and no trace is looked for', async () => {
		const { log, means } = world({ sent: [success(1)] });
		expect(await recover(call({ evidence }), { ...usedUp, pending: 9000 }, means)).toEqual(success(1));
		expect(log).toEqual([250, 'm']);
		const again = world({ sent: [failed(usedUp), success(2)] });
		expect(await recover(call(), usedUp, again.means)).toEqual(success(2));
		const givenUp = { ...usedUp, isGivenUp: true };
		const held = world({ sent: [failed(givenUp)] });
		expect(await recover(call(), usedUp, held.means)).toEqual(failed(givenUp));
		expect(held.log).toEqual([250, 'm']);
	});
});

describe('a call that leaves a trace', () => {
	const once = call({ effect: 'once', evidence });

	it('is not sent again when the trace is there', async () => {
		const { log, means } = world({ looks: [success('trace')] });
		expect(await recover(once, lost, means)).toEqual(success('trace'));
		expect(log).toEqual([250, 'look']);
	});

	it('is sent again when it is not', async () => {
		const { log, means } = world({ looks: [NONE], sent: [success(1)] });
		expect(await recover(once, lost, means)).toEqual(success(1));
		expect(log).toEqual([250, 'look', 'm']);
	});

	it('asks with what was sent, and says that it was ours', async () => {
		const asked: unknown[] = [];
		const { means } = world({ looks: [success([])] });
		const asking: Evidence<unknown> = {
			ask: (sent) => (asked.push(sent), look),
			read: (...all) => (asked.push(all), 1),
		};
		await recover(call({ evidence: asking }), lost, means);
		expect(asked).toEqual([{ ID: 7 }, [[], { ID: 7 }, true]]);
	});

	it('is not sent while nobody can say whether the trace is there', async () => {
		const { log, means } = world({ looks: [failed(lost)], patience: 2000 });
		expect(await recover(once, lost, means)).toEqual(failed(lost));
		const asked = ['look', 250, 'look', 500, 'look', 1000, 'look'];
		expect(log).toEqual([250, ...asked, 500, ...asked, 1000, ...asked]);
	});

	it('looks four times at most before it waits longer', async () => {
		const { log, means } = world({ looks: [failed(lost)] });
		await recover(once, lost, means);
		expect(log.slice(1, 9)).toEqual(['look', 250, 'look', 500, 'look', 1000, 'look', 500]);
	});

	it('is refused as anything else is, where no refusal tells of it', async () => {
		const { means } = world({ looks: [NONE], sent: [failed(refused)] });
		expect(await recover(once, lost, means)).toEqual(failed(refused));
	});

	it('looks again a moment later when the look was lost', async () => {
		const { log, means } = world({ looks: [failed(lost), success('trace')] });
		expect(await recover(once, lost, means)).toEqual(success('trace'));
		expect(log).toEqual([250, 'look', 250, 'look']);
	});

	it('stops looking when nobody waits any more', async () => {
		const { log, means } = world({ looks: [failed(lost)], stopAfter: 2 });
		await recover(once, lost, means);
		expect(log).toEqual([250, 'look', 500]);
	});

	it('is not done twice when the look is refused', async () => {
		const { log, means } = world({ looks: [failed(refused)] });
		expect(await recover(once, lost, means)).toEqual(failed(lost));
		expect(log).toEqual([250, 'look']);
	});

	it('is done again when the look is refused and a repeat does no harm', async () => {
		const { log, means } = world({ looks: [failed(refused)], sent: [success(1)] });
		expect(await recover(call({ evidence }), lost, means)).toEqual(success(1));
		expect(log).toEqual([250, 'look', 'm']);
	});
});

describe('a refusal that tells that it was done before', () => {
	const telling = call({ evidence: { ...evidence, refusal: ({ text }) => text === 'no' } });

	it('is looked into', async () => {
		const { log, means } = world({ looks: [NONE, success('trace')], sent: [failed(refused)] });
		expect(await recover(telling, lost, means)).toEqual(success('trace'));
		expect(log).toEqual([250, 'look', 'm', 'look']);
	});

	it('is looked into as our own', async () => {
		const asked: boolean[] = [];
		const read = (answer: unknown, _sent: unknown, isOurs: boolean) => (asked.push(isOurs), answer ?? undefined);
		const { means } = world({ looks: [NONE, success('trace')], sent: [failed(refused)] });
		await recover(call({ evidence: { ...evidence, read, refusal: () => true } }), lost, means);
		expect(asked).toEqual([true, true]);
	});

	it('is looked into until the waits are over, and then leaves it unknown', async () => {
		const { log, means } = world({ looks: [NONE], sent: [failed(refused)] });
		expect(await recover(telling, lost, means)).toEqual(failed(lost));
		expect(log).toEqual([250, 'look', 'm', 'look', ...WAITS.slice(1).flatMap((wait) => [wait, 'look'])]);
	});

	it('finds a trace that appears late', async () => {
		const { log, means } = world({
			looks: [NONE, NONE, failed(lost), failed(lost), NONE, success('trace')],
			sent: [failed(refused)],
		});
		expect(await recover(telling, lost, means)).toEqual(success('trace'));
		expect(log).toEqual([250, 'look', 'm', 'look', 500, 'look', 250, 'look', 500, 'look', 1000, 'look']);
	});

	it('is looked into no longer when the look is refused, or nobody waits any more', async () => {
		const { log, means } = world({ looks: [NONE, failed(refused)], sent: [failed(refused)] });
		expect(await recover(telling, lost, means)).toEqual(failed(lost));
		expect(log).toEqual([250, 'look', 'm', 'look']);
		const stopped = world({ looks: [NONE], sent: [failed(refused)], stopAfter: 5 });
		expect(await recover(telling, lost, stopped.means)).toEqual(failed(lost));
		expect(stopped.log).toEqual([250, 'look', 'm', 'look', 500]);
	});

	it.each([
		['only limits came before', usedUp, [failed(usedUp), failed(refused)], false],
		['an answer was lost before a limit', lost, [failed(usedUp), failed(refused)], true],
		['an answer was lost after a limit', usedUp, [failed(lost), failed(refused)], true],
	])('is our own doing only where an answer was lost: %s', async (_name, first, sent, isOurs) => {
		const asked: boolean[] = [];
		const read = (answer: unknown, _sent: unknown, isOwn: boolean) => (asked.push(isOwn), answer ?? undefined);
		const { means } = world({ looks: [NONE, success('trace')], sent });
		await recover(call({ evidence: { ...evidence, read, refusal: ({ text }) => text === 'no' } }), first, means);
		expect(asked.at(-1)).toBe(isOurs);
	});

	it('is the end when it was only a limit that kept the first from running', async () => {
		const { log, means } = world({ looks: [NONE], sent: [failed(refused)] });
		expect(await recover(telling, usedUp, means)).toEqual(failed(refused));
		expect(log).toEqual([250, 'm', 'look']);
	});

	it('of a first attempt is explained by the trace of then', async () => {
		const asked: unknown[] = [];
		const { log, means } = world({ looks: [success('row')] });
		const asking = {
			...telling,
			evidence: { ...telling.evidence, ask: () => look, read: (...all: unknown[]) => (asked.push(all), 'done') },
		};
		expect(await explain(asking, refused, means)).toEqual(success('done'));
		expect(asked).toEqual([['row', { ID: 7 }, false]]);
		expect(log).toEqual(['look']);
	});

	it('of a first attempt is looked into for longer where an earlier request was lost', async () => {
		const { log, means } = world({ looks: [NONE, NONE, success('trace')] });
		expect(await explain(telling, refused, means, true)).toEqual(success('trace'));
		expect(log).toEqual(['look', 250, 'look', 500, 'look']);
	});

	it('stays a refusal without a trace, without an answer, and without a hint of it', async () => {
		expect(await explain(telling, refused, world({ looks: [NONE] }).means)).toEqual(failed(refused));
		expect(await explain(telling, refused, world({ looks: [failed(lost)] }).means)).toEqual(failed(refused));
		const { log, means } = world({ looks: [success('trace')] });
		expect(await explain(telling, { ...refused, text: 'another' }, means)).toEqual(
			failed({ ...refused, text: 'another' }),
		);
		expect(await explain(call({ evidence }), refused, means)).toEqual(failed(refused));
		expect(await explain(call(), refused, means)).toEqual(failed(refused));
		expect(log).toEqual([]);
	});
});
