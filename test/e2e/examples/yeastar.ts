import { decided } from '../../../sandbox/systems/common';
import { Yeastar } from '../../../sandbox/systems/yeastar';
import type { Demo } from '../../../tools/demo';
import { failures, publish, recordingOf, rowOf, rowsOf } from './_cloud';

export const examples = ['yeastar'];

export function declareTests(demo: () => Demo): void {
	const pbx = new Yeastar();
	const { stage } = pbx;
	let workflowId = '';
	const click = (phoneNumber: string) => demo().sandbox.portal.control.click({ userId: 3, phoneNumber });

	beforeAll(async () => {
		await stage.start();
		const credential = {
			system: 'yeastar',
			address: stage.url,
			user: pbx.login.id,
			password: pbx.login.secret,
			reportSecret: pbx.webhookSecret,
			token: '',
		};
		const published = await publish(demo(), {
			name: 'yeastar',
			credential,
			address: ['https://pbx.example.com:8088', stage.url],
			reports: 'report',
		});
		stage.address = published.address;
		({ workflowId } = published);
	});
	beforeEach(() => {
		Object.assign(stage.switches, decided({}));
	});
	afterAll(async () => {
		await stage.stop();
	});

	it('rings the phones of a click, and logs the call once with its recording', async () => {
		const { callId } = click('+49 40 5550301');
		expect(await rowOf(demo(), '+49405550301')).toMatchObject({ callId, duration: 4, failedCode: '200', userId: 3 });
		expect((await recordingOf(demo(), callId)).subarray(0, 4).toString()).toBe('RIFF');
	});

	it('logs a busy client once, though reports come twice and out of order, signed the other way, with msg as an object', async () => {
		Object.assign(
			stage.switches,
			decided({ click: 'clientBusy', twice: true, reversed: true, signature: 'bytes', plus: true }),
		);
		pbx.message = 'object';
		const { callId } = click('+49 40 5550302');
		expect(await rowOf(demo(), '+49405550302')).toMatchObject({ callId, failedCode: '486', duration: 0 });
		await stage.settled();
		expect(await failures(demo(), workflowId)).toBe(0);
		expect(rowsOf(demo(), '+49405550302')).toHaveLength(1);
	});

	it('finishes a click that the PBX refuses with status 200', async () => {
		pbx.expireTokens();
		const { callId } = click('+49 40 5550303');
		expect(await rowOf(demo(), '+49405550303')).toMatchObject({ callId, failedCode: '480', duration: 0, userId: 3 });
	});

	it('logs a call of a client, and takes no report that somebody else signed', async () => {
		const id = await pbx.callIn({ client: '+49 40 5550304', line: '493012345678', story: 'missedByAll' });
		expect(await rowOf(demo(), '+49405550304')).toMatchObject({ userId: 1, failedCode: '304', externalCallId: id });
		stage.switches.forged = true;
		await pbx.callIn({ client: '+49 40 5550305', line: '493012345678', story: 'missedByAll' });
		expect(stage.deliveries.slice(-2).map(({ status }) => status)).toEqual([401, 401]);
		expect(rowsOf(demo(), '+49405550305')).toEqual([]);
	});

	it('took one token for all of this', () => {
		expect(stage.requests.filter(({ url }) => url.includes('get_token'))).toHaveLength(1);
	});
}
