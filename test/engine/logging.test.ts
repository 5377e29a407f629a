import type { IDataObject, INode } from 'n8n-workflow';
import { byExtension, byId, useWorld } from './world';

const world = useWorld();
const { run, registered, finished, cards } = world;

describe('Log Call', () => {
	const LOG = {
		direction: 'incoming',
		phoneNumber: '+494066969441',
		employee: byExtension('102'),
		start: '2026-03-01T10:00:00+01:00',
		duration: 33,
		outcomeFrom: 'asterisk',
		outcomeWord: 'ANSWER',
		externalCallId: '={{ $json.id }}',
		skipLogged: true,
		recordingFrom: 'none',
		transcript: '[]',
	};

	it('writes a whole call in one item, without a card', async () => {
		const transcript = JSON.stringify([
			{ side: 'employee', start: 0, stop: 2.4, text: 'Hello' },
			{ side: 'Client', start: 3, text: 'Hi' },
			{ side: 'client', start: 5, text: '' },
		]);
		const opened: unknown[] = [];
		world.portal.changes.on(
			'change',
			(change: { kind: string }) => void (change.kind === 'card' && opened.push(change)),
		);
		const done = await run('call', 'logCall', { ...LOG, transcript }, [{ id: 'a' }]);
		expect(opened).toEqual([]);
		expect(done.json).toMatchObject([
			{
				LOGGED: true,
				CALL_DURATION: 33,
				CALL_FAILED_CODE: '200',
				EXTERNAL_CALL_ID: 'a',
				TRANSCRIPT_ID: expect.any(Number) as number,
				FILE_ID: null,
			},
		]);
		const [row] = world.portal.state.history.values();
		expect(row).toMatchObject({
			userId: 2,
			type: 2,
			startDate: Date.parse('2026-03-01T09:00:00Z'),
			externalCallId: 'a',
		});
		expect([...world.portal.state.transcripts.values()][0]?.utterances).toEqual([
			{ side: 'User', startTime: 0, stopTime: 3, message: 'Hello' },
			{ side: 'Client', startTime: 3, stopTime: 4, message: 'Hi' },
		]);
		expect(cards()).toEqual([]);
		expect(world.portal.state.calls.size).toBe(0);
	});

	it('is repeatable: logged calls are skipped, also within one run', async () => {
		const first = await run('call', 'logCall', LOG, [{ id: 'a' }, { id: 'b' }, { id: 'a' }]);
		expect(first.json.map(({ LOGGED, REASON }) => [LOGGED, REASON])).toEqual([
			[true, undefined],
			[true, undefined],
			[false, 'Another item has logged this call just now'],
		]);
		const again = await run('call', 'logCall', LOG, [{ id: 'b' }, { id: 'c' }]);
		expect(again.json.map(({ LOGGED, EXTERNAL_CALL_ID }) => [EXTERNAL_CALL_ID, LOGGED])).toEqual([
			['b', false],
			['c', true],
		]);
		expect(world.portal.state.history.length).toBe(3);
	});

	it('attaches the recording after the call is logged, and only warns when that fails', async () => {
		const binary = {
			data: { data: Buffer.alloc(2000, 'RIFF').toString('base64'), fileName: 'a.wav', mimeType: 'audio/x-wav' },
		};
		const items = [
			{ json: { id: 'a' }, binary },
			{ json: { id: 'b' }, binary },
		] as never;
		world.portal.control.addFault({ kind: 'error', target: 'upload', code: 'INTERNAL_SERVER_ERROR' });
		const done = await run('call', 'logCall', { ...LOG, recordingFrom: 'binary', binaryProperty: 'data' }, items);
		expect(done.json.map(({ LOGGED, FILE_ID, WARNINGS }) => [LOGGED, FILE_ID, WARNINGS])).toEqual([
			[true, null, [expect.stringMatching(/^The recording was not attached: .* a repeat does no harm$/) as string]],
			[true, expect.any(Number) as number, undefined],
		]);
		expect(world.portal.state.history).toHaveLength(2);
	});

	it('names the call that is registered when its finish is refused', async () => {
		world.portal.control.addFault({
			kind: 'error',
			target: 'telephony.externalCall.finish',
			code: 'INTERNAL_SERVER_ERROR',
		});
		const done = await run('call', 'logCall', LOG, [{ id: 'a' }]);
		const [callId] = world.portal.state.calls.keys();
		expect(done.error?.message).toContain('INTERNAL_SERVER_ERROR');
		expect(done.error?.description).toContain(`Bitrix24 has registered this call before: ${callId ?? ''}.`);
	});

	it.each([[true], [false]])(
		'leaves no call open that was registered, however often its finish fails (skip %s)',
		async (skipLogged) => {
			const parameters = { ...LOG, start: '2026-02-01T10:00:00+01:00', skipLogged };
			world.portal.control.addFault({
				kind: 'error',
				target: 'telephony.externalCall.finish',
				code: 'INTERNAL_SERVER_ERROR',
				count: 3,
			});
			for (let attempt = 0; attempt < 3; attempt += 1)
				expect((await run('call', 'logCall', parameters, [{ id: 'open' }])).error?.message).toContain(
					'INTERNAL_SERVER_ERROR',
				);
			expect((await run('call', 'logCall', parameters, [{ id: 'open' }])).json).toMatchObject([{ LOGGED: true }]);
			expect([world.portal.state.calls.size, world.portal.state.history.length]).toEqual([0, 1]);
		},
	);

	it('keeps the call and warns when the transcript fails', async () => {
		world.portal.control.addFault({
			kind: 'error',
			target: 'telephony.call.attachTranscription',
			code: 'INTERNAL_SERVER_ERROR',
		});
		const done = await run('call', 'logCall', { ...LOG, transcript: '[{"side":"client","start":0,"text":"Hi"}]' }, [
			{ id: 'a' },
		]);
		expect(done.json).toMatchObject([
			{
				LOGGED: true,
				TRANSCRIPT_ID: null,
				WARNINGS: [expect.stringMatching(/^The transcript was not attached: /) as string],
			},
		]);
	});

	it('refuses a line that is not there, unless it shall be created', async () => {
		const additionalFields = { line: byId('+4900') };
		const refused = await run('call', 'logCall', { ...LOG, additionalFields }, [{ id: 'a' }]);
		expect(refused.error?.message).toBe('The application has no line +4900');
		expect(world.portal.state.history).toHaveLength(0);
		expect(
			(
				await run('call', 'logCall', { ...LOG, additionalFields: { ...additionalFields, createLine: true } }, [
					{ id: 'a' },
				])
			).error,
		).toBeUndefined();
		expect((await run('call', 'logCall', { ...LOG, additionalFields }, [{ id: 'b' }])).json).toMatchObject([
			{ LOGGED: true, PORTAL_NUMBER: '+4900' },
		]);
	});

	it('refuses bad parameters on the right item', async () => {
		const done = await run('call', 'logCall', { ...LOG, start: '={{ $json.start }}' }, [
			{ id: 'a', start: '2026-03-01' },
			{ id: 'b', start: 'soon' },
		]);
		expect(done.error).toMatchObject({ message: 'Start is no date', context: { itemIndex: 1 } });
		expect(world.portal.state.history.length).toBe(0);
	});
});

describe('Attach Recording', () => {
	const wav = (seconds: number): string => {
		const header = Buffer.alloc(44);
		header.write('RIFF', 0).toString();
		header.write('WAVE', 8);
		return Buffer.concat([header, Buffer.alloc(seconds * 16_000, 1)]).toString('base64');
	};
	const file = (data: string, fileName = 'Call 1.WAV', mimeType = 'audio/wav') => ({
		json: {},
		binary: { data: { data, fileName, mimeType } },
	});
	const attach = async (parameters: IDataObject, item: { json: IDataObject; binary?: object }) =>
		await world.engine.run(
			world.credential,
			{ parameters: { resource: 'call', operation: 'attachRecording', ...parameters } as INode['parameters'] },
			[item] as never,
		);

	it('uploads a file of the item', async () => {
		const callId = await finished();
		const done = await attach({ callId, recordingFrom: 'binary', binaryProperty: 'data' }, file(wav(2)));
		expect(done.error).toBeUndefined();
		expect(done.json).toEqual([{ CALL_ID: callId, ATTACHED: true, FILE_ID: expect.any(Number) as number }]);
		const [recording] = world.portal.state.recordings.values();
		expect(recording?.content.toString('base64')).toBe(wav(2));
		expect(recording?.name).toMatch(/^[0-9a-f]{32}\.\d+-recording\.wav$/);
	});

	it('uploads again after the token was renewed in between', async () => {
		const callId = await finished();
		world.portal.control.addFault({ kind: 'error', target: 'upload', code: 'expired_token' });
		const done = await attach(
			{ callId, recordingFrom: 'binary', binaryProperty: 'data' },
			file(wav(1), 'a.mp3', 'audio/mpeg'),
		);
		expect(done.json).toMatchObject([{ ATTACHED: true }]);
		expect([...world.portal.state.recordings.values()][0]?.name).toMatch(/\.wav$/);
	});

	it('leaves a recording without sound out', async () => {
		const callId = await finished();
		const done = await attach({ callId, recordingFrom: 'binary', binaryProperty: 'data' }, file(wav(0)));
		expect(done.json).toEqual([
			{
				CALL_ID: callId,
				ATTACHED: false,
				FILE_ID: null,
				WARNINGS: [expect.stringContaining('no sound in it (44 bytes)') as string],
			},
		]);
	});

	it('refuses other files, a missing field and an address that is none', async () => {
		const callId = await finished();
		expect(
			(await attach({ callId, recordingFrom: 'binary', binaryProperty: 'data' }, file('AAAA', 'a.ogg', 'audio/ogg')))
				.error?.message,
		).toBe('The recording must be WAV or MP3');
		expect(
			(await attach({ callId, recordingFrom: 'binary', binaryProperty: 'other' }, file(wav(1)))).error?.message,
		).toContain('other');
		expect(
			(await attach({ callId, recordingFrom: 'url', recordingUrl: 'file.wav' }, { json: {} })).error?.message,
		).toBe('Recording URL is no address');
	});

	it('says that the call must be finished first', async () => {
		const done = await attach(
			{ callId: await registered(), recordingFrom: 'binary', binaryProperty: 'data' },
			file(wav(1)),
		);
		expect(done.error?.message).toContain('not finished yet');
		expect(done.error?.description).toContain('Run Finish first');
	});
});

describe('Attach Transcript', () => {
	it('adds it to a finished call', async () => {
		const callId = await finished();
		const done = await run('call', 'attachTranscript', {
			callId,
			transcript: '={{ [{ SIDE: "User", START_TIME: 1, STOP_TIME: 2, MESSAGE: "Hello" }] }}',
		});
		expect(done.json).toEqual([{ CALL_ID: callId, TRANSCRIPT_ID: expect.any(Number) as number, UTTERANCES: 1 }]);
	});

	it.each([
		['[{"side":"robot","text":"x"}]', 'Utterance 1 has no side'],
		['[{"side":"client","start":"late","text":"x"}]', 'Utterance 1: start must be seconds'],
		['{', 'Transcript is no valid JSON'],
		['{}', 'Transcript must be a list'],
		['[]', 'The transcript is empty'],
	])('refuses %s', async (transcript, message) => {
		expect((await run('call', 'attachTranscript', { callId: 'externalCall.x.1', transcript })).error?.message).toBe(
			message,
		);
	});
});
