import { show as showCard } from '../../../bitrix24/methods/calls';
import { ask } from '../../../bitrix24/plan';
import { executeItems } from '../../../nodes/Bitrix24Telephony/execution';
import { resources, type Resource } from '../../../nodes/Bitrix24Telephony/operations';
import type { Operation } from '../../../nodes/Bitrix24Telephony/operations/operation';
import { execution } from '../../support/execution';
import type { Answer, Method } from '../../support/fakePortal';
import { CARD, LOG, STRICT, logging, many, refused, refusing, registering, run, show } from '../../support/run';

describe('Continue On Fail', () => {
	it('keeps every failure on its item, with the keys that n8n sends to the error output', async () => {
		const { items, error } = await run({
			continueOnFail: true,
			items: [show('bad'), show(42), show('a')],
			methods: { [CARD]: refusing('bad') },
		});
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				json: {
					error: 'Not bad',
					message: 'Not bad',
					details: { hint: expect.stringMatching(/show\)$/) as string, status: '400', code: '', method: CARD },
				},
				pairedItem: { item: 0 },
			},
			{
				json: {
					error: 'Call ID must be text',
					message: 'Call ID must be text',
					details: { hint: expect.stringContaining('the number 42') as string, status: null, code: null, method: null },
				},
				pairedItem: { item: 1 },
			},
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
		expect(continued.items.map(({ json }) => json.error)).toEqual([
			'The Bitrix24 credential is not connected',
			'Call ID must be text',
		]);
		expect((await run({ items: [show('a')], credentials: {} })).error?.message).toBe(
			'The Bitrix24 credential is not connected',
		);
	});

	it('puts a credential that cannot be read on every item', async () => {
		const made = execution({ continueOnFail: true, items: many('a', 'b') });
		made.context.getCredentials = async () => await Promise.reject(new Error('Credential gone'));
		expect((await executeItems(made.context)).map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			['Credential gone', { item: 0 }],
			['Credential gone', { item: 1 }],
		]);
	});

	it('goes on after what an operation itself gets wrong', async () => {
		const odd: Method = () => ({ result: Object.assign([{ ID: '1' }], { flat: 1 }) });
		const { items } = await run({
			continueOnFail: true,
			items: [{ resource: 'line', operation: 'getMany' }, show('a')],
			methods: { 'telephony.externalLine.get': odd, [CARD]: refusing() },
		});
		expect(items).toHaveLength(2);
	});
});

describe('warnings', () => {
	const NO_CARD = 'No card was opened: the call is unknown or finished already';
	const methods = {
		[CARD]: ({ CALL_ID }: Record<string, unknown>): Answer => ({ result: String(CALL_ID) === 'good' }),
	};

	it('stand on the item, and once for all in the editor', async () => {
		const { items, hints } = await run({ items: many('x', 'good', 'y', 'z'), methods });
		expect(items.map(({ json }) => json.WARNINGS)).toEqual([[NO_CARD], undefined, [NO_CARD], [NO_CARD]]);
		expect(hints).toEqual([{ message: `Items 0, 2, 3: ${NO_CARD}`, location: 'outputPane', type: 'warning' }]);
	});

	it('name a single item as one', async () => {
		expect((await run({ items: many('good', 'y'), methods })).hints).toEqual([
			{ message: `Item 1: ${NO_CARD}`, location: 'outputPane', type: 'warning' },
		]);
	});

	it('fail the item where they shall, and say that it was carried out', async () => {
		const { error } = await run({ items: [show('x', STRICT)], methods });
		expect(error).toMatchObject({
			message: NO_CARD,
			description:
				'Bitrix24 did the rest all the same, so do not run this item again. What came of it: [{"CALL_ID":"x","USER_ID":[],"SHOWN":false}]',
			context: { itemIndex: 0 },
		});
		expect((await run({ items: [show('good', STRICT)], methods })).error).toBeUndefined();
	});

	it('say so when nothing was changed', async () => {
		const route = {
			resource: 'client',
			operation: 'route',
			phoneNumber: '+49',
			employees: { chosen: [{ employee: 7 }] },
			...STRICT,
		};
		const { error } = await run({
			items: [route],
			methods: {
				'telephony.externalCall.searchCrmEntities': () => ({ result: [] }),
				'user.get': () => refused('Away'),
			},
		});
		expect(error?.message).toMatch(/^The employee was not looked up: Away\. /);
		expect(error?.description).toMatch(
			/^Nothing was changed in Bitrix24, so it is safe to run this again\. What came of it: \[\{"PHONE_NUMBER":"\+49","RING":false/,
		);
	});

	it('name a step that failed with its code', async () => {
		const route = {
			resource: 'client',
			operation: 'route',
			phoneNumber: '+49',
			employees: { chosen: [{ employee: 7 }] },
		};
		const away: Answer = { error: 'GONE', error_description: 'Away' };
		const { items, hints } = await run({
			items: [route],
			methods: { 'telephony.externalCall.searchCrmEntities': () => ({ result: [] }), 'user.get': () => away },
		});
		const undone = 'The employee was not looked up: Away [GONE]. Bitrix24 refused this. Check the fields of this node';
		expect(items[0]?.json.WARNINGS).toEqual([undone]);
		expect(hints).toMatchObject([{ message: `Item 0: ${undone}` }]);
	});

	it('that are no fault are hints, and fail nothing', async () => {
		const finish = {
			resource: 'call',
			operation: 'finish',
			callId: 'a',
			employee: 7,
			duration: 3,
			outcomeFrom: 'list',
			outcome: 'busy',
			direction: 'incoming',
			...STRICT,
		};
		const { items, hints, error } = await run({
			items: [finish],
			methods: { 'telephony.externalCall.finish': () => ({ result: { CALL_ID: 'a', ID: 1 } }) },
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json).not.toHaveProperty('WARNINGS');
		expect(hints).toMatchObject([{ message: expect.stringMatching(/^Item 0: /) as string }]);
	});
});

describe('what is left open', () => {
	it('is named when a registration came about and what follows fails', async () => {
		const { error } = await run({
			items: [logging(3, { externalCallId: '', skipLogged: false })],
			methods: { ...LOG, 'telephony.externalCall.finish': () => refused('No') },
		});
		expect(error?.message).toBe('No');
		expect(error?.description).toMatch(
			/\(telephony\.externalCall\.finish\) Bitrix24 has registered this call before: c1\. Running the item again goes on with it, so nothing is logged twice\.$/,
		);
	});

	it('is no advice for a registration that succeeded beside a failure', async () => {
		const { error } = await run({
			items: [registering('+49'), show('bad')],
			methods: { ...LOG, [CARD]: refusing('bad') },
		});
		expect(error?.description).toMatch(/do not repeat them: 0\. Their calls: c1\.$/);
	});
});

describe('an operation', () => {
	const operation = (value: string, begin: Operation['begin']): Operation => ({
		entry: { name: value, value, action: value, description: value },
		fields: [],
		properties: [],
		output: {},
		outputBefore: {},
		warns: false,
		begin,
	});
	const done = { refused: 'Not this', hint: 'Do that' };
	const test: Resource = {
		name: 'Test',
		value: 'test',
		initial: 'refuse',
		operations: [
			operation('refuse', function* () {
				return done;
			}),
			operation('throw', function* () {
				yield* ask(showCard('a', 1));
				throw new TypeError('odd');
			}),
			operation('nothing', function* () {
				const given: unknown = yield [];
				return { json: { given: given as [] } };
			}),
		],
	};
	beforeAll(() => void resources.push(test));
	afterAll(() => void resources.pop());
	const make = (name: string) => ({ resource: 'test', operation: name });

	it('that refuses in its first turn fails before anything is sent', async () => {
		const { error, requests } = await run({ items: [show('a'), make('refuse')] });
		expect(error).toMatchObject({ message: 'Not this', context: { itemIndex: 1 } });
		expect(error?.description).toMatch(/^Do that .* Nor was anything sent for the others\.$/);
		expect(requests).toEqual([]);
		const continued = await run({
			continueOnFail: true,
			items: [make('refuse'), show('a')],
			methods: { [CARD]: refusing() },
		});
		expect(continued.items.map(({ json }) => json.error)).toEqual(['Not this', undefined]);
		expect(
			(await run({ continueOnFail: true, items: [make('refuse')], credentials: {} })).items.map(
				({ json }) => json.error,
			),
		).toEqual(['Not this']);
	});

	it('that throws is a fault of this node, and others go on where they may', async () => {
		const { error } = await run({ items: [make('throw')], methods: { [CARD]: refusing() } });
		expect(error).toMatchObject({ message: 'This node has met a fault of its own', context: { itemIndex: 0 } });
		const { items, asked } = await run({
			continueOnFail: true,
			items: [
				make('throw'),
				show('b'),
				show('c', { employees: { chosen: [{ employee: { mode: 'extension', value: '9' } }] } }),
			],
			methods: { [CARD]: refusing(), 'user.get': () => ({ result: [{ ID: '9' }] }) },
		});
		expect(items.map(({ json }) => json.error)).toEqual(['This node has met a fault of its own', undefined, undefined]);
		expect(asked.filter((method) => method === CARD)).toHaveLength(3);
	});

	it('is given what each plan brought', async () => {
		expect((await run({ items: [make('nothing')] })).items).toMatchObject([{ json: { given: [] } }]);
	});
});

it('an execution that was cancelled sends nothing more', async () => {
	const abort = new AbortController();
	const employees = { chosen: [{ employee: { mode: 'extension', value: '9' } }] };
	const made = execution({
		items: [show('a', { employees })],
		signal: abort.signal,
		continueOnFail: true,
		methods: { 'user.get': () => ({ result: [{ ID: '9' }] }), [CARD]: refusing() },
		before: () => abort.abort(),
	});
	const items = await executeItems(made.context);
	expect(items[0]?.json).toMatchObject({
		error: 'The execution was canceled',
		details: { hint: expect.stringMatching(/^Nothing more is sent for this item, but /) as string },
	});
	expect(made.asked).not.toContain(CARD);
});

describe('a recording that cannot be read', () => {
	const helpers = {
		assertBinaryData: () => ({ data: 'AAAA', fileName: 'a.wav', mimeType: 'audio/wav' }),
		getBinaryDataBuffer: async () => await Promise.reject(Object.assign(new Error('gone'), { code: 'ENOENT' })),
	};

	it('is a warning on a call that is logged by then', async () => {
		const { items, error } = await run({
			items: [logging(1, { recordingFrom: 'binary', binaryProperty: 'data' })],
			methods: LOG,
			helpers,
		});
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{ json: { LOGGED: true, FILE_ID: null, WARNINGS: ['The recording could not be read, so it was not attached'] } },
		]);
	});

	it('is a failure where it is all that was wanted', async () => {
		const { error } = await run({
			items: [{ resource: 'call', operation: 'attachRecording', callId: 'a', recordingFrom: 'binary' }],
			helpers,
		});
		expect(error?.message).toBe('The file could not be read: n8n no longer has it');
		expect(error?.description).toMatch(/still carries the file.*later\.$/);
	});
});
