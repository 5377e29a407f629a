import fastify, { type FastifyInstance } from 'fastify';
import type { Demo } from '../../../tools/demo';
import { output, until } from '../../../tools/host/driver';
import { readExample } from '../../support/example';

export const examples = ['callback-form'];

/** What the example asks of ARI. */
interface Originate {
	channelId: string;
	endpoint: string;
	variables: Record<string, string>;
}

/** A number that the phone system does not take. */
const REFUSED = '4930231259800';

/**
 * Asterisk as far as a callback meets it: takes the call, and reports its end to the address at once, as it may on a real one.
 * Live ids are refused, as by ARI.
 */
function asterisk(dialled: Originate[], report: () => string): FastifyInstance {
	const app = fastify();
	app.post<{ Body: Originate }>('/ari/channels', async ({ body }, reply) => {
		if (body.variables.__B24_NUMBER === REFUSED) return await reply.code(500).send({ error: 'Allocation failed' });
		if (dialled.some(({ channelId }) => channelId === body.channelId)) return await reply.code(409).send({ message: 'Channel with given unique ID already exists' });
		dialled.push(body);
		const extension = /^Local\/(\d+)@b24-agent$/.exec(body.endpoint)?.[1] ?? '';
		const fields = { CALL_ID: body.channelId, UNIQUEID: body.channelId, DIRECTION: 'out', DIALSTATUS: 'ANSWER', HANGUPCAUSE: '16', ANSWEREDTIME: '42', EXTENSION: extension, NUMBER: body.variables.__B24_NUMBER ?? '' };
		await fetch(report(), { method: 'POST', body: new URLSearchParams(fields) });
		return await reply.send({ id: body.channelId });
	});
	return app;
}

export function declareTests(demo: () => Demo): void {
	const dialled: Originate[] = [];
	let pbx: FastifyInstance;
	let workflow: { id: string; form: string };
	const rows = (number: string) => demo().sandbox.portal.state.history.filter(({ phoneNumber }) => phoneNumber.replace(/\D/g, '') === number);
	const ends = async (number: string) => await until(() => Promise.resolve(rows(number)[0]), 20_000, () => `no call of ${number} in the history`);

	beforeAll(async () => {
		const { n8n, credentials } = demo();
		const file = readExample('callback-form');
		const webhook = (name: string) => file.nodes.find((node) => node.name === name)?.webhookId ?? '';
		pbx = asterisk(dialled, () => `${n8n.session.url}/webhook/${webhook('Call Ended')}/report`);
		const url = await pbx.listen({ host: '127.0.0.1', port: 0 });
		const phoneSystem = await n8n.createCredential({ name: 'Asterisk', type: 'phoneSystemApi', data: { system: 'asterisk', address: url, user: 'n8n', password: 'secret' } });
		const { id } = await n8n.importWorkflow(readExample('callback-form', { 'http://127.0.0.1:8088': url }), { credentials: [credentials.bitrix24, phoneSystem] });
		await n8n.activate(id);
		workflow = { id, form: `${n8n.session.url}/form/${webhook('Form')}` };
	});
	afterAll(async () => {
		await pbx?.close();
	});

	/** Sends the form as the visitor's browser does. */
	async function send(number: string): Promise<number> {
		const body = new FormData();
		body.set('field-0', number);
		return (await fetch(workflow.form, { method: 'POST', body })).status;
	}

	it('rings the employee and the client of a form, and logs a callback', async () => {
		expect(await send('+49 30 231259801')).toBe(200);
		const row = await ends('4930231259801');
		expect(row).toMatchObject({ type: 4, duration: 42, failedCode: '200', userId: 1 });
		expect(dialled).toEqual([expect.objectContaining({ channelId: row.callId, endpoint: 'Local/101@b24-agent', variables: { __B24_NUMBER: '4930231259801', __B24_LINE: '' } })]);
		expect(demo().sandbox.portal.state.cards.filter(({ callId }) => callId === row.callId)).toEqual([]);
	});

	it('does the same for a form of the CRM', async () => {
		const { control, state } = demo().sandbox.portal;
		const lineNumber = state.lines[0]?.number ?? '';
		control.orderCallback({ lineNumber, phoneNumber: '+4930231259802' });
		expect(await ends('4930231259802')).toMatchObject({ type: 4, duration: 42 });
	});

	it('finishes the call as not put through when the phone system does not take it', async () => {
		await send(`+${REFUSED}`);
		expect(await ends(REFUSED)).toMatchObject({ type: 4, duration: 0, failedCode: '480' });
	});

	it('dials no number of another country', async () => {
		const before = dialled.length;
		expect(await send('+882 16 12345678')).toBe(200);
		const ran = await demo().n8n.waitForExecution({ workflowId: workflow.id, where: ({ runs }) => 'Numbers We Call' in runs && !('Who Calls Back' in runs) });
		expect(output(ran, 'Numbers We Call')).toEqual([]);
		expect(dialled).toHaveLength(before);
	});
}
