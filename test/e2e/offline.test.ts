import { startDemo, type Demo } from '../../tools/demo';
import { output, until, type ExecutionDetail } from '../../tools/host/driver';

const TRIGGER = 'Events';
const CLICKS = 20;
/** Where nobody is: an n8n behind a home router has no address that Bitrix24 reaches. */
const NOWHERE = 'http://192.0.2.1:5678';

let demo: Demo;
let workflowId = '';
const portal = () => demo.sandbox.portal;
const queue = () => portal().state.offlineEvents;
const bound = () => portal().state.handlers.map(({ event, offline }) => `${event} ${offline ? 'offline' : 'online'}`).sort();

async function publish(parameters: Record<string, unknown>): Promise<void> {
	const credentials = { bitrix24OAuth2Api: { id: '', name: '' } };
	const file = {
		name: 'Trigger',
		nodes: [
			{ id: 't', name: TRIGGER, type: 'n8n-nodes-bitrix24-telephony.bitrix24TelephonyTrigger', typeVersion: 1.1, position: [0, 0], parameters, credentials },
			{ id: 'n', name: 'Dial', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [200, 0], parameters: {} },
			{ id: 'm', name: 'Report', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [200, 200], parameters: {} },
		],
		connections: { [TRIGGER]: { main: [[{ node: 'Dial', type: 'main', index: 0 }], [{ node: 'Report', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
	workflowId = (await demo.n8n.importWorkflow(file, { credentials: [demo.credentials.bitrix24] })).id;
	await demo.n8n.activate(workflowId);
}

/** What the executions began with, once there are so many and the portal keeps nothing more. */
async function begun(count: number): Promise<Record<string, unknown>[]> {
	let details: ExecutionDetail[] = [];
	await until(
		async () => {
			const ended = (await demo.n8n.executions({ workflowId })).filter(({ status }) => status !== 'running' && status !== 'new');
			details = await Promise.all(ended.map(({ id }) => demo.n8n.execution(id)));
			return (details.length >= count && queue().length === 0) || undefined;
		},
		60_000,
		() => `${details.length} executions of ${count}; the portal keeps ${queue().length} events`,
	);
	return details.map((one) => output(one, TRIGGER)[0]?.json ?? output(one, TRIGGER, 1)[0]?.json ?? {});
}

afterEach(async () => {
	if (workflowId) await demo.n8n.deleteWorkflow(workflowId);
	workflowId = '';
	expect(bound()).toEqual([]);
});

describe('without a public address', () => {
	beforeAll(async () => {
		demo = await startDemo({ example: false, host: { env: { WEBHOOK_URL: NOWHERE } } });
	}, 180_000);
	afterAll(() => demo.stop());

	it('clicks are fetched, each once, and nothing is sent', async () => {
		await publish({ events: ['ONEXTERNALCALLSTART'], delivery: 'poll', options: { pollInterval: 1, lookUpNames: true } });
		expect(bound()).toEqual(['ONEXTERNALCALLSTART offline']);
		const { callId } = portal().control.click({ userId: 2, phoneNumber: '+494066969441' });
		const other = portal().control.click({ userId: 3, phoneNumber: '+494066969442' }).callId;
		const items = await begun(2);
		expect(items.map(({ CALL_ID }) => CALL_ID).sort()).toEqual([callId, other].sort());
		expect(items.find(({ CALL_ID }) => CALL_ID === callId)).toMatchObject({
			event: 'ONEXTERNALCALLSTART', PHONE_NUMBER: '+494066969441', USER_ID: 2, CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: 1, IS_MOBILE: false, LATE: false,
			EMPLOYEE_NAME: expect.stringContaining('Ben') as string, portal: { member_id: portal().state.settings.memberId },
		});
		expect(portal().state.deliveries).toEqual([]);
	});

	it('a test listens by fetching, too', async () => {
		await publish({ events: ['ONEXTERNALCALLSTART'], delivery: 'poll' });
		await demo.n8n.deactivate(workflowId);
		expect(bound()).toEqual([]);
		const { id, nodes } = await demo.n8n.workflow(workflowId);
		expect(nodes).toHaveLength(3);
		expect(await demo.n8n.runManually(id, { triggerName: TRIGGER })).toEqual({ waitingForWebhook: true });
		expect(bound()).toEqual(['ONEXTERNALCALLSTART offline']);
		await demo.n8n.stopListening(id);
		await until(() => Promise.resolve(bound().length === 0 || undefined), 15_000, () => bound().join());
	});
});

describe('with an address', () => {
	beforeAll(async () => {
		demo = await startDemo({ example: false });
	}, 180_000);
	afterAll(() => demo.stop());

	it('a test that fetches gets its click', async () => {
		await publish({ events: ['ONEXTERNALCALLSTART'], delivery: 'poll' });
		await demo.n8n.deactivate(workflowId);
		await demo.n8n.runManually(workflowId, { triggerName: TRIGGER });
		const { callId } = portal().control.click({ userId: 2, phoneNumber: '+494066969441' });
		const [item] = await begun(1);
		expect(item).toMatchObject({ CALL_ID: callId, USER_ID: 2 });
		await until(() => Promise.resolve(bound().length === 0 || undefined), 15_000, () => bound().join());
	});

	it('every click of a crash starts the workflow once, those of the time while n8n was down marked as late', async () => {
		await publish({ events: ['ONEXTERNALCALLSTART'], delivery: 'both', options: { pollInterval: 1 } });
		expect(bound()).toEqual(['ONEXTERNALCALLSTART offline', 'ONEXTERNALCALLSTART online']);
		const callIds: string[] = [];
		const click = () => callIds.push(portal().control.click({ userId: 2, phoneNumber: `+4930231250${String(callIds.length).padStart(2, '0')}` }).callId);
		for (let count = 0; count < 6; count += 1) click();
		await begun(6);
		process.kill(demo.host.pid, 'SIGKILL');
		for (let count = 0; count < 8; count += 1) click();
		await demo.host.restart();
		await demo.n8n.login();
		for (let count = 0; count < 6; count += 1) click();
		const items = await begun(CLICKS);
		expect(items.map(({ CALL_ID }) => CALL_ID).sort()).toEqual([...callIds].sort());
		const late = items.filter(({ LATE }) => LATE === true).map(({ CALL_ID }) => CALL_ID);
		expect(late).toEqual(expect.arrayContaining(callIds.slice(6, 14)));
		expect(items.every(({ AGE }) => typeof AGE === 'number' && AGE >= 0)).toBe(true);
	});

	it.each([[true, 3], [false, 0]])('after an hour nothing dials late; reported on request (%s): %d', async (reportTooLate, reports) => {
		await publish({ events: ['ONEXTERNALCALLSTART'], delivery: 'both', options: { pollInterval: 1, ...(reportTooLate ? { reportTooLate } : {}) } });
		process.kill(demo.host.pid, 'SIGKILL');
		const callIds = [1, 2, 3].map((index) => portal().control.click({ userId: 2, phoneNumber: `+4930231260${Number(reportTooLate)}${index}` }).callId);
		for (const event of queue()) event.timestamp -= 3_600_000;
		await demo.host.restart();
		await demo.n8n.login();
		await begun(reports);
		const details = await Promise.all((await demo.n8n.executions({ workflowId })).map(({ id }) => demo.n8n.execution(id)));
		expect(details.flatMap(({ runs }) => Object.keys(runs))).not.toContain('Dial');
		const reported = details.flatMap((one) => output(one, 'Report').map(({ json }) => json));
		expect(reported.map(({ CALL_ID }) => CALL_ID).sort()).toEqual(reportTooLate ? [...callIds].sort() : []);
		for (const { LATE, AGE } of reported) expect([LATE, Number(AGE) >= 3600]).toEqual([true, true]);
	});
});
