import fastify from 'fastify';
import type { Demo } from '../../../tools/demo';
import { readExample } from '../../support/example';

export const examples = ['voice-agent'];

const WAV = Buffer.concat([
	Buffer.from('524946464401000057415645666d7420100000000100010040' + '1f0000803e0000020010006461746120010000', 'hex'),
	Buffer.alloc(320, 1),
]);

export function declareTests(demo: () => Demo): void {
	it('logs the call of a voice agent with recording and transcript, once, and refuses a stranger', async () => {
		const recordings = fastify();
		recordings.get('/call.wav', async (_request, reply) => await reply.type('audio/wav').send(WAV));
		const url = await recordings.listen({ host: '127.0.0.1', port: 0 });
		try {
			const { n8n, credentials, sandbox } = demo();
			const secret = await n8n.createCredential({
				name: 'Voice agent',
				type: 'httpHeaderAuth',
				data: { name: 'X-Vapi-Secret', value: 'a-long-one' },
			});
			const file = readExample('voice-agent');
			const { id } = await n8n.importWorkflow(file, { credentials: [credentials.bitrix24, secret] });
			await n8n.activate(id);
			const address = `${n8n.session.url}/webhook/${file.nodes.find(({ name }) => name === 'Call Over')?.webhookId ?? ''}`;
			const post = async (message: object, headers: Record<string, string> = { 'x-vapi-secret': 'a-long-one' }) =>
				(
					await fetch(address, {
						method: 'POST',
						headers: { 'content-type': 'application/json', connection: 'close', ...headers },
						body: JSON.stringify({ message }),
					})
				).status;

			const start = Date.now() - 600_000;
			const said = (role: string, message: string, from: number, to: number) => ({
				role,
				message,
				time: start + from * 1_000,
				endTime: start + to * 1_000,
				secondsFromStart: from,
			});
			const report = {
				type: 'end-of-call-report',
				endedReason: 'customer-ended-call',
				startedAt: new Date(start).toISOString(),
				endedAt: new Date(start + 61_400).toISOString(),
				call: {
					id: '019a5193-90ae-7fff-b06b-d09a3312294a',
					type: 'inboundPhoneCall',
					customer: { number: '+4930231259821' },
				},
				artifact: {
					recordingUrl: `${url}/call.wav`,
					messages: [
						said('system', 'You are kind.', 0, 0),
						said('bot', 'Hello, how can I help?', 0.9, 2.4),
						said('user', 'When do you open?', 3, 4.2),
					],
				},
			};
			const rows = () => sandbox.portal.state.history.filter(({ externalCallId }) => externalCallId === report.call.id);
			expect(await post(report, { 'x-vapi-secret': 'guessed' })).toBe(403);
			expect(rows()).toEqual([]);
			expect(await post({ type: 'status-update', status: 'ringing', call: report.call })).toBe(200);
			expect(await post(report)).toBe(200);
			expect(await post(report)).toBe(200);
			expect(rows()).toEqual([
				expect.objectContaining({
					duration: 61,
					failedCode: '200',
					userId: 1,
					phoneNumber: '+4930231259821',
					recordFileId: expect.any(Number) as number,
				}),
			]);
			const transcript = sandbox.portal.state.transcripts.filter(({ id: one }) => one === rows()[0]?.transcriptId);
			expect(transcript[0]?.utterances).toEqual([
				{ side: 'User', startTime: 0, stopTime: 3, message: 'Hello, how can I help?' },
				{ side: 'Client', startTime: 3, stopTime: 5, message: 'When do you open?' },
			]);
		} finally {
			await recordings.close();
		}
	});
}
