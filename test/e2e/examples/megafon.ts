import { decided } from '../../../sandbox/systems/common';
import { Megafon } from '../../../sandbox/systems/megafon';
import type { Demo } from '../../../tools/demo';
import { failures, publish, recordingOf, rowOf, rowsOf } from './_cloud';

export const examples = ['megafon'];

/** Client of the sandbox's portal whose manager is Ben Carter, extension 102. */
const THOMAS = '+494066969442';
const LINE = '74951234567';

export function declareTests(demo: () => Demo): void {
	const megafon = new Megafon();
	const { stage } = megafon;
	let workflowId: string;
	const click = (phoneNumber: string, userId = 3) => demo().sandbox.portal.control.click({ userId, phoneNumber });

	beforeAll(async () => {
		await stage.start();
		const credential = {
			system: 'megafon',
			address: `${stage.url}/crmapi/v1`,
			password: megafon.key,
			reportSecret: megafon.token,
		};
		const published = await publish(demo(), {
			name: 'megafon',
			credential,
			address: ['https://example.megapbx.ru', stage.url],
			reports: 'report',
		});
		({ workflowId, address: stage.address } = published);
	});
	beforeEach(() => {
		Object.assign(stage.switches, decided({}));
	});
	afterAll(async () => {
		await stage.stop();
	});

	it('rings the phones of a click, and logs the call once with its recording', async () => {
		const { callId } = click('+7 999 555 02 01');
		expect(await rowOf(demo(), '+79995550201')).toMatchObject({ callId, duration: 11, failedCode: '200', userId: 3 });
		expect((await recordingOf(demo(), callId)).readUInt16BE(0)).toBe(0xfffb);
		await stage.settled();
		expect(rowsOf(demo(), '+79995550201')).toHaveLength(1);
	});

	it('logs a busy client once, though reports come twice and out of order, with a plus', async () => {
		Object.assign(stage.switches, decided({ click: 'clientBusy', twice: true, reversed: true, plus: true }));
		const { callId } = click('+7 999 555 02 02');
		expect(await rowOf(demo(), '+79995550202')).toMatchObject({ callId, failedCode: '486', duration: 0 });
		await stage.settled();
		await failures(demo(), workflowId);
		expect(rowsOf(demo(), '+79995550202')).toHaveLength(1);
	});

	it('finishes a click that the PBX does not take', async () => {
		stage.switches.refuse = 429;
		const { callId } = click('+7 999 555 02 03');
		expect(await rowOf(demo(), '+79995550203')).toMatchObject({ callId, failedCode: '480', duration: 0, userId: 3 });
	});

	it('names the personal manager of a client who calls, and logs the call', async () => {
		const callid = await megafon.callIn({ client: THOMAS, line: LINE, story: 'answeredBySecond' });
		const asked = stage.deliveries.find(({ body }) => body.startsWith('cmd=contact') && body.includes(callid));
		expect([asked?.status, JSON.parse(asked?.answer ?? '')]).toEqual([
			200,
			{ contact_name: 'Thomas Weber', responsible: '102' },
		]);
		expect(await rowOf(demo(), THOMAS)).toMatchObject({
			userId: 2,
			failedCode: '200',
			duration: 11,
			externalCallId: callid,
		});
	});

	it('leaves an unknown client to the PBX’s own scenario, and gives the call to who was transferred to', async () => {
		const callid = await megafon.callIn({ client: '+7 999 555 02 04', line: LINE, story: 'transfer' });
		expect(stage.deliveries.find(({ body }) => body.includes(callid))?.answer).toBe('{}');
		expect(await rowOf(demo(), '+79995550204')).toMatchObject({ userId: 3, failedCode: '200' });
	});

	it('takes no report without the token', async () => {
		stage.switches.forged = true;
		await megafon.callIn({ client: '+7 999 555 02 05', line: LINE, story: 'lostInMenu' });
		expect(stage.deliveries.slice(-2).map(({ status }) => status)).toEqual([401, 401]);
		expect(rowsOf(demo(), '+79995550205')).toEqual([]);
		expect(await failures(demo(), workflowId)).toBe(0);
	});
}
