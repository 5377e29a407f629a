import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decided } from '../../../sandbox/systems/common';
import { Dialplan } from '../../../sandbox/systems/dialplan';
import { FreeSwitch } from '../../../sandbox/systems/freeswitch';
import type { Demo } from '../../../tools/demo';
import { EXAMPLES } from '../../support/example';
import { failures, publish, recordingOf, rowOf, rowsOf } from './_cloud';

export const examples = ['freeswitch'];

/** Client of the sandbox's portal whose manager is Ben Carter, extension 102. */
const JULIA = '+494066969441';
const LINE = '4940669690';

export function declareTests(demo: () => Demo): void {
	const xml = readFileSync(join(EXAMPLES, 'freeswitch/bitrix24.xml'), 'utf8');
	let address = '';
	let workflowId = '';
	const pbx = new FreeSwitch(
		() => new Dialplan(xml, { b24_report_url: address, domain: 'pbx', htdocs_dir: '/htdocs' }),
	);
	const { stage } = pbx;
	const click = (phoneNumber: string) => demo().sandbox.portal.control.click({ userId: 3, phoneNumber });

	beforeAll(async () => {
		await stage.start();
		const credential = { system: 'freeswitch', address: stage.url, user: 'n8n', password: 'secret' };
		({ address, workflowId } = await publish(demo(), {
			name: 'freeswitch',
			credential,
			address: ['http://127.0.0.1:8080', stage.url],
			reports: 'report',
		}));
	});
	beforeEach(() => {
		Object.assign(stage.switches, decided({}));
	});
	afterAll(async () => {
		await stage.stop();
	});

	it('rings the phones of a click, and logs the call with its recording', async () => {
		const { callId } = click('+49 40 5550201');
		expect(await rowOf(demo(), '+49405550201')).toMatchObject({ callId, duration: 4, failedCode: '200', userId: 3 });
		expect((await recordingOf(demo(), callId)).subarray(0, 4).toString()).toBe('RIFF');
		expect(stage.deliveries.at(-1)?.body).toContain(
			`CALL_ID=${callId}&UUID=${callId}&DIRECTION=out&EXTENSION=103&NUMBER=49405550201`,
		);
	});

	it('finishes a click whose employee does not answer by the word behind -ERR', async () => {
		stage.switches.click = 'employeeNoAnswer';
		const { callId } = click('+49 40 5550202');
		expect(await rowOf(demo(), '+49405550202')).toMatchObject({ callId, duration: 0, failedCode: '603-S', userId: 3 });
	});

	it('logs a busy client, and finishes a click that FreeSWITCH does not take', async () => {
		stage.switches.click = 'clientBusy';
		click('+49 40 5550203');
		expect(await rowOf(demo(), '+49405550203')).toMatchObject({ failedCode: '486', duration: 0 });
		stage.switches.refuse = 401;
		click('+49 40 5550204');
		expect(await rowOf(demo(), '+49405550204')).toMatchObject({ failedCode: '480', duration: 0 });
	});

	it('runs no command of a crafted number', async () => {
		const before = stage.requests.length;
		const { callId } = click("+49405550205 &system('touch x') XML default");
		expect(await rowOf(demo(), '+49405550205')).toMatchObject({ callId });
		expect(
			stage.requests
				.slice(before)
				.map(({ url }) => decodeURIComponent(url))
				.join(),
		).not.toContain('system');
		expect(pbx.executed).toEqual([]);
	});

	it('rings a client’s manager, shows the card to who answered, and logs the call', async () => {
		const uuid = await pbx.callIn({ client: JULIA, line: LINE, story: 'answeredBySecond' });
		const [asked] = stage.deliveries.filter(({ body }) => body.includes(uuid));
		const { RING, CALL_ID } = JSON.parse(asked?.answer ?? '{}') as Record<string, string>;
		expect([RING, CALL_ID]).toEqual(['102', expect.stringMatching(/^externalCall\./)]);
		expect(await rowOf(demo(), JULIA)).toMatchObject({ callId: CALL_ID, userId: 2, failedCode: '200', duration: 4 });
	});

	it('logs a stranger whom nobody answered', async () => {
		await pbx.callIn({ client: '+49405550206', line: LINE, story: 'missedByAll' });
		expect(await rowOf(demo(), '+49405550206')).toMatchObject({ userId: 1, failedCode: '304', duration: 0 });
		expect(rowsOf(demo(), '+49405550206')).toHaveLength(1);
		expect(await failures(demo(), workflowId)).toBe(0);
	});
}
