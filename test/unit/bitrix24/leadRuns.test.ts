import { Stop } from '../../../bitrix24/stop';
import { attachRecordFile, hide, show } from '../../../bitrix24/methods/calls';
import { startTextCall } from '../../../bitrix24/methods/autoCalls';
import { employeeById } from '../../../bitrix24/methods/employees';
import { history } from '../../../bitrix24/methods/history';
import { ask, askAll, optional, type Conversation } from '../../../bitrix24/plan';

import { lost, strike, world } from './leading';

describe('a recording', () => {
	const file = {
		name: 'recording.wav',
		contentType: 'audio/wav',
		open: async () => await Promise.resolve({ size: 4, content: Buffer.from('RIFF') }),
	};

	it('goes to the address that the portal names', async () => {
		const { lead, uploads, requests } = world();
		expect(await lead(ask(attachRecordFile('externalCall.a/b.1', file)))).toEqual({ ok: true, value: { FILE_ID: 7 } });
		expect(requests[0]?.body).toEqual({ CALL_ID: 'externalCall.a/b.1', FILENAME: 'ab.1-recording.wav' });
		expect(uploads).toMatchObject([
			{ url: 'https://example.bitrix24.com/rest/upload.json?token=x', fieldName: 'file' },
		]);
	});

	it('is sent again, from a new address, when its answer is lost', async () => {
		const { lead, uploads } = world(strike('rest/upload', lost, { after: true }));
		expect(await lead(ask(attachRecordFile('call 1', file)))).toEqual({ ok: true, value: { FILE_ID: 7 } });
		expect(uploads).toHaveLength(2);
	});

	const expired = {
		status: 401,
		body: { error: 'expired_token', error_description: 'The access token provided has expired' },
	};

	it('is sent again, from a new address, when its token had expired: the address is signed over it', async () => {
		const { lead, uploads, requests } = world(strike('rest/upload', expired));
		expect(await lead(ask(attachRecordFile('call 1', file)))).toEqual({ ok: true, value: { FILE_ID: 7 } });
		expect(uploads).toHaveLength(2);
		expect(requests.filter(({ url }) => url.endsWith('attachRecord'))).toHaveLength(2);
	});

	it('is not sent a third time', async () => {
		const { lead, uploads } = world(strike('rest/upload', expired, { times: 9 }));
		expect(await lead(ask(attachRecordFile('call 1', file)))).toMatchObject({
			ok: false,
			failure: { kind: 'credential', code: 'expired_token' },
		});
		expect(uploads).toHaveLength(2);
	});

	it('is not sent at all when the call that asks for the address has no token', async () => {
		const { lead, uploads, requests } = world(strike('attachRecord', expired, { times: 9 }));
		expect(await lead(ask(attachRecordFile('call 1', file)))).toMatchObject({
			ok: false,
			failure: { kind: 'credential' },
		});
		expect(uploads).toEqual([]);
		expect(requests).toHaveLength(1);
	});

	it.each(['http://example.bitrix24.com/rest/upload.json?token=x', 'nonsense'])(
		'is not sent to %s',
		async (uploadUrl) => {
			const { lead, uploads } = world(strike('attachRecord', { status: 200, body: { result: { uploadUrl } } }));
			expect(await lead(ask(attachRecordFile('call 1', file)))).toMatchObject({
				ok: false,
				failure: { text: 'The portal named no safe address for the file' },
			});
			expect(uploads).toEqual([]);
		},
	);

	it('is looked into without being read whole', async () => {
		const { lead } = world();
		let chunks = 0;
		async function* content(): AsyncGenerator<Uint8Array> {
			for (;;) {
				chunks += 1;
				yield await Promise.resolve(Buffer.alloc(40, chunks));
			}
		}
		const led = await lead(
			ask({ inspect: { ...file, open: async () => await Promise.resolve({ size: 999, content: content() }) } }),
		);
		expect(led).toMatchObject({ ok: true, value: { size: 999 } });
		expect(led.ok && led.value.head.length).toBe(128);
		expect(chunks).toBe(4);
	});

	it('that cannot be read says so', async () => {
		const { lead } = world();
		const gone = { ...file, open: async () => await Promise.reject(new Error('ENOENT')) };
		expect(await lead(ask({ inspect: gone }))).toMatchObject({
			ok: false,
			failure: { kind: 'file', text: 'The file could not be read: Error: ENOENT', method: '' },
		});
	});
});

describe('a run that is stopped', () => {
	it('sends nothing more, and lets go of its claims', async () => {
		const stop = new Stop();
		const { lead, requests, claims } = world((_request, work) => {
			stop.stop();
			return work();
		});
		const conversation = function* (): Conversation<unknown> {
			yield* ask({ claim: 'k' });
			yield* ask(show('call 1', 2));
			return yield* ask(hide('call 1', 2));
		};
		expect(await lead(conversation(), stop)).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
		expect(requests).toHaveLength(1);
		expect(await claims.take('k', {})).toMatchObject({ isMine: true });
	});

	it('keeps its claims while its request is under way', async () => {
		const stop = new Stop();
		const { lead, claims, time } = world();
		const from = time.now();
		const conversation = function* (): Conversation<unknown> {
			yield* ask({ claim: 'k' });
			return yield* ask({ pause: 1000 });
		};
		const other = time.sleep(100).then(async () => {
			stop.stop();
			await claims.take('k', {});
			return time.now() - from;
		});
		await lead(conversation(), stop);
		expect(await other).toBe(1000);
	});

	it('keeps its claims while the portal may be at a lost call', async () => {
		const { lead, claims, time } = world(strike('', lost, { times: 99 }));
		const conversation = function* (): Conversation<unknown> {
			yield* ask({ claim: 'k' });
			return yield* ask(startTextCall({}));
		};
		expect(await lead(conversation())).toMatchObject({ ok: false, failure: { kind: 'unknown' } });
		const from = time.now();
		expect(await time.until(claims.take('k', {}))).toMatchObject({ isMine: true });
		expect(time.now() - from).toBe(90_000);
	});

	it('does not wait for a claim any more', async () => {
		const stop = new Stop();
		const { lead, claims, time } = world();
		await claims.take('k', {});
		void time.sleep(50).then(() => stop.stop());
		const words: unknown[] = [];
		const conversation = function* (): Conversation<unknown> {
			words.push(yield* ask({ claim: 'k' }));
			return yield* ask(show('call 1', 2));
		};
		expect(await lead(conversation(), stop)).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
		expect(words).toEqual([]);
	});
});

it('questions asked for their own sake do not wait for one whose method has used up its time', async () => {
	const ahead = Math.floor(Date.parse('2026-03-01T09:00:00Z') / 1000);
	const used = {
		error: 'OPERATION_TIME_LIMIT',
		error_description: 'Blocked',
		time: { finish: ahead, operating_reset_at: ahead + 500 },
	};
	const { lead } = world(strike('user.get', { status: 429, body: used }));
	expect(await lead(ask(employeeById(7)))).toMatchObject({ ok: false, failure: { isGivenUp: true } });
	expect(await lead(askAll(optional(history({})), optional(employeeById(8))))).toEqual({
		ok: true,
		value: [[], undefined],
	});
});
