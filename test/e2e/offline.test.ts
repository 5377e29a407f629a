import { startDemo, type Demo } from '../../tools/demo';
import { output, until, type ExecutionDetail, type WorkflowFile } from '../../tools/n8n/driver';
import { FINISH_NODE } from '../support/finishNode';

const TRIGGER = 'Events';
const CLICKS = 20;
/** Clicks when n8n is killed, and when it is started again. */
const KILLED_AT = 7;
const STARTED_AT = 15;
/** Milliseconds between two clicks. */
const RHYTHM = 300;
/** Where nobody is: an n8n behind a home router has no address that Bitrix24 reaches. */
const NOWHERE = 'http://192.0.2.1:5678';

let demo: Demo;
let workflowId = '';
const portal = () => demo.sandbox.portal;
const queue = () => portal().state.offlineEvents;
const bound = () =>
	portal()
		.state.handlers.map(({ event, offline }) => `${event} ${offline ? 'offline' : 'online'}`)
		.sort();

const NOTHING = { type: 'n8n-nodes-base.noOp', parameters: {} };

/** @param dial what a click leads to */
async function publish(
	parameters: Record<string, unknown>,
	dial: { type: string; parameters: object } = NOTHING,
): Promise<void> {
	const credentials = { bitrix24OAuth2Api: { id: '', name: '' } };
	const file = {
		name: 'Trigger',
		nodes: [
			{
				id: 't',
				name: TRIGGER,
				type: 'n8n-nodes-bitrix24-telephony.bitrix24TelephonyTrigger',
				typeVersion: 1.1,
				position: [0, 0],
				parameters,
				credentials,
			},
			{ id: 'n', name: 'Dial', typeVersion: 1, position: [200, 0], credentials, ...dial },
			{ id: 'm', name: 'Report', typeVersion: 1, position: [200, 200], ...NOTHING },
		],
		connections: {
			[TRIGGER]: { main: [[{ node: 'Dial', type: 'main', index: 0 }], [{ node: 'Report', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
	workflowId = (await demo.n8n.importWorkflow(file as WorkflowFile, { credentials: [demo.credentials.bitrix24] })).id;
	await demo.n8n.activate(workflowId);
}

type Item = Record<string, unknown>;

/** What the executions began with, once that is enough and the portal keeps nothing more. */
async function begun(isEnough: (items: Item[]) => boolean): Promise<Item[]> {
	let items: Item[] = [];
	await until(
		async () => {
			// What n8n makes up after a kill for an execution that it lost has no item of ours.
			const ended = (await demo.n8n.executions({ workflowId })).filter(
				({ status }) => !['running', 'new', 'crashed'].includes(status),
			);
			const details: ExecutionDetail[] = (await Promise.all(ended.map(({ id }) => demo.n8n.execution(id)))).filter(
				({ runs }) => TRIGGER in runs,
			);
			items = details.map((one) => output(one, TRIGGER)[0]?.json ?? output(one, TRIGGER, 1)[0]?.json ?? {});
			return (isEnough(items) && queue().length === 0) || undefined;
		},
		() => `the portal keeps ${queue().length} events; executions of ${JSON.stringify(items)}`,
	);
	return items;
}

const atLeast =
	(count: number) =>
	(items: Item[]): boolean =>
		items.length >= count;

afterEach(async () => {
	if (workflowId) await demo.n8n.deleteWorkflow(workflowId);
	workflowId = '';
	expect(bound()).toEqual([]);
});

describe('without a public address', () => {
	beforeAll(async () => {
		demo = await startDemo({ example: false, n8n: { env: { WEBHOOK_URL: NOWHERE } } });
	});
	afterAll(() => demo.stop());

	it('clicks are fetched, each once, and nothing is sent', async () => {
		await publish({
			events: ['ONEXTERNALCALLSTART'],
			delivery: 'poll',
			options: { pollInterval: 1, lookUpNames: true },
		});
		expect(bound()).toEqual(['ONEXTERNALCALLSTART offline']);
		const { callId } = portal().control.click({ userId: 2, phoneNumber: '+494066969441' });
		const other = portal().control.click({ userId: 3, phoneNumber: '+494066969442' }).callId;
		const items = await begun(atLeast(2));
		expect(items.map(({ CALL_ID }) => CALL_ID).sort()).toEqual([callId, other].sort());
		expect(items.find(({ CALL_ID }) => CALL_ID === callId)).toMatchObject({
			event: 'ONEXTERNALCALLSTART',
			PHONE_NUMBER: '+494066969441',
			USER_ID: 2,
			CRM_ENTITY_TYPE: 'CONTACT',
			CRM_ENTITY_ID: 1,
			IS_MOBILE: false,
			LATE: false,
			EMPLOYEE_NAME: expect.stringContaining('Ben') as string,
			portal: { member_id: portal().state.settings.memberId },
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
		await until(
			() => Promise.resolve(bound().length === 0 || undefined),
			() => bound().join(),
		);
	});
});

describe('with an address', () => {
	beforeAll(async () => {
		demo = await startDemo({ example: false });
	});
	afterAll(() => demo.stop());

	it('a test that fetches gets its click', async () => {
		await publish({ events: ['ONEXTERNALCALLSTART'], delivery: 'poll' });
		await demo.n8n.deactivate(workflowId);
		await demo.n8n.runManually(workflowId, { triggerName: TRIGGER });
		const { callId } = portal().control.click({ userId: 2, phoneNumber: '+494066969441' });
		const [item] = await begun(atLeast(1));
		expect(item).toMatchObject({ CALL_ID: callId, USER_ID: 2 });
		await until(
			() => Promise.resolve(bound().length === 0 || undefined),
			() => bound().join(),
		);
	});

	it('every click of a crash is dealt with, those of the time while n8n was down marked as late, and every call is finished once', async () => {
		await publish({ events: ['ONEXTERNALCALLSTART'], delivery: 'both' }, FINISH_NODE);
		expect(bound()).toEqual(['ONEXTERNALCALLSTART offline', 'ONEXTERNALCALLSTART online']);
		const callIds: string[] = [];
		let starting: Promise<void> = Promise.resolve();
		for (let count = 0; count < CLICKS; count += 1) {
			if (count === KILLED_AT) process.kill(demo.server.pid, 'SIGKILL');
			if (count === STARTED_AT) starting = demo.server.restart();
			callIds.push(
				portal().control.click({ userId: 2, phoneNumber: `+4930231250${String(count).padStart(2, '0')}` }).callId,
			);
			await new Promise((resolve) => setTimeout(resolve, RHYTHM));
		}
		await starting;
		await demo.n8n.login();
		const finished = () => [...portal().state.history.values()].map(({ callId }) => callId);
		const whileDown = callIds.slice(KILLED_AT, STARTED_AT);
		// How many of the clicks before were under way at the end, and never told of it, is chance.
		const items = await begun(
			(all) =>
				callIds.every((callId) => finished().includes(callId)) &&
				whileDown.every((callId) => all.some(({ CALL_ID }) => CALL_ID === callId)),
		);
		expect(finished().filter((callId) => callIds.includes(callId))).toHaveLength(CLICKS);
		const late = items.filter(({ LATE }) => LATE === true).map(({ CALL_ID }) => CALL_ID);
		expect(late).toEqual(expect.arrayContaining(whileDown));
		expect(items.every(({ AGE }) => typeof AGE === 'number' && AGE >= 0)).toBe(true);
	});

	it.each([
		[true, 3],
		[false, 0],
	])('after an hour nothing dials late; reported on request (%s): %d', async (reportTooLate, reports) => {
		await publish({
			events: ['ONEXTERNALCALLSTART'],
			delivery: 'both',
			options: { pollInterval: 1, ...(reportTooLate ? { reportTooLate } : {}) },
		});
		process.kill(demo.server.pid, 'SIGKILL');
		const callIds = [1, 2, 3].map(
			(index) =>
				portal().control.click({ userId: 2, phoneNumber: `+4930231260${Number(reportTooLate)}${index}` }).callId,
		);
		for (const event of queue()) event.timestamp -= 3_600_000;
		await demo.server.restart();
		await demo.n8n.login();
		await begun(atLeast(reports));
		const details = await Promise.all(
			(await demo.n8n.executions({ workflowId })).map(({ id }) => demo.n8n.execution(id)),
		);
		expect(details.flatMap(({ runs }) => Object.keys(runs))).not.toContain('Dial');
		const reported = details.flatMap((one) => output(one, 'Report').map(({ json }) => json));
		expect(reported.map(({ CALL_ID }) => CALL_ID).sort()).toEqual(reportTooLate ? [...callIds].sort() : []);
		for (const { LATE, AGE } of reported) expect([LATE, Number(AGE) >= 3600]).toEqual([true, true]);
	});
});
