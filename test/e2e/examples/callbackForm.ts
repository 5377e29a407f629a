import { randomUUID } from 'node:crypto';
import type { Demo } from '../../../tools/demo';
import { output, until } from '../../../tools/n8n/driver';
import { readExample } from '../../support/example';

export const examples = ['callback-form'];

const file = readExample('callback-form');
/** An address that is a secret comes with no example. */
const REPORTS = randomUUID();
const webhook = (name: string) => file.nodes.find((node) => node.name === name)?.webhookId ?? '';

export function declareTests(demo: () => Demo): void {
	let workflowId = '';
	const rows = (number: string) =>
		demo().sandbox.portal.state.history.filter(({ phoneNumber }) => phoneNumber.replace(/\D/g, '') === number);
	const ends = async (number: string) =>
		await until(
			() => Promise.resolve(rows(number)[0]),
			() => `no call of ${number} in the history`,
		);

	/** @param address of ARI */
	async function publish(address: string): Promise<void> {
		const {
			n8n,
			credentials,
			sandbox: { pbx },
		} = demo();
		const phoneSystem = await n8n.createCredential({
			name: 'Asterisk',
			type: 'phoneSystemApi',
			data: { system: 'asterisk', address, user: pbx.user, password: pbx.password },
		});
		// Instead of B24_REPORT_URL, which all workflows of this PBX share.
		const report = `"__B24_DONE_URL": "${n8n.session.url}/webhook/${REPORTS}/report"`;
		const fitted = readExample('callback-form', {
			'http://127.0.0.1:8088': address,
			'"__B24_LINE": ""': `"__B24_LINE": "", ${report}`,
		});
		for (const node of fitted.nodes) if (node.name === 'Call Ended') node.webhookId = REPORTS;
		workflowId = (await n8n.importWorkflow(fitted, { credentials: [credentials.bitrix24, phoneSystem] })).id;
		await n8n.activate(workflowId);
	}

	/** Sends the form as the visitor's browser does. */
	async function send(number: string): Promise<number> {
		const body = new FormData();
		body.set('field-0', number);
		return (
			await fetch(`${demo().n8n.session.url}/form/${webhook('Form')}`, {
				method: 'POST',
				body,
				headers: { connection: 'close' },
			})
		).status;
	}

	beforeAll(async () => {
		await publish(demo().sandbox.pbx.url);
	});

	it('rings the employee and the client of a form, and logs a callback with its recording', async () => {
		const { portal, pbx } = demo().sandbox;
		expect(await send('+49 30 77771 9007')).toBe(200);
		const row = await ends('4930777719007');
		expect(row).toMatchObject({ type: 4, duration: 7, failedCode: '200', userId: 1 });
		expect(pbx.calls.filter(({ channelId }) => channelId === row.callId)).toMatchObject([
			{ extension: '101', number: '4930777719007' },
		]);
		await until(
			() => Promise.resolve(row.recordFileId ?? undefined),
			() => 'the call has no recording',
		);
		expect(portal.state.cards.filter(({ callId }) => callId === row.callId)).toEqual([]);
	});

	it('does the same for a form of the CRM', async () => {
		const { control, state } = demo().sandbox.portal;
		control.orderCallback({ lineNumber: state.lines[0]?.number ?? '', phoneNumber: '+4930777729100' });
		expect(await ends('4930777729100')).toMatchObject({ type: 4, duration: 0, failedCode: '486' });
	});

	it('dials no number of another country', async () => {
		const { n8n, sandbox } = demo();
		const before = sandbox.pbx.calls.length;
		expect(await send('+882 16 12345678')).toBe(200);
		const ran = await n8n.waitForExecution({
			workflowId,
			where: ({ runs }) => 'Numbers We Call' in runs && !('Who Calls Back' in runs),
		});
		expect(output(ran, 'Numbers We Call')).toEqual([]);
		expect(sandbox.pbx.calls).toHaveLength(before);
	});

	it('finishes the call as not put through when the phone system cannot be reached', async () => {
		await demo().n8n.deactivate(workflowId);
		await publish('http://127.0.0.1:9');
		await send('+4930777739007');
		expect(await ends('4930777739007')).toMatchObject({ type: 4, duration: 0, failedCode: '480', userId: 1 });
	});
}
