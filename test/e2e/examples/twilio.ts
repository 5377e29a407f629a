import { decided } from '../../../sandbox/systems/common';
import { Twilio } from '../../../sandbox/systems/twilio';
import type { Demo } from '../../../tools/demo';
import { readExample } from '../../support/example';
import { failures, recordingOf, rowOf, rowsOf } from './_cloud';

export const examples = ['twilio'];

export function declareTests(demo: () => Demo): void {
	const twilio = new Twilio();
	const { stage } = twilio;
	let workflowId = '';
	let twiml = '';
	const click = (phoneNumber: string) => demo().sandbox.portal.control.click({ userId: 3, phoneNumber });

	beforeAll(async () => {
		await stage.start();
		const { n8n, credentials } = demo();
		const data = { system: 'twilio', address: stage.url, user: twilio.account, password: twilio.authToken };
		const phoneSystem = await n8n.createCredential({ name: 'twilio', type: 'phoneSystemApi', data });
		const file = readExample('twilio', {
			'https://api.twilio.com': stage.url,
			'AC-your-account': twilio.account,
			'https://n8n.example.com': n8n.session.url,
		});
		twiml =
			/```xml\n([^]*?)\n```/.exec(
				String(file.nodes.find(({ name }) => name.startsWith('TwiML'))?.parameters.content),
			)?.[1] ?? '';
		({ id: workflowId } = await n8n.importWorkflow(file, { credentials: [credentials.bitrix24, phoneSystem] }));
		await n8n.activate(workflowId);
	});
	beforeEach(() => {
		Object.assign(stage.switches, decided({}));
	});
	afterAll(async () => {
		await stage.stop();
	});

	it('rings the phones of a click, and logs the call once with its recording', async () => {
		const { callId } = click('+49 40 5550401');
		expect(await rowOf(demo(), '+49405550401')).toMatchObject({ callId, duration: 4, failedCode: '200', userId: 3 });
		expect((await recordingOf(demo(), callId)).readUInt16BE(0)).toBe(0xfffb);
		await stage.settled();
		expect(stage.deliveries.map(({ status, answer }) => [status, answer])).toEqual(Array(3).fill([200, '<Response/>']));
		expect(rowsOf(demo(), '+49405550401')).toHaveLength(1);
	});

	it('logs a busy client, though the employee’s end comes first, and everything twice', async () => {
		Object.assign(stage.switches, decided({ click: 'clientBusy', twice: true }));
		twilio.statusFirst = true;
		const { callId } = click('+49 40 5550402');
		expect(await rowOf(demo(), '+49405550402')).toMatchObject({ callId, failedCode: '486', duration: 0 });
		await stage.settled();
		expect(await failures(demo(), workflowId)).toBe(0);
		expect(rowsOf(demo(), '+49405550402')).toHaveLength(1);
	});

	it('logs an employee who did not answer, and a click that Twilio does not take', async () => {
		stage.switches.click = 'employeeNoAnswer';
		click('+49 40 5550403');
		expect(await rowOf(demo(), '+49405550403')).toMatchObject({ failedCode: '603-S', userId: 3 });
		stage.switches.refuse = 429;
		click('+49 40 5550404');
		expect(await rowOf(demo(), '+49405550404')).toMatchObject({ failedCode: '480', userId: 3 });
	});

	it('logs a call of a client who got through, and takes no report that somebody else signed', async () => {
		const sid = await twilio.callIn({
			client: '+49405550405',
			line: '+493012345678',
			twiml,
			story: 'answeredBySecond',
		});
		const row = await rowOf(demo(), '+49405550405');
		expect(row).toMatchObject({ userId: 1, failedCode: '200', duration: 4, externalCallId: sid });
		expect((await recordingOf(demo(), row.callId)).readUInt16BE(0)).toBe(0xfffb);
		stage.switches.forged = true;
		await twilio.callIn({ client: '+49405550406', line: '+493012345678', twiml, story: 'missedByAll' });
		expect(stage.deliveries.at(-1)?.status).toBe(401);
		expect(rowsOf(demo(), '+49405550406')).toEqual([]);
	});
}
