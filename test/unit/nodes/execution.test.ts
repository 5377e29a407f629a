import { Portal } from '../../../bitrix24/portal';
import { connect } from '../../../nodes/common/connection';
import type { Answer, Method } from '../../support/fakePortal';
import { CARD, LOG, logging, many, refused, refusing, run, show } from '../../support/run';
import { settle } from '../../support/virtualTime';

jest.mock('../../../nodes/common/connection', () => {
	const actual = jest.requireActual<{ connect: () => void }>('../../../nodes/common/connection');
	return { ...actual, connect: jest.fn(actual.connect) };
});

describe('a run', () => {
	it('pairs every answer with its item', async () => {
		const { items, error } = await run({ items: many('a', 'b'), methods: { [CARD]: refusing() } });
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{ json: { CALL_ID: 'a', USER_ID: [], SHOWN: true }, pairedItem: { item: 0 } },
			{ json: { CALL_ID: 'b', USER_ID: [], SHOWN: true }, pairedItem: { item: 1 } },
		]);
	});

	it('of no item asks for nothing, not even the credential', async () => {
		const { items, error, requests } = await run({ items: [], credentials: {} });
		expect([items, error, requests]).toEqual([[], undefined, []]);
	});

	it.each([
		[1, true],
		[10, true],
		[11, false],
	])('of %i items is live: %s; a larger one is an import', async (count, isLive) => {
		const { context } = await run({
			items: Array.from({ length: count }, () => show('a')),
			methods: { [CARD]: refusing() },
		});
		expect(connect).toHaveBeenLastCalledWith(context, expect.objectContaining({ isLive, patience: 60_000 }));
	});

	it('counts all its items, also those that cannot be read', async () => {
		await run({
			continueOnFail: true,
			items: [...Array.from({ length: 10 }, () => show(42)), show('a')],
			methods: { [CARD]: refusing() },
		});
		expect(connect).toHaveBeenLastCalledWith(expect.anything(), expect.objectContaining({ isLive: false }));
	});

	it('waits for each item as long as that one says, in milliseconds', async () => {
		const waiting = jest.spyOn(Portal.prototype, 'waiting');
		await run({ items: [show('a', { options: { maximumWait: 7 } }), show('b')], methods: { [CARD]: refusing() } });
		expect(waiting.mock.calls).toEqual([[7000], [90_000]]);
		waiting.mockRestore();
	});

	it('asks for a shared answer once', async () => {
		const find = { resource: 'employee', operation: 'find', employee: { mode: 'extension', value: '101' } };
		const { items, asked } = await run({
			items: [find, find, find],
			methods: { 'user.get': () => ({ result: [{ ID: '7', NAME: 'Ada' }] }) },
		});
		expect(items.map(({ json }) => json.USER_ID)).toEqual([7, 7, 7]);
		expect(asked).toEqual(['user.get']);
	});

	it('sends nothing when a parameter of any item is bad', async () => {
		const { error, requests } = await run({ items: [...many('a'), show(42)] });
		expect(error).toMatchObject({ message: 'Call ID must be text', context: { itemIndex: 1 } });
		expect(requests).toEqual([]);
	});

	it('refuses an operation that there is not', async () => {
		const { error } = await run({ items: [show('a', { operation: 'dance' })] });
		expect(error).toMatchObject({
			message: 'There is no operation dance of call',
			description: 'Choose Resource and Operation from the lists. Nothing was sent for this item.',
			context: { itemIndex: 0 },
		});
		expect((await run({ items: [show('a', { resource: 'pet' })] })).error?.message).toBe(
			'There is no operation show of pet',
		);
	});

	it('lets the item with the longer conversation go first where two log one call', async () => {
		const durations: unknown[] = [];
		const finish: Method = ({ CALL_ID, DURATION }) => {
			durations.push(Number(DURATION));
			return { result: { CALL_ID, ID: 1, EXTERNAL_CALL_ID: 'x' } };
		};
		const { items } = await run({
			items: [logging(0), logging(30), logging(5)],
			methods: { ...LOG, 'telephony.externalCall.finish': finish },
		});
		expect(durations).toEqual([30]);
		expect(items.map(({ json, pairedItem }) => [json.LOGGED, pairedItem])).toEqual([
			[false, { item: 0 }],
			[true, { item: 1 }],
			[false, { item: 2 }],
		]);
	});

	it.each([
		[20, 12],
		[0, 0],
	])('lets an answered call go before a missed one with %i s, although it lasted %i s', async (missed, answered) => {
		const codes: unknown[] = [];
		const finish: Method = ({ CALL_ID, STATUS_CODE }) => {
			codes.push(STATUS_CODE);
			return { result: { CALL_ID, ID: 1, EXTERNAL_CALL_ID: 'x' } };
		};
		await run({
			items: [logging(missed, { outcome: 'unanswered' }), logging(answered, { outcome: 'answered' })],
			methods: { ...LOG, 'telephony.externalCall.finish': finish },
		});
		expect(codes).toEqual(['200']);
	});

	it('gives one hint for many calls that rang for different times', async () => {
		const { hints } = await run({
			items: [3, 4, 5].map((seconds) => logging(seconds, { outcome: 'unanswered', externalCallId: `x${seconds}` })),
			methods: LOG,
		});
		expect(hints).toMatchObject([
			{ message: expect.stringMatching(/^Items 0-2: .*Ring time is not duration: give 0\.$/) as string },
		]);
	});
});

describe('a failure', () => {
	it('ends the run with the portal’s text, what to do, and its item', async () => {
		const { error } = await run({ items: many('a'), methods: { [CARD]: refusing('a') } });
		expect(error).toMatchObject({ message: 'Not a', context: { itemIndex: 0 } });
		expect(error?.description).toMatch(/\(telephony\.externalCall\.show\)$/);
	});

	it('names the items and calls that were carried out, also after it', async () => {
		const { error } = await run({ items: many('a', 'bad', 'c', 'a'), methods: { [CARD]: refusing('bad') } });
		expect(error?.context.itemIndex).toBe(1);
		expect(error?.description).toMatch(
			/\(telephony\.externalCall\.show\) Bitrix24 carried out these items, do not repeat them: 0, 2, 3\. Their calls: a, c\.$/,
		);
	});

	it('is the first one in the order of the items', async () => {
		const { error } = await run({ items: many('a', 'bad', 'worse'), methods: { [CARD]: refusing('bad', 'worse') } });
		expect(error).toMatchObject({ message: 'Not bad', context: { itemIndex: 1 } });
	});

	it('names no reads', async () => {
		const find = (extension: string) => ({
			resource: 'employee',
			operation: 'find',
			employee: { mode: 'extension', value: extension },
		});
		const { error } = await run({
			items: [find('1'), find('2')],
			methods: { 'user.get': (sent) => ({ result: JSON.stringify(sent).includes('"1"') ? [{ ID: '7' }] : [] }) },
		});
		expect(error).toMatchObject({
			message: 'No active employee has the extension 2',
			description:
				'Choose the employee from the list, or check the expression on this item. ' +
				'Nothing was changed in Bitrix24, so it is safe to run this again. Nothing was changed for the others.',
		});
	});

	it.each([
		[1000, /, c999\.$/],
		[1001, /, c999 and 1 more\.$/],
	])('of a run with %i calls names a thousand of them', async (count, end) => {
		const calls = Array.from({ length: count }, (_, index) => `c${index}`);
		const { error } = await run({ items: many(...calls, 'bad'), methods: { [CARD]: refusing('bad') } });
		expect(error?.description).toMatch(end);
		expect(error?.description).toContain(`do not repeat them: 0-${count - 1}. Their calls: c0, c1, `);
	});

	it('names a call without an id by its number', async () => {
		const started = { resource: 'autoCall', operation: 'callback', fromLine: 'l', phoneNumber: '+1', text: 'Hello' };
		const { error } = await run({
			items: [started, show('bad')],
			methods: {
				[CARD]: refusing('bad'),
				'voximplant.callback.start': () => ({ result: { RESULT: true, CALL_ID: null } }),
			},
		});
		expect(error?.description).toMatch(/do not repeat them: 0\. Their calls: \+1\.$/);
	});

	it('waits for what is under way, and names it', async () => {
		const { error } = await run({
			items: many('bad', 'slow'),
			methods: { [CARD]: refusing('bad') },
			before: async (_method, { CALL_ID }) => {
				if (CALL_ID === 'slow') await settle();
			},
		});
		expect(error?.context.itemIndex).toBe(0);
		expect(error?.description).toMatch(/do not repeat them: 1\. Their calls: slow\.$/);
	});

	it('does not repeat what is under way and finds the portal full', async () => {
		const full: Answer = { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' };
		const { error, asked } = await run({
			items: many('bad', 'slow'),
			methods: { [CARD]: (sent) => (sent.CALL_ID === 'slow' ? full : refused()) },
			before: async (_method, { CALL_ID }) => {
				if (CALL_ID === 'slow') await settle();
			},
		});
		expect(error?.context.itemIndex).toBe(0);
		expect(asked).toEqual([CARD, CARD]);
	});

	it('of another item is no failure of one that waits for its twin', async () => {
		const { error } = await run({
			items: [logging(1), logging(2), show('bad')],
			methods: { ...LOG, [CARD]: refusing('bad') },
			before: async (method) => {
				if (method !== CARD) await settle();
			},
		});
		expect(error).toMatchObject({ message: 'Not bad', context: { itemIndex: 2 } });
	});

	it('does not count a call as logged that is registered only', async () => {
		const { error } = await run({
			items: [show('bad'), logging(1, { externalCallId: '', skipLogged: false })],
			methods: { ...LOG, [CARD]: refusing('bad'), 'telephony.externalCall.finish': () => refused('No') },
		});
		expect(error?.message).toBe('Not bad');
		expect(error?.description).toMatch(
			/ Bitrix24 carried out only a part of these items; a repeat does the rest: 1\.$/,
		);
	});

	it('tells items of which only a part was carried out from whole ones', async () => {
		const moving = { resource: 'call', operation: 'transfer', callId: 'bad', fromEmployee: 7, toEmployee: 8 };
		const { error } = await run({
			items: [moving, moving, show('c')],
			methods: { [CARD]: refusing('bad'), 'telephony.externalCall.hide': () => ({ result: true }) },
		});
		expect(error?.description).toMatch(
			/ Bitrix24 has done a part before: card hidden\. Running the item again does that no harm\. Bitrix24 carried out these items, do not repeat them: 2\. Their calls: c\. Bitrix24 carried out only a part of these items; a repeat does the rest: 1\.$/,
		);
	});

	it('withdraws what was not sent', async () => {
		const transfer = (callId: string) => ({
			resource: 'call',
			operation: 'show',
			callId,
			employees: { chosen: [{ employee: { mode: 'extension', value: '9' } }] },
		});
		const { error, asked } = await run({
			items: [show('bad'), transfer('b')],
			methods: { [CARD]: refusing('bad'), 'user.get': () => ({ result: [{ ID: '9' }] }) },
		});
		expect(error?.context.itemIndex).toBe(0);
		expect(asked.filter((method) => method === CARD)).toHaveLength(1);
	});
});
