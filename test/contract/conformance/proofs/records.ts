import assert from 'node:assert/strict';
import { assertReply, type Bench, type Chapter, type Triggers } from '../bench';
import type { Reply } from '../../support/client';
import { upload, uploadAddress, uploadProofs } from './uploads';

const ATTACH = 'telephony.externalCall.attachRecord';
const TRANSCRIBE = 'telephony.call.attachTranscription';
const CONTENT = Buffer.from('RIFF sound').toString('base64');
const line = { SIDE: 'User', START_TIME: 1, STOP_TIME: 3, MESSAGE: 'Good afternoon' };

const attach = async (bench: Bench, parameters: Record<string, unknown>): Promise<Reply> =>
	bench.call(ATTACH, { CALL_ID: await bench.finished(), ...parameters });

const attachTriggers: Triggers = {
	'Required parameters are not set. Request should contain or URL or FILENAME parameter': (bench) => attach(bench, {}),
	'Call is not found in the statistic table. Looks like it is not finished yet.': async (bench) =>
		bench.call(ATTACH, { CALL_ID: await bench.registered(), FILENAME: 'a.mp3' }),
	'File name is empty': (bench) => attach(bench, { FILENAME: '' }),
	'Wrong file extension. Only wav and mp3 are allowed': async (bench) => {
		const address = await uploadAddress(bench, await bench.finished());
		assertReply(await upload(address, { name: 'call.MP3' }), 400, {
			error_description: 'Wrong file extension. Only wav and mp3 are allowed',
		});
		return attach(bench, { FILENAME: 'call.MP3', FILE_CONTENT: CONTENT });
	},
	'File content is empty.': (bench) => attach(bench, { FILENAME: 'a.mp3', FILE_CONTENT: '' }),
	'File content is not properly encoded. Base64 encoding is expected.': (bench) =>
		attach(bench, { FILENAME: 'a.mp3', FILE_CONTENT: '!!!' }),
	'Server returns HTTP error code {N}': async (bench) => {
		const files = await bench.receiver();
		files.answer = () => ({ status: 404, body: '' });
		return attach(bench, { RECORD_URL: `${files.url}/a.mp3` });
	},
	'{code}: {message}': (bench) => attach(bench, { RECORD_URL: 'http://127.0.0.1:1/a.mp3' }),
	'Could not create temporary directory': (bench) => {
		bench.portal.control.setSettings({ diskBroken: 'directory' });
		return attach(bench, { RECORD_URL: 'http://127.0.0.1:1/a.mp3' });
	},
	'Unknown error encountered while saving file.': (bench) => {
		bench.portal.control.setSettings({ diskBroken: 'save' });
		return attach(bench, { FILENAME: 'a.mp3', FILE_CONTENT: CONTENT });
	},
	'Error: required parameter file is not found': async (bench) =>
		upload(await uploadAddress(bench, await bench.finished()), { name: 'a.mp3', field: 'other' }),
	'Access denied! Link check failed': async (bench) => {
		const headers = { authorization: `Bearer ${bench.client.token}` };
		const { uploadUrl } = await bench.ok(ATTACH, { CALL_ID: await bench.finished(), FILENAME: 'call.mp3' });
		assert.ok(!new URL(String(uploadUrl)).searchParams.has('auth'));
		assert.equal((await upload(uploadUrl, { name: 'call.mp3' }, headers)).status, 200);
		assert.equal((await upload(uploadUrl, { name: 'call.mp3' })).status, 401);
		return upload(`${String(uploadUrl)}&auth=${bench.client.token}`, { name: 'call.mp3' });
	},
};

/** telephony.externalCall.attachRecord */
export const attachRecordChapter: Chapter = {
	valid: async (bench) => ({ CALL_ID: await bench.finished(), FILENAME: 'call.mp3', FILE_CONTENT: CONTENT }),
	stages: { 1: (bench) => bench.exampleStage('finished'), 2: (bench) => bench.exampleStage('finished') },
	triggers: attachTriggers,
	proofs: {
		...uploadProofs,
		'param:CALL_ID': async (bench) =>
			assert.equal((await attach(bench, { FILENAME: 'a.wav', FILE_CONTENT: CONTENT })).status, 200),
		'param:RECORD_URL': async (bench) => {
			const files = await bench.receiver();
			files.answer = () => ({ status: 200, body: 'sound' });
			for (const extension of ['mp3', 'wav', 'flac'])
				assert.equal((await attach(bench, { RECORD_URL: `${files.url}/a.${extension}` })).status, 200);
			assertReply(await attach(bench, { RECORD_URL: '', FILENAME: 'a.mp3', FILE_CONTENT: CONTENT }), 400, {
				error: 'SERVER_NOT_AVAILABLE',
			});
		},
		'param:FILENAME': async (bench) => {
			const callId = await bench.finished();
			const { FILE_ID: id } = await bench.ok(ATTACH, {
				CALL_ID: callId,
				FILENAME: 'my call.wav',
				FILE_CONTENT: CONTENT,
			});
			assert.equal(bench.portal.state.recordings.get(Number(id))?.name, 'my call.wav');
		},
		'param:FILE_CONTENT': async (bench) => {
			const callId = await bench.finished();
			const { FILE_ID: id } = await bench.ok(ATTACH, {
				CALL_ID: callId,
				FILENAME: 'a.mp3',
				FILE_CONTENT: `${CONTENT.slice(0, 4)} \n*${CONTENT.slice(4)}`,
			});
			assert.equal(bench.portal.state.recordings.get(Number(id))?.content.toString(), 'RIFF sound');
			for (const content of [undefined, null])
				assert.ok(
					'uploadUrl' in (await bench.ok(ATTACH, { CALL_ID: callId, FILENAME: 'a.mp3', FILE_CONTENT: content })),
				);
		},
		'behaviour:1': async (bench) => {
			const callId = await bench.finished();
			const first = await bench.ok(ATTACH, { CALL_ID: callId, FILENAME: 'a.mp3', FILE_CONTENT: CONTENT });
			const second = await bench.ok(ATTACH, { CALL_ID: callId, FILENAME: 'b.mp3', FILE_CONTENT: CONTENT });
			assert.deepEqual(
				[[...bench.portal.state.recordings.keys()], bench.row(callId).recordFileId],
				[[second.FILE_ID], second.FILE_ID],
			);
			assert.notEqual(first.FILE_ID, second.FILE_ID);
			await upload(await uploadAddress(bench, callId), { name: 'c.mp3' });
			assert.equal(bench.portal.state.recordings.size, 2);
		},
		'example:3': async (bench) => {
			const callId = await bench.finished();
			const reply = await upload(await uploadAddress(bench, callId), { name: 'call-001.mp3' });
			assert.equal(reply.status, 200);
			assert.deepEqual(reply.body, { result: { FILE_ID: bench.row(callId).recordFileId } });
			assert.equal(bench.portal.state.recordings.get(bench.row(callId).recordFileId ?? 0)?.content.toString(), 'sound');
		},
	},
};

const transcribe = async (bench: Bench, parameters: Record<string, unknown>): Promise<Reply> =>
	bench.call(TRANSCRIBE, { CALL_ID: await bench.finished(), MESSAGES: [line], ...parameters });
const message = (bench: Bench, change: Record<string, unknown>): Promise<Reply> =>
	transcribe(bench, { MESSAGES: [line, { ...line, ...change }] });

/** telephony.call.attachTranscription */
export const transcriptionChapter: Chapter = {
	valid: async (bench) => ({ CALL_ID: await bench.finished(), MESSAGES: [line] }),
	stages: { 1: (bench) => bench.exampleStage('finished') },
	triggers: {
		'CALL_ID should be set': (bench) => bench.call(TRANSCRIBE, { MESSAGES: [line] }),
		'MESSAGES should be an array': (bench) => transcribe(bench, { MESSAGES: 'hello' }),
		'MESSAGES[{N}][SIDE] should be either Client or User': (bench) => message(bench, { SIDE: 'user' }),
		'MESSAGES[{N}][START_TIME] should be greater or equal to zero': (bench) => message(bench, { START_TIME: -1 }),
		'MESSAGES[{N}][STOP_TIME] should be greater than zero': (bench) => message(bench, { STOP_TIME: 0 }),
		'MESSAGES[{N}][MESSAGE] is empty': (bench) => message(bench, { MESSAGE: '' }),
		'Call {CALL_ID} is not found. Is it finished?': async (bench) =>
			transcribe(bench, { CALL_ID: await bench.registered({ PHONE_NUMBER: '+12025550199' }) }),
	},
	proofs: {
		'param:CALL_ID': async (bench) => assert.equal((await transcribe(bench, {})).status, 200),
		'param:MESSAGES': async (bench) => {
			for (const wrong of [undefined, 'text', 5])
				assertReply(await transcribe(bench, { MESSAGES: wrong }), 400, {
					error_description: 'MESSAGES should be an array',
				});
			assert.equal(
				(
					await bench.call(
						TRANSCRIBE,
						{ CALL_ID: await bench.finished(), MESSAGES: [line, line] },
						{ encoding: 'form' },
					)
				).status,
				200,
			);
			assert.equal(bench.portal.state.transcripts[0]?.utterances.length, 2);
		},
		'param:MESSAGES[].SIDE': async (bench) =>
			assertReply(await message(bench, { SIDE: undefined }), 400, {
				error_description: 'MESSAGES[1][SIDE] should be either Client or User',
			}),
		'enum:MESSAGES[].SIDE': async (bench) => {
			for (const side of ['User', 'Client']) assert.equal((await message(bench, { SIDE: side })).status, 200);
			for (const side of ['CLIENT', 'client', 'Operator'])
				assert.equal((await message(bench, { SIDE: side })).status, 400);
		},
		'param:MESSAGES[].START_TIME': async (bench) => {
			assert.equal((await message(bench, { START_TIME: '0' })).status, 200);
			assert.equal(bench.portal.state.transcripts[0]?.utterances[1]?.startTime, 0);
		},
		'param:MESSAGES[].STOP_TIME': async (bench) =>
			assertReply(await message(bench, { STOP_TIME: undefined }), 400, {
				error_description: 'MESSAGES[1][STOP_TIME] should be greater than zero',
			}),
		'param:MESSAGES[].MESSAGE': async (bench) => {
			await transcribe(bench, {});
			assert.equal(bench.portal.state.transcripts[0]?.utterances[0]?.message, 'Good afternoon');
		},
		'param:COST': async (bench) => {
			await transcribe(bench, { COST: '1.5', COST_CURRENCY: 'EUR' });
			assert.deepEqual(
				[bench.portal.state.transcripts[0]?.cost, bench.portal.state.transcripts[0]?.costCurrency],
				[1.5, 'EUR'],
			);
		},
		'param:COST_CURRENCY': async (bench) => {
			await transcribe(bench, { COST: 0, COST_CURRENCY: 'EUR' });
			assert.equal(bench.portal.state.transcripts[0]?.costCurrency, null);
		},
		'behaviour:1': async (bench) => {
			const callId = await bench.finished();
			const first = await bench.ok(TRANSCRIBE, { CALL_ID: callId, MESSAGES: [line] });
			const second = await bench.ok(TRANSCRIBE, { CALL_ID: callId, MESSAGES: [line] });
			assert.notEqual(first.TRANSCRIPT_ID, second.TRANSCRIPT_ID);
			assert.deepEqual(
				[bench.portal.state.transcripts.length, bench.row(callId).transcriptId],
				[2, second.TRANSCRIPT_ID],
			);
		},
		'behaviour:2': async (bench) => {
			assert.equal((await message(bench, { START_TIME: 9, STOP_TIME: 2 })).status, 200);
			assert.equal(
				(
					await bench.call(
						TRANSCRIBE,
						{ CALL_ID: await bench.finished(), MESSAGES: [line] },
						{ token: bench.tokenWith(['telephony']) },
					)
				).status,
				200,
			);
		},
	},
};
