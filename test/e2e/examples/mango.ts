import { decided } from '../../../sandbox/systems/common';
import { Mango } from '../../../sandbox/systems/mango';
import type { Demo } from '../../../tools/demo';
import { failures, publish, recordingOf, rowOf, rowsOf } from './_cloud';

export const examples = ['mango'];

const LINE = '74951234567';

export function declareTests(demo: () => Demo): void {
	const mango = new Mango();
	const { stage } = mango;
	let workflowId: string;
	const click = (phoneNumber: string, userId = 3) => demo().sandbox.portal.control.click({ userId, phoneNumber });

	beforeAll(async () => {
		await stage.start();
		const credential = { system: 'mango', address: `${stage.url}/vpbx`, user: mango.key, password: mango.salt };
		const published = await publish(demo(), {
			name: 'mango',
			credential,
			address: ['https://app.mango-office.ru', stage.url],
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

	it('rings the phones of a click, and logs the call once with the recording that statistics name', async () => {
		const { callId } = click('+49 40 5550301');
		expect(await rowOf(demo(), '+49405550301')).toMatchObject({ callId, duration: 4, failedCode: '200', userId: 3 });
		expect((await recordingOf(demo(), callId)).readUInt16BE(0)).toBe(0xfffb);
		await stage.settled();
		expect(stage.deliveries.map(({ status }) => status)).toEqual(stage.deliveries.map(() => 200));
		expect(rowsOf(demo(), '+49405550301')).toHaveLength(1);
	});

	it('logs a busy client once, though reports come twice and out of order, with a plus', async () => {
		Object.assign(stage.switches, decided({ click: 'clientBusy', twice: true, reversed: true, plus: true }));
		const { callId } = click('+49 40 5550302');
		expect(await rowOf(demo(), '+49405550302')).toMatchObject({ callId, failedCode: '486', duration: 0 });
		await stage.settled();
		await failures(demo(), workflowId);
		expect(rowsOf(demo(), '+49405550302')).toHaveLength(1);
	});

	it('finishes a click that Mango does not take', async () => {
		stage.switches.refuse = 429;
		const { callId } = click('+49 40 5550303');
		expect(await rowOf(demo(), '+49405550303')).toMatchObject({ callId, failedCode: '480', duration: 0, userId: 3 });
	});

	it.each([
		['answeredBySecond', '+49405550304', { userId: 2, failedCode: '200', duration: 4 }],
		['missedByAll', '+49405550305', { userId: 1, failedCode: '304', duration: 0 }],
	] as const)('logs an incoming call: %s', async (story, client, expected) => {
		const entry = await mango.callIn({ client, line: LINE, story });
		expect(await rowOf(demo(), client)).toMatchObject({ ...expected, externalCallId: entry });
	});

	it('takes no report that somebody else signed', async () => {
		stage.switches.forged = true;
		await mango.callIn({ client: '+49 40 5550306', line: LINE, story: 'lostInMenu' });
		expect(stage.deliveries.slice(-3).map(({ status }) => status)).toEqual([401, 401, 401]);
		expect(rowsOf(demo(), '+49405550306')).toEqual([]);
		expect(await failures(demo(), workflowId)).toBe(0);
	});
}
