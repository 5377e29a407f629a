import { startDemo, type Demo } from '../../tools/demo';
import { output, until, type ExecutionDetail } from '../../tools/n8n/driver';

const TRIGGER = 'Events';
const EVENTS = [
	'ONAPPUNINSTALL',
	'ONEXTERNALCALLBACKSTART',
	'ONEXTERNALCALLSTART',
	'ONVOXIMPLANTCALLEND',
	'ONVOXIMPLANTCALLINIT',
	'ONVOXIMPLANTCALLSTART',
];

let demo: Demo;
let workflowId = '';
beforeAll(async () => {
	// Five tries of a trigger that fails take n8n longer on a busy machine than the 84 seconds that it grants them.
	demo = await startDemo({ example: false, n8n: { env: { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '600' } } });
});
afterAll(async () => {
	await demo.stop();
});

const portal = () => demo.sandbox.portal;

async function publish(parameters: Record<string, unknown>): Promise<string> {
	const file = {
		name: 'Trigger',
		nodes: [
			{
				id: 't',
				name: TRIGGER,
				type: 'n8n-nodes-bitrix24-telephony.bitrix24TelephonyTrigger',
				typeVersion: 1.1,
				position: [0, 0] as [number, number],
				parameters,
				credentials: { bitrix24OAuth2Api: { id: '', name: '' } },
			},
			{
				id: 'n',
				name: 'Done',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0] as [number, number],
				parameters: {},
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: 'Done', type: 'main', index: 0 }]] } },
		settings: {},
	};
	const { id } = await demo.n8n.importWorkflow(file as never, { credentials: [demo.credentials.bitrix24] });
	await demo.n8n.activate(id);
	return id;
}

async function next(workflow: string, event: string): Promise<Record<string, unknown>> {
	const where = (one: ExecutionDetail) => output(one, TRIGGER)[0]?.json.event === event;
	return output(await demo.n8n.waitForExecution({ workflowId: workflow, where }), TRIGGER)[0]?.json ?? {};
}

afterEach(async () => {
	if (workflowId) await demo.n8n.deleteWorkflow(workflowId);
	workflowId = '';
});

it('starts the workflow on every event, typed', async () => {
	workflowId = await publish({ events: EVENTS, options: {} });
	expect(
		portal()
			.state.handlers.map(({ event }) => event)
			.sort(),
	).toEqual(EVENTS);
	const { accessToken } = portal().control.issueTokens(1);
	const rest = async (method: string, parameters: object) =>
		await fetch(`${portal().url}/rest/${method}`, {
			method: 'POST',
			headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
			body: JSON.stringify(parameters),
		});
	const registered = (await (
		await rest('telephony.externalCall.register', {
			USER_ID: 3,
			PHONE_NUMBER: '+442079460111',
			TYPE: 2,
			EXTERNAL_CALL_ID: 'e',
		})
	).json()) as { result: { CALL_ID: string } };
	const other = registered.result.CALL_ID;
	expect(await next(workflowId, 'ONVOXIMPLANTCALLINIT')).toMatchObject({
		CALL_ID: other,
		CALL_TYPE: 2,
		REST_APP_ID: expect.any(Number) as number,
	});
	expect(await next(workflowId, 'ONVOXIMPLANTCALLSTART')).toMatchObject({ CALL_ID: other, USER_ID: 3 });
	await rest('telephony.externalCall.finish', {
		CALL_ID: other,
		USER_ID: 3,
		DURATION: 9,
		STATUS_CODE: '200',
		ADD_TO_CHAT: 0,
	});
	expect(await next(workflowId, 'ONVOXIMPLANTCALLEND')).toMatchObject({
		CALL_ID: other,
		CALL_DURATION: 9,
		PORTAL_USER_ID: 3,
		COST: 0,
	});
	const { callId } = portal().control.click({ userId: 2, phoneNumber: '+494066969441' });
	expect(await next(workflowId, 'ONEXTERNALCALLSTART')).toMatchObject({
		CALL_ID: callId,
		USER_ID: 2,
		CRM_ENTITY_TYPE: 'CONTACT',
		CRM_ENTITY_ID: 1,
	});
	portal().control.orderCallback({ lineNumber: '+4940669690', phoneNumber: '+493000' });
	expect(await next(workflowId, 'ONEXTERNALCALLBACKSTART')).toMatchObject({
		PHONE_NUMBER: '+493000',
		LINE_NUMBER: '+4940669690',
	});
});

it('drops repeats, and events of other employees, with a 200', async () => {
	workflowId = await publish({ events: ['ONEXTERNALCALLSTART'], options: { employees: '3' } });
	await portal().control.idle();
	const before = portal().state.deliveries.length;
	const click = (userId: number, phoneNumber: string) => portal().control.click({ userId, phoneNumber });
	click(2, '+4930777');
	const first = click(3, '+4930778').callId;
	expect(click(3, '+4930778').callId).toBe(first);
	await portal().control.idle();
	const answers = portal().state.deliveries.slice(before);
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
	// The three are under way side by side: which of the two clicks comes first is open.
	expect(answers.map(({ answer }) => answer).sort()).toEqual([
		'',
		expect.stringContaining('the event is of employee 2, and Only for Employees has 3.'),
		expect.stringContaining('(Duplicate Window)'),
	]);
	await next(workflowId, 'ONEXTERNALCALLSTART');
	expect(await demo.n8n.executions({ workflowId })).toHaveLength(1);
});

it('looks up names, and goes out with a note when it cannot', async () => {
	workflowId = await publish({ events: ['ONEXTERNALCALLSTART'], options: { lookUpNames: true, duplicateWindow: 0 } });
	portal().control.click({ userId: 2, phoneNumber: '+442079460111' });
	expect(await next(workflowId, 'ONEXTERNALCALLSTART')).toMatchObject({
		EMPLOYEE_NAME: 'Ben Carter',
		EMPLOYEE_EXTENSION: '102',
		CLIENT_NAME: 'Sarah Bennett',
	});
	await portal().control.idle();
	expect(portal().state.deliveries.at(-1)).toMatchObject({ status: 200, answer: '' });
	portal().control.addFault({ kind: 'error', code: 'ACCESS_DENIED', target: 'user.get', count: 99 });
	// Employee 2 is known for some minutes now.
	portal().control.click({ userId: 3, phoneNumber: '+442079460111' });
	const noted = await demo.n8n.waitForExecution({
		workflowId,
		where: (one) => output(one, TRIGGER)[0]?.json.NOTE !== undefined,
	});
	expect(output(noted, TRIGGER)[0]?.json).toMatchObject({
		EMPLOYEE_NAME: null,
		CLIENT_NAME: 'Sarah Bennett',
		NOTE: expect.stringContaining('could not be looked up: Access denied') as string,
	});
});

it('keeps what judges a delivery, and no signature, where n8n stores the workflow', async () => {
	workflowId = await publish({ events: ['ONEXTERNALCALLSTART'], options: { duplicateWindow: 0 } });
	const stored = JSON.stringify(await demo.n8n.workflow(workflowId));
	const handler = new URL(portal().state.handlers[0]?.handler ?? '');
	expect(stored).toContain('signatureMark');
	expect(stored).not.toContain(handler.searchParams.get('signature'));
	// From here on the credential cannot be read any more.
	await demo.n8n.session.request('DELETE', `/rest/credentials/${demo.credentials.bitrix24}/oauth-token`);
	portal().control.click({ userId: 2, phoneNumber: '+4930779' });
	await next(workflowId, 'ONEXTERNALCALLSTART');
	const { body = '' } = portal().state.deliveries.at(-1) ?? {};
	const post = async (text: string, query: string): Promise<number> => {
		const answer = await fetch(`${handler.origin}${handler.pathname}${query}`, {
			method: 'POST',
			body: text,
			headers: { 'content-type': 'application/x-www-form-urlencoded', connection: 'close' },
		});
		return answer.status;
	};
	expect(await post(body, '')).toBe(403);
	expect(await post(body, `?signature=${'x'.repeat(43)}`)).toBe(403);
	expect(await post('a'.repeat(65_537), handler.search)).toBe(413);
	expect(await post(`${body}&data[constructor]=1&data[toString][]=1&data[__proto__][polluted]=1`, handler.search)).toBe(
		200,
	);
	await until(
		async () => ((await demo.n8n.executions({ workflowId, status: 'success' })).length === 2 ? true : undefined),
		() => 'the second click started nothing',
	);
	expect(await demo.n8n.executions({ workflowId })).toHaveLength(2);
	await demo.n8n.connectOAuth(demo.credentials.bitrix24);
});

describe('Verify Delivery on Publishing', () => {
	it('waits for a test event, which starts no workflow', async () => {
		workflowId = await publish({ events: ['ONEXTERNALCALLSTART'], verifyDelivery: true, options: {} });
		await portal().control.idle();
		expect(portal().state.deliveries.at(-1)).toMatchObject({ event: 'ONAPPTEST', status: 200 });
		expect(portal().state.handlers.map(({ event }) => event)).toEqual(['ONEXTERNALCALLSTART']);
		expect(await demo.n8n.executions({ workflowId })).toEqual([]);
	});

	it('fails in plain words when the event is lost', async () => {
		portal().control.addFault({ kind: 'eventLost', target: 'ONAPPTEST', count: 10 });
		await expect(publish({ events: ['ONEXTERNALCALLSTART'], verifyDelivery: true, options: {} })).rejects.toThrow(
			/test event of Bitrix24 did not arrive at http:\/\/127/,
		);
		portal().control.clearFaults();
		expect(portal().state.handlers).toEqual([]);
	});
});

it('tells when the application is uninstalled', async () => {
	workflowId = await publish({ events: ['ONAPPUNINSTALL'], options: {} });
	portal().control.removeApplication();
	expect(await next(workflowId, 'ONAPPUNINSTALL')).toMatchObject({ LANGUAGE_ID: 'en', CLEAN: false });
});
