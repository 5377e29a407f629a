import { executeItems } from '../../../nodes/Bitrix24Telephony/execution';
import { connect } from '../../../nodes/common/connection';
import type { Answer, Method } from '../../support/fakePortal';
import { execution, type Setting } from '../../support/execution';
import { settle } from '../../support/virtualTime';

jest.mock('../../../nodes/common/connection', () => {
	const actual = jest.requireActual<{ connect: () => void }>('../../../nodes/common/connection');
	return { ...actual, connect: jest.fn(actual.connect) };
});

const CARD = 'telephony.externalCall.show';
const show = (callId: unknown, more: object = {}) => ({ resource: 'call', operation: 'show', callId, employees: {}, ...more });
const registering = (phoneNumber: string, more: object = {}) =>
	({ resource: 'call', operation: 'register', employee: 7, phoneNumber, type: 1, externalCallId: '', show: false, ...more });
const refused = (text = 'No'): Answer => ({ error: '', error_description: text });
/** Refuses some calls, by CALL_ID. */
const refusing = (...calls: string[]): Method => ({ CALL_ID }) => (calls.includes(String(CALL_ID)) ? refused(`Not ${String(CALL_ID)}`) : { result: true });
const logging = (duration: number, more: object = {}) => ({
	resource: 'call', operation: 'logCall', direction: 'incoming', phoneNumber: '+49', employee: 7, start: '2026-03-01T10:00:00Z', duration,
	outcomeFrom: 'list', outcome: 'ended', externalCallId: 'x', skipLogged: true, recordingFrom: 'none', transcript: '[]', ...more,
});
const LOG: Record<string, Method> = {
	'voximplant.statistic.get': () => ({ result: [] }),
	'telephony.externalCall.register': () => ({ result: { CALL_ID: 'c1' } }),
	'telephony.externalCall.finish': ({ CALL_ID }) => ({ result: { CALL_ID, ID: 1 } }),
};
const STRICT = { options: { treatWarningsAsErrors: true } };

/** Runs the node. @returns what came out, or the error that it threw */
async function run(setting: Setting) {
	const made = execution(setting);
	try {
		return { ...made, items: await executeItems(made.context), error: undefined };
	} catch (error) {
		return { ...made, items: [], error: error as Error & { description: string; context: { itemIndex: number } } };
	}
}

/** As the calls of a batch come back together, what was done beside a failure is known. */
const many = (...calls: string[]) => calls.map((call) => show(call));

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

	it.each([[1, true], [10, true], [11, false]])('of %i items is live: %s; a larger one is an import', async (count, isLive) => {
		const { context } = await run({ items: Array.from({ length: count }, () => show('a')), methods: { [CARD]: refusing() } });
		expect(connect).toHaveBeenLastCalledWith(context, expect.objectContaining({ isLive, maximumWait: 90_000, patience: 60_000 }));
	});

	it('counts all its items, also those that cannot be read', async () => {
		await run({ continueOnFail: true, items: [...Array.from({ length: 10 }, () => show(42)), show('a')], methods: { [CARD]: refusing() } });
		expect(connect).toHaveBeenLastCalledWith(expect.anything(), expect.objectContaining({ isLive: false }));
	});

	it('passes the longest wait on, in milliseconds', async () => {
		await run({ items: [show('a', { options: { maximumWait: 7 } }), show('b')], methods: { [CARD]: refusing() } });
		expect(connect).toHaveBeenLastCalledWith(expect.anything(), expect.objectContaining({ maximumWait: 7000 }));
	});

	it('asks for a shared answer once', async () => {
		const find = { resource: 'employee', operation: 'find', employee: { mode: 'extension', value: '101' } };
		const { items, asked } = await run({ items: [find, find, find], methods: { 'user.get': () => ({ result: [{ ID: '7', NAME: 'Ada' }] }) } });
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
		expect(error).toMatchObject({ message: 'There is no operation dance of call', description: 'Choose Resource and Operation from the lists.', context: { itemIndex: 0 } });
		expect((await run({ items: [show('a', { resource: 'pet' })] })).error?.message).toBe('There is no operation show of pet');
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
		expect(items.map(({ json, pairedItem }) => [json.LOGGED, pairedItem])).toEqual([[false, { item: 0 }], [true, { item: 1 }], [false, { item: 2 }]]);
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
		expect(error?.description).toMatch(/\(telephony\.externalCall\.show\) Bitrix24 carried out these items, do not repeat them: 0, 2, 3\. Their calls: a, c\.$/);
	});

	it('is the first one in the order of the items', async () => {
		const { error } = await run({ items: many('a', 'bad', 'worse'), methods: { [CARD]: refusing('bad', 'worse') } });
		expect(error).toMatchObject({ message: 'Not bad', context: { itemIndex: 1 } });
	});

	it('names no reads', async () => {
		const find = (extension: string) => ({ resource: 'employee', operation: 'find', employee: { mode: 'extension', value: extension } });
		const { error } = await run({
			items: [find('1'), find('2')],
			methods: { 'user.get': (sent) => ({ result: JSON.stringify(sent).includes('"1"') ? [{ ID: '7' }] : [] }) },
		});
		expect(error).toMatchObject({ message: 'No active employee has the extension 2', description: 'Choose the employee from the list, or check the expression on this item.' });
	});

	it.each([[50, /, c49\.$/], [51, /, c49 and 1 more\.$/]])('of a run with %i calls names fifty of them', async (count, end) => {
		const calls = Array.from({ length: count }, (_, index) => `c${index}`);
		const { error } = await run({ items: many(...calls, 'bad'), methods: { [CARD]: refusing('bad') } });
		expect(error?.description).toMatch(end);
		expect(error?.description).toContain(`do not repeat them: 0-${count - 1}. Their calls: c0, c1, `);
	});

	it('gives the items alone where they have no name', async () => {
		const started = { resource: 'autoCall', operation: 'soundCall', fromLine: 'l', phoneNumber: '+1', soundUrl: 'https://a.example/b.mp3' };
		const { error } = await run({
			items: [started, show('bad')],
			methods: { [CARD]: refusing('bad'), 'voximplant.infocall.startwithsound': () => ({ result: {} }) },
		});
		expect(error?.description).toMatch(/do not repeat them: 0\.$/);
	});

	it('waits for what is under way, and names it', async () => {
		const { error } = await run({
			items: many('bad', 'slow'), methods: { [CARD]: refusing('bad') },
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
			items: many('bad', 'slow'), methods: { [CARD]: (sent) => (sent.CALL_ID === 'slow' ? full : refused()) },
			before: async (_method, { CALL_ID }) => {
				if (CALL_ID === 'slow') await settle();
			},
		});
		expect(error?.context.itemIndex).toBe(0);
		expect(asked).toEqual([CARD, CARD]);
	});

	it('of another item is no failure of one that waits for its twin', async () => {
		const { error } = await run({
			items: [logging(1), logging(2), show('bad')], methods: { ...LOG, [CARD]: refusing('bad') },
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
		expect(error?.description).not.toContain('carried out');
	});

	it('withdraws what was not sent', async () => {
		const transfer = (callId: string) => ({ resource: 'call', operation: 'show', callId, employees: { chosen: [{ employee: { mode: 'extension', value: '9' } }] } });
		const { error, asked } = await run({ items: [show('bad'), transfer('b')], methods: { [CARD]: refusing('bad'), 'user.get': () => ({ result: [{ ID: '9' }] }) } });
		expect(error?.context.itemIndex).toBe(0);
		expect(asked.filter((method) => method === CARD)).toHaveLength(1);
	});
});

describe('Continue On Fail', () => {
	it('keeps every failure on its item, with the keys that n8n sends to the error output', async () => {
		const { items, error } = await run({ continueOnFail: true, items: [show('bad'), show(42), show('a')], methods: { [CARD]: refusing('bad') } });
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{ json: { error: 'Not bad', message: 'Not bad', details: { hint: expect.stringMatching(/show\)$/) as string, status: '400', code: '', method: CARD } }, pairedItem: { item: 0 } },
			{ json: { error: 'Call ID must be text', message: 'Call ID must be text', details: { hint: expect.stringContaining('the number 42') as string, status: null, code: null, method: null } }, pairedItem: { item: 1 } },
			{ json: { CALL_ID: 'a', USER_ID: [], SHOWN: true }, pairedItem: { item: 2 } },
		]);
	});

	it.each<[string, Record<string, unknown>, string]>([
		['an option', { options: new Error('x is not defined') }, 'x is not defined'],
		['the resource', { resource: new Error('no resource') }, 'no resource'],
		['the operation', { operation: new Error('no operation') }, 'no operation'],
		['a field', { callId: new Error('no call') }, 'no call'],
		['a limit', { options: { maximumWait: -1 } }, 'Maximum Wait must be a number from 0 to 86400'],
	])('holds when %s cannot be read', async (_name, broken, message) => {
		const items = [show('a', broken), show('b')];
		const continued = await run({ continueOnFail: true, items, methods: { [CARD]: refusing() } });
		expect(continued.items.map(({ json }) => json.error)).toEqual([message, undefined]);
		const { error, requests } = await run({ items });
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(requests).toEqual([]);
	});

	it('holds for a credential that is not connected, and for nothing beside it', async () => {
		const items = [show('a'), show(42)];
		const continued = await run({ continueOnFail: true, items, credentials: {} });
		expect(continued.items.map(({ json }) => json.error)).toEqual(['The Bitrix24 credential is not connected', 'Call ID must be text']);
		expect((await run({ items: [show('a')], credentials: {} })).error?.message).toBe('The Bitrix24 credential is not connected');
	});

	it('puts a credential that cannot be read on every item', async () => {
		const made = execution({ continueOnFail: true, items: many('a', 'b') });
		made.context.getCredentials = async () => await Promise.reject(new Error('Credential gone'));
		expect((await executeItems(made.context)).map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([['Credential gone', { item: 0 }], ['Credential gone', { item: 1 }]]);
	});

	it('goes on after what an operation itself gets wrong', async () => {
		const odd: Method = () => ({ result: Object.assign([{ ID: '1' }], { flat: 1 }) });
		const { items } = await run({ continueOnFail: true, items: [{ resource: 'line', operation: 'getMany' }, show('a')], methods: { 'telephony.externalLine.get': odd, [CARD]: refusing() } });
		expect(items).toHaveLength(2);
	});
});

describe('warnings', () => {
	const NO_CARD = 'No card was opened: the call is unknown or finished already';
	const methods = { [CARD]: ({ CALL_ID }: Record<string, unknown>): Answer => ({ result: String(CALL_ID) === 'good' }) };

	it('stand on the item, and once for all in the editor', async () => {
		const { items, hints } = await run({ items: many('x', 'good', 'y', 'z'), methods });
		expect(items.map(({ json }) => json.WARNINGS)).toEqual([[NO_CARD], undefined, [NO_CARD], [NO_CARD]]);
		expect(hints).toEqual([{ message: `Items 0, 2, 3: ${NO_CARD}`, location: 'outputPane', type: 'warning' }]);
	});

	it('name a single item as one', async () => {
		expect((await run({ items: many('good', 'y'), methods })).hints).toEqual([{ message: `Item 1: ${NO_CARD}`, location: 'outputPane', type: 'warning' }]);
	});

	it('fail the item where they shall, and say that it was carried out', async () => {
		const { error } = await run({ items: [show('x', STRICT)], methods });
		expect(error).toMatchObject({
			message: NO_CARD,
			description: 'Bitrix24 carried out the call all the same, so do not repeat it. Answer: [{"CALL_ID":"x","USER_ID":[],"SHOWN":false}]',
			context: { itemIndex: 0 },
		});
		expect((await run({ items: [show('good', STRICT)], methods })).error).toBeUndefined();
	});

	it('say so when nothing was changed', async () => {
		const route = { resource: 'client', operation: 'route', phoneNumber: '+49', employees: { chosen: [{ employee: 7 }] }, ...STRICT };
		const { error } = await run({ items: [route], methods: { 'telephony.externalCall.searchCrmEntities': () => ({ result: [] }), 'user.get': () => refused('Away') } });
		expect(error?.message).toBe('user.get: Away');
		expect(error?.description).toMatch(/^Nothing was changed in Bitrix24\. Answer: \[\{"PHONE_NUMBER":"\+49","RING":false/);
	});

	it('name a step that failed with its code', async () => {
		const route = { resource: 'client', operation: 'route', phoneNumber: '+49', employees: { chosen: [{ employee: 7 }] } };
		const away: Answer = { error: 'GONE', error_description: 'Away' };
		const { items, hints } = await run({ items: [route], methods: { 'telephony.externalCall.searchCrmEntities': () => ({ result: [] }), 'user.get': () => away } });
		expect(items[0]?.json.WARNINGS).toEqual(['user.get: Away [GONE]']);
		expect(hints).toMatchObject([{ message: 'Item 0: user.get: Away [GONE]' }]);
	});

	it('that are no fault are hints, and fail nothing', async () => {
		const finish = { resource: 'call', operation: 'finish', callId: 'a', employee: 7, duration: 3, outcomeFrom: 'list', outcome: 'busy', direction: 'incoming', ...STRICT };
		const { items, hints, error } = await run({ items: [finish], methods: { 'telephony.externalCall.finish': () => ({ result: { CALL_ID: 'a', ID: 1 } }) } });
		expect(error).toBeUndefined();
		expect(items[0]?.json).not.toHaveProperty('WARNINGS');
		expect(hints).toMatchObject([{ message: expect.stringMatching(/^Item 0: /) as string }]);
	});
});

describe('what is left open', () => {
	it('is named when a registration came about and what follows fails', async () => {
		const { error } = await run({ items: [logging(3, { externalCallId: '', skipLogged: false })], methods: { ...LOG, 'telephony.externalCall.finish': () => refused('No') } });
		expect(error?.message).toBe('No');
		expect(error?.description).toMatch(/\(telephony\.externalCall\.finish\) Bitrix24 has registered this call before: c1\.$/);
	});

	it('is no advice for a registration that succeeded beside a failure', async () => {
		const { error } = await run({ items: [registering('+49'), show('bad')], methods: { ...LOG, [CARD]: refusing('bad') } });
		expect(error?.description).toMatch(/do not repeat them: 0\. Their calls: c1\.$/);
	});
});

it('an execution that was cancelled sends nothing more', async () => {
	const abort = new AbortController();
	const employees = { chosen: [{ employee: { mode: 'extension', value: '9' } }] };
	const made = execution({
		items: [show('a', { employees })], signal: abort.signal, continueOnFail: true,
		methods: { 'user.get': () => ({ result: [{ ID: '9' }] }), [CARD]: refusing() }, before: () => abort.abort(),
	});
	const items = await executeItems(made.context);
	expect(items[0]?.json).toMatchObject({ error: 'The execution was canceled', details: { hint: 'Nothing was sent for this item any more.' } });
	expect(made.asked).not.toContain(CARD);
});
