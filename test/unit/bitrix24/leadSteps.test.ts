import type { HttpAnswer } from '../../../bitrix24/http';
import { Ledger } from '../../../bitrix24/ledger';
import { attachRecordFile, attachTranscript, hide, register, show } from '../../../bitrix24/methods/calls';
import { employeeByExtension } from '../../../bitrix24/methods/employees';
import { history } from '../../../bitrix24/methods/history';
import { resultOf } from '../../../bitrix24/parameters';
import { ask, askAll, askEach, optional, type Call, type Conversation, type FileSource } from '../../../bitrix24/plan';
import { Stop } from '../../../bitrix24/stop';
import { fakePortal, type Answer, type Trouble } from '../../support/fakePortal';

const NO: Answer = { error: 'ACCESS_DENIED', error_description: 'No' };
const STOPPED = 'The execution was stopped before this was sent';
const lost: HttpAnswer = { status: 0, reason: 'unknown', text: 'lost' };

function world(change: Record<string, Answer> = {}, trouble?: Trouble) {
	const answers: Record<string, Answer> = {
		'telephony.externalCall.register': { result: { CALL_ID: 'call 1' } },
		'telephony.externalCall.show': { result: true },
		'telephony.externalCall.hide': { result: true },
		'telephony.call.attachTranscription': { result: { TRANSCRIPT_ID: 5 } },
		'telephony.externalCall.attachRecord': {
			result: { uploadUrl: 'https://example.bitrix24.com/upload', fieldName: 'data' },
		},
		'voximplant.statistic.get': { result: [] },
		'user.get': { result: [] },
		...change,
	};
	const fake = fakePortal(
		Object.fromEntries(Object.entries(answers).map(([method, answer]) => [method, () => answer])),
		trouble,
	);
	const ledger = new Ledger();
	const lead = async <Result>(conversation: Conversation<Result>, stop?: Stop) =>
		await fake.time.until(fake.portal(stop).lead(conversation, ledger));
	const posted = (): string[] => fake.requests.map(({ url }) => url.split('/rest/')[1] ?? '');
	return { ...fake, ledger, lead, posted };
}

const stopped = (): Stop => {
	const stop = new Stop();
	stop.stop();
	return stop;
};

it('ends with what the conversation returns, and sends nothing for none', async () => {
	const { lead, requests } = world();
	expect(await lead(askEach([]))).toEqual({ ok: true, value: [] });
	expect(requests).toEqual([]);
});

it('throws what the conversation throws, and lets go of its claims', async () => {
	const { lead, claims } = world();
	const failing = function* (): Conversation<void> {
		yield* ask({ claim: 'k' });
		throw new RangeError('mine');
	};
	await expect(lead(failing())).rejects.toThrow('mine');
	expect(await claims.take('k', {})).toEqual({ isMine: true, left: undefined });
});

it('says nothing of JavaScript when a decoder stumbles', async () => {
	const { lead } = world();
	const stumbling = {
		...history({}),
		decode: (result: unknown) => [{ ID: (result as { rows: { ID: string } }).rows.ID }],
	};
	expect(await lead(ask(stumbling))).toMatchObject({
		ok: false,
		failure: {
			kind: 'unknown',
			isOdd: true,
			text: 'The portal answered with something unexpected: nothing that makes sense',
		},
	});
});

describe('steps that are no calls', () => {
	it('wait, look, claim and settle', async () => {
		const { lead, time, claims, requests } = world();
		const start = time.now();
		const conversation = function* (): Conversation<unknown[]> {
			const paused = yield* ask({ pause: 5000 });
			const probed = yield* ask({ probe: 'https://n8n.example.com' });
			const claimed = yield* ask({ claim: 'k' });
			yield* ask({ settle: 'k', done: 'word' });
			void claims.take('k', waiting).then((told) => said.push(told));
			return [paused, probed, claimed];
		};
		const [said, waiting]: [unknown[], object] = [[], {}];
		expect(await lead(conversation())).toEqual({
			ok: true,
			value: [undefined, { status: 403, body: { message: 'no' } }, { isMine: true, left: undefined }],
		});
		expect(time.now() - start).toBe(5000);
		expect(said).toEqual([{ isMine: false, done: 'word' }]);
		expect(requests).toEqual([]);
	});

	it('are not taken after the end', async () => {
		const { lead, time } = world();
		const start = time.now();
		const led = await lead(ask({ pause: 5000 }), stopped());
		expect(led).toEqual({
			ok: false,
			step: { pause: 5000 },
			failure: { kind: 'cancelled', status: 0, code: '', text: STOPPED, method: '' },
		});
		expect(time.now()).toBe(start);
	});

	it('look into a file that is there as a whole', async () => {
		const { lead } = world();
		const content = Buffer.alloc(200, 7);
		const file: FileSource = {
			name: 'a.wav',
			contentType: 'audio/wav',
			open: async () => await Promise.resolve({ size: 200, content }),
		};
		expect(await lead(ask({ inspect: file }))).toEqual({
			ok: true,
			value: { size: 200, head: content.subarray(0, 128) },
		});
	});

	it('look into a file that is shorter than its beginning', async () => {
		const { lead } = world();
		const content = (async function* () {
			yield await Promise.resolve(Buffer.from('ab'));
			yield Buffer.from('cd');
		})();
		const led = await lead(
			ask({
				inspect: { name: 'a.wav', contentType: '', open: async () => await Promise.resolve({ size: 4, content }) },
			}),
		);
		expect(led.ok && Buffer.from(led.value.head).toString()).toBe('abcd');
	});
});

describe('an answer that is shared', () => {
	it('is asked for once, by method and parameters', async () => {
		const { lead, asked, portal, time } = world();
		const one = portal();
		const all = ['101', '101', '102', '101'].map(
			async (extension) => await one.lead(ask(employeeByExtension(extension)), new Ledger()),
		);
		for (const led of await time.until(Promise.all(all))) expect(led).toEqual({ ok: true, value: [] });
		expect(asked).toHaveLength(2);
		await lead(ask({ ...employeeByExtension('101'), shared: false }));
		expect(asked).toHaveLength(3);
	});

	it('is asked for once more by whoever waits longer', async () => {
		const { asked, portal, time } = world();
		const one = portal();
		const all = [one, one.waiting(1), one].map(
			async (mine) => await mine.lead(ask(employeeByExtension('101')), new Ledger()),
		);
		await time.until(Promise.all(all));
		expect(asked).toHaveLength(2);
	});

	it('is not looked for among several calls', async () => {
		const { lead, asked } = world();
		await lead(askAll(employeeByExtension('101'), employeeByExtension('101')));
		expect(asked).toHaveLength(2);
	});
});

describe('calls of one plan', () => {
	it('fail with the one that they refer to, and are not asked about', async () => {
		const { lead, ledger, posted } = world({
			'telephony.externalCall.register': NO,
			'telephony.call.attachTranscription': NO,
		});
		const transcript = optional(attachTranscript(resultOf(0, 'CALL_ID'), []));
		expect(await lead(askAll(optional(register({}, true)), transcript, show('x', 1)))).toEqual({
			ok: true,
			value: [undefined, undefined, true],
		});
		expect(ledger.notes).toMatchObject([
			{ kind: 'refused', text: 'No', method: 'telephony.externalCall.register' },
			{ kind: 'cancelled', text: STOPPED, method: 'telephony.call.attachTranscription' },
		]);
		expect(posted()).toEqual(['batch']);
	});

	it('count when they got through in spite of it', async () => {
		const { lead } = world({ 'telephony.externalCall.register': NO });
		expect(await lead(askAll(optional(register({}, true)), attachTranscript(resultOf(0, 'CALL_ID'), [])))).toEqual({
			ok: true,
			value: [undefined, { TRANSCRIPT_ID: 5 }],
		});
	});

	it('name the first that failed, though a later one did as well', async () => {
		const { lead } = world({ 'telephony.externalCall.hide': NO, 'telephony.externalCall.show': NO });
		expect(await lead(askAll(optional(show('a', 1)), hide('b', 1), show('c', 1)))).toMatchObject({
			ok: false,
			step: { parameters: { CALL_ID: 'b' } },
			failure: { method: 'telephony.externalCall.hide' },
		});
	});

	it('end with a failure where they go one by one', async () => {
		const { lead, posted, ledger } = world({ 'telephony.externalCall.register': NO });
		const said = [{ SIDE: 'User' as const, START_TIME: 0, STOP_TIME: 1, MESSAGE: '$result[x]' }];
		expect(await lead(askAll(register({}, true), attachTranscript('c', said)))).toMatchObject({
			ok: false,
			failure: { text: 'No' },
		});
		expect(posted()).toEqual(['telephony.externalCall.register']);
		expect(await lead(askAll(optional(register({}, true)), attachTranscript('c', said)))).toMatchObject({
			ok: true,
			value: [undefined, { TRANSCRIPT_ID: 5 }],
		});
		expect(ledger.notes).toHaveLength(1);
	});

	it('go alone where one alone looks like a reference', async () => {
		const { lead, requests } = world();
		await lead(ask(show('$result[x]', 1)));
		expect(requests.map(({ body }) => body)).toEqual([{ CALL_ID: '$result[x]', USER_ID: 1 }]);
	});
});

describe('the order of calls', () => {
	it('is kept for one call or line, by number or id, across executions; reads need none', async () => {
		for (const [name, effect, together] of [
			['CALL_ID', 'repeatable', false],
			['NUMBER', 'repeatable', false],
			['CALL_ID', 'read', true],
			['OTHER', 'repeatable', true],
		] as const) {
			const { portal, time, requests } = world();
			const call: Call = {
				method: 'telephony.externalCall.show',
				parameters: { [name]: 'a' },
				decode: Boolean,
				effect,
			};
			await time.until(Promise.all([1, 2].map(async () => await portal().lead(ask(call), new Ledger()))));
			// What must keep its order shares a request; what need not leaves side by side.
			expect(requests.length).toBe(together ? 2 : 1);
		}
	});
});

describe('a file', () => {
	const file: FileSource = {
		name: 'recording.wav',
		contentType: 'audio/wav',
		open: async () => await Promise.resolve({ size: 4, content: Buffer.from('RIFF') }),
	};

	it('goes under the name of the field that the portal wants', async () => {
		const { lead, uploads } = world();
		expect(await lead(ask(attachRecordFile('c', file)))).toEqual({ ok: true, value: { FILE_ID: 7 } });
		expect(uploads).toMatchObject([
			{ url: 'https://example.bitrix24.com/upload', fieldName: 'data', file: { name: 'c-recording.wav' } },
		]);
		const plain = world({
			'telephony.externalCall.attachRecord': {
				result: { uploadUrl: 'https://example.bitrix24.com/upload', fieldName: 7 },
			},
		});
		await plain.lead(ask(attachRecordFile('c', file)));
		expect(plain.uploads).toMatchObject([{ fieldName: 'file' }]);
	});

	it.each([[null], [{}], [{ uploadUrl: 7 }], [{ uploadUrl: 'http://example.bitrix24.com/upload' }]])(
		'stays here when the portal names %j',
		async (result) => {
			const { lead, uploads } = world({ 'telephony.externalCall.attachRecord': { result } });
			expect(await lead(ask(attachRecordFile('c', file)))).toMatchObject({
				ok: false,
				failure: {
					kind: 'refused',
					status: 200,
					code: '',
					text: 'The portal named no safe address for the file',
					method: 'telephony.externalCall.attachRecord',
				},
			});
			expect(uploads).toEqual([]);
		},
	);

	it('that the portal does not want is refused in its words', async () => {
		const { lead, uploads } = world({ 'telephony.externalCall.attachRecord': NO });
		expect(await lead(ask(attachRecordFile('c', file)))).toMatchObject({ ok: false, failure: { text: 'No' } });
		expect(uploads).toEqual([]);
	});

	it.each<[string, HttpAnswer, object]>([
		[
			'refused',
			{ status: 400, body: { error: '', error_description: 'File content is empty' } },
			{ kind: 'refused', text: 'File content is empty' },
		],
		['unreadable', { status: 0, reason: 'file', text: 'gone' }, { kind: 'file', text: 'gone' }],
		[
			'answered oddly',
			{ status: 200, body: { result: [] } },
			{ kind: 'unknown', text: 'The portal answered with something unexpected: a list in place of an object' },
		],
	])('that is %s on arrival says so of its method', async (_name, answer, failure) => {
		const { lead } = world({}, ({ url }) => (url.endsWith('/rest/upload') ? answer : undefined));
		expect(await lead(ask(attachRecordFile('c', file)))).toMatchObject({
			ok: false,
			failure: { ...failure, method: 'telephony.externalCall.attachRecord' },
		});
	});

	it('that was lost is not sent for nobody', async () => {
		const stop = new Stop();
		const { lead, uploads } = world({}, ({ url }) => {
			if (!url.endsWith('/rest/upload')) return undefined;
			stop.stop();
			return lost;
		});
		expect(await lead(ask(attachRecordFile('c', file)), stop)).toMatchObject({ ok: false });
		expect(uploads).toHaveLength(1);
	});
});
