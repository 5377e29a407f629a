import { Zadarma } from '../../../sandbox/systems/zadarma';
import { decided } from '../../../sandbox/systems/common';
import type { Demo } from '../../../tools/demo';
import { failures, played, publish, recordingOf, rowOf, rowsOf } from './_cloud';

export const examples = ['zadarma'];

/** Client of the sandbox's portal whose manager is Ben Carter, extension 102. */
const JULIA = '+494066969441';
const LINE = '+4940669690';

export function declareTests(demo: () => Demo): void {
	const zadarma = new Zadarma();
	let workflowId: string;
	const { stage } = zadarma;
	const click = (phoneNumber: string, userId = 3) => demo().sandbox.portal.control.click({ userId, phoneNumber });

	beforeAll(async () => {
		await stage.start();
		const credential = { system: 'zadarma', address: stage.url, user: zadarma.key, password: zadarma.secret };
		const published = await publish(demo(), {
			name: 'zadarma',
			credential,
			address: ['https://api.zadarma.com', stage.url],
			reports: 'report',
		});
		({ workflowId } = published);
		expect(await zadarma.enterAddress(published.address)).toBe(true);
	});
	beforeEach(() => {
		Object.assign(stage.switches, decided({}));
	});
	afterAll(async () => {
		await stage.stop();
	});

	it('rings the phones of a click, and logs the call once with its recording', async () => {
		const { callId } = click('+49 40 5550101');
		const row = await rowOf(demo(), '+49405550101');
		expect(row).toMatchObject({ callId, duration: 4, failedCode: '200', userId: 3 });
		expect((await recordingOf(demo(), callId)).readUInt16BE(0)).toBe(0xfffb);
		await played(stage, '/v1/request/callback/');
		expect(stage.deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(rowsOf(demo(), '+49405550101')).toHaveLength(1);
	});

	it('logs a busy client once, though reports come twice and out of order, signed the other way, with a plus', async () => {
		Object.assign(
			stage.switches,
			decided({ click: 'clientBusy', twice: true, reversed: true, signature: 'bytes', plus: true }),
		);
		const { callId } = click('+49 40 5550102');
		expect(await rowOf(demo(), '+49405550102')).toMatchObject({ callId, failedCode: '486', duration: 0 });
		await stage.settled();
		await failures(demo(), workflowId);
		expect(rowsOf(demo(), '+49405550102')).toHaveLength(1);
	});

	it('finishes a click that Zadarma does not take', async () => {
		stage.switches.refuse = 401;
		const { callId } = click('+49 40 5550103');
		expect(await rowOf(demo(), '+49405550103')).toMatchObject({ callId, failedCode: '480', duration: 0, userId: 3 });
	});

	it('sends a client to the personal manager, and logs the call', async () => {
		const id = await zadarma.callIn({ client: JULIA, line: LINE, story: 'answeredBySecond' });
		const asked = stage.deliveries.find(({ body }) => body.includes('NOTIFY_START') && body.includes(id));
		expect([asked?.status, JSON.parse(asked?.answer ?? '')]).toEqual([200, { redirect: '102', return_timeout: 15 }]);
		expect(await rowOf(demo(), JULIA)).toMatchObject({ userId: 2, failedCode: '200', duration: 4, externalCallId: id });
	});

	it('leaves an unknown client to Zadarma’s own scenario, and logs that nobody answered', async () => {
		const id = await zadarma.callIn({ client: '+49 40 5550104', line: LINE, story: 'missedByAll' });
		expect(stage.deliveries.filter(({ body }) => body.includes(id)).map(({ answer }) => answer)).toEqual([
			'{}',
			'',
			'',
			'',
			'',
		]);
		expect(await rowOf(demo(), '+49405550104')).toMatchObject({ userId: 1, failedCode: '304', duration: 0 });
	});

	it('takes no report that somebody else signed', async () => {
		stage.switches.forged = true;
		await zadarma.callIn({ client: '+49 40 5550105', line: LINE, story: 'missedByAll' });
		expect(stage.deliveries.slice(-5).map(({ status }) => status)).toEqual(Array(5).fill(401));
		expect(rowsOf(demo(), '+49405550105')).toEqual([]);
		expect(await failures(demo(), workflowId)).toBe(0);
	});
}
