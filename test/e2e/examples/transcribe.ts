import fastify, { type FastifyInstance } from 'fastify';
import type { Demo } from '../../../tools/demo';
import { output, type WorkflowFile } from '../../../tools/n8n/driver';
import { readExample } from '../../support/example';

export const examples = ['transcribe'];

/** A WAV file of 20 ms (RIFF, PCM 16 bit, mono, 8 kHz), as Asterisk records. */
const WAV = Buffer.concat([
	Buffer.from('524946464401000057415645666d7420100000000100010040' + '1f0000803e0000020010006461746120010000', 'hex'),
	Buffer.alloc(320, 1),
]);
const SEGMENTS = [
	{ type: 'transcript.text.segment', id: 'seg_1', start: 0.4, end: 2.1, text: 'Good morning, Vogel.', speaker: 'A' },
	{ type: 'transcript.text.segment', id: 'seg_2', start: 2.6, end: 5, text: 'Hello, is my order there?', speaker: 'B' },
	{ type: 'transcript.text.segment', id: 'seg_3', start: 5.2, end: 6, text: 'It is.', speaker: 'A' },
];

/** Recordings that the phone system still has; calls of other tests have none here. */
const KEPT = ['sound', 'in.wav', 'out.wav'];

/**
 * Asterisk's recordings and the speech-to-text service in one.
 * @param heard what the service was asked to write down
 */
function services(heard: string[]): FastifyInstance {
	const app = fastify();
	app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.get<{ Params: { name: string } }>('/ari/recordings/stored/:name/file', async ({ params, headers }, reply) => {
		if (!headers.authorization?.startsWith('Basic '))
			return await reply.code(401).send({ message: 'Authentication required' });
		if (!KEPT.includes(params.name)) return await reply.code(404).send({ message: 'Recording not found' });
		return await reply.type('audio/wav').send(WAV);
	});
	app.post<{ Body: Buffer }>('/v1/audio/transcriptions', async ({ body, headers }, reply) => {
		if (headers.authorization !== 'Bearer key') return await reply.code(401).send({});
		heard.push(body.toString('latin1'));
		return await reply.send({ task: 'transcribe', duration: 6, text: '', segments: SEGMENTS });
	});
	return app;
}

/** Logs a call with a recording, as another workflow has done before. */
function logging(url: string, externalCallId: string, direction: string, phoneNumber: string): WorkflowFile {
	const step = (name: string, from: string) => ({ [from]: { main: [[{ node: name, type: 'main', index: 0 }]] } });
	return {
		name: externalCallId,
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{
				name: 'Sound',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [200, 0],
				parameters: {
					url,
					sendHeaders: true,
					headerParameters: { parameters: [{ name: 'authorization', value: 'Basic x' }] },
					options: { response: { response: { responseFormat: 'file' } } },
				},
			},
			{
				name: 'Log Call',
				type: 'n8n-nodes-bitrix24-telephony.bitrix24Telephony',
				typeVersion: 1,
				position: [400, 0],
				parameters: {
					resource: 'call',
					operation: 'logCall',
					direction,
					phoneNumber,
					employee: { __rl: true, mode: 'id', value: '1' },
					start: '={{ $now.minus(1, "hour") }}',
					duration: 6,
					outcomeFrom: 'list',
					outcome: 'ended',
					externalCallId,
					recordingFrom: 'binary',
					binaryProperty: 'data',
					transcript: '[]',
				},
				credentials: { bitrix24OAuth2Api: { id: null, name: '' } },
			},
		],
		connections: { ...step('Sound', 'Start'), ...step('Log Call', 'Sound') },
	};
}

export function declareTests(demo: () => Demo): void {
	async function run(id: string, triggerName: string) {
		const started = await demo().n8n.runManually(id, { triggerName });
		if (!('executionId' in started)) throw new Error('The workflow waits for an event');
		return await demo().n8n.waitForExecution({ id: started.executionId });
	}

	it('writes down the calls that have a recording and no transcript, each once', async () => {
		const heard: string[] = [];
		const app = services(heard);
		const url = await app.listen({ host: '127.0.0.1', port: 0 });
		try {
			const { n8n, credentials, sandbox } = demo();
			for (const [externalId, direction, number] of [
				['in.wav', 'incoming', '+4930231259811'],
				['out.wav', 'outgoing', '+4930231259812'],
				['lost.wav', 'incoming', '+4930231259813'],
			] as const) {
				const { id } = await n8n.importWorkflow(
					logging(`${url}/ari/recordings/stored/sound/file`, externalId, direction, number),
					{ credentials: [credentials.bitrix24] },
				);
				expect(output(await run(id, 'Start'), 'Log Call')[0]?.json).toMatchObject({
					LOGGED: true,
					FILE_ID: expect.any(Number) as number,
				});
			}
			const own = [
				await n8n.createCredential({
					name: 'Recordings',
					type: 'phoneSystemApi',
					data: { system: 'asterisk', address: url, user: 'n8n', password: 'secret' },
				}),
				await n8n.createCredential({
					name: 'Speech to text',
					type: 'httpHeaderAuth',
					data: { name: 'Authorization', value: 'Bearer key' },
				}),
			];
			const { id } = await n8n.importWorkflow(
				readExample('transcribe', { 'http://127.0.0.1:8088': url, 'https://api.openai.com': url }),
				{ credentials: [credentials.bitrix24, ...own] },
			);
			const first = await run(id, 'Every 15 Minutes');
			expect(first.status).toBe('success');
			expect(output(first, 'Attach Transcript').map(({ json }) => json)).toEqual([
				expect.objectContaining({ UTTERANCES: 3 }),
				expect.objectContaining({ UTTERANCES: 3 }),
			]);
			const sides = (externalId: string) => {
				const row = sandbox.portal.state.history.find(({ externalCallId }) => externalCallId === externalId);
				return sandbox.portal.state.transcripts
					.filter(({ id: one }) => one === row?.transcriptId)
					.map(({ utterances }) => utterances);
			};
			expect(sides('in.wav')).toEqual([
				[
					{ side: 'User', startTime: 0, stopTime: 3, message: 'Good morning, Vogel.' },
					{ side: 'Client', startTime: 2, stopTime: 5, message: 'Hello, is my order there?' },
					{ side: 'User', startTime: 5, stopTime: 6, message: 'It is.' },
				],
			]);
			expect(sides('out.wav')[0]?.map(({ side }) => side)).toEqual(['Client', 'User', 'Client']);
			expect(heard).toHaveLength(2);
			expect(heard[0]).toMatch(/name="file"; filename="[^"]+"\r\nContent-Type: audio\/wav/);
			expect(heard[0]).toContain('diarized_json');
			// What has a transcript is not sent again, and what has none is tried again.
			const second = await run(id, 'Every 15 Minutes');
			expect(heard).toHaveLength(2);
			expect(output(second, 'Recording', 1).map(({ json }) => json.EXTERNAL_CALL_ID)).toContain('lost.wav');
		} finally {
			await app.close();
		}
	});
}
