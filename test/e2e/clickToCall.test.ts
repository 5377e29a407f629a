import { outcomeOf, type Outcome } from '../../sandbox';
import type { Timeline } from '../../sandbox/page/data/timeline';
import { EXAMPLE_PBX, startDemo, type Demo } from '../../tools/demo';
import { output, until, type ExecutionDetail } from '../../tools/n8n/driver';
import { readExample } from '../support/example';
import { startProxy, type Proxy } from './support/proxy';

const TRIGGER = 'Click in Bitrix24';
/** Both answer, and talk until a person hangs up. */
const TALKING: Outcome = { case: 'answered', seconds: 100_000 };

let demo: Demo;
beforeAll(async () => {
	demo = await startDemo({
		sandbox: {
			pbx: { timeFactor: 0.05, outcomes: (number) => (number.endsWith('0000') ? TALKING : outcomeOf(number)) },
		},
	});
});
afterAll(async () => {
	await demo.stop();
});

const click = (phoneNumber: string, userId = 2) => demo.sandbox.portal.control.click({ userId, phoneNumber });
const state = () => demo.sandbox.portal.state;
const handlers = () =>
	state()
		.handlers.filter(({ event }) => event === 'ONEXTERNALCALLSTART')
		.map(({ handler }) => handler);
const ran = (node: string, callId: string) => (execution: ExecutionDetail) =>
	node in execution.runs && JSON.stringify(execution.runs[node]).includes(callId);

async function execution(node: string, callId: string): Promise<ExecutionDetail> {
	return await demo.n8n.waitForExecution({ workflowId: demo.workflowId, where: ran(node, callId) });
}

/** Rows of a call in the history, when there is one. */
async function logged(callId: string, count = 1) {
	const rows = () => [...state().history.values()].filter((row) => row.callId === callId);
	await until(
		() => Promise.resolve(rows().length >= count || undefined),
		10_000,
		() => `no row for ${callId}: ${JSON.stringify(demo.sandbox.pbx.reports)}`,
	);
	return rows();
}

async function delivered(count: number) {
	return await until(
		() =>
			Promise.resolve(
				state().deliveries.filter(({ state: now }) => now === 'answered').length >= count
					? state().deliveries
					: undefined,
			),
		10_000,
		() => `deliveries: ${JSON.stringify(state().deliveries)}`,
	);
}

it('shows what happened to a call with the executions of n8n', async () => {
	const tab = await fetch(`${demo.sandbox.url}page/live`);
	try {
		const { callId } = click('+493023125 9001');
		const row = await logged(callId);
		expect(row).toHaveLength(1);
		const linked = await until(
			async () => {
				const page = (await (await fetch(`${demo.sandbox.url}page/state`)).json()) as { timelines: Timeline[] };
				const entries = page.timelines.find(({ key }) => key === callId)?.entries ?? [];
				const links = entries.filter(({ kind }) => kind === 'event' || kind === 'report' || kind === 'request');
				return links.length >= 3 && links.every(({ execution: link }) => link?.status === 'success')
					? links
					: undefined;
			},
			20_000,
			() => `no links for ${callId}`,
		);
		const clicked = await execution(TRIGGER, callId);
		expect(linked.find(({ kind }) => kind === 'event')?.execution).toMatchObject({
			id: clicked.id,
			url: `${demo.n8n.session.url}/workflow/${demo.workflowId}/executions/${clicked.id}`,
		});
	} finally {
		await tab.body?.cancel();
	}
});

describe('a click on a number', () => {
	it('rings the phones, and the call is logged when it ends', async () => {
		const { callId } = click('+493023125 9007');
		expect(output(await execution(TRIGGER, callId), TRIGGER)[0]?.json).toEqual({
			CALL_ID: callId,
			PHONE_NUMBER: '+493023125 9007',
			PHONE_NUMBER_INTERNATIONAL: '+4930231259007',
			EXTENSION: '',
			USER_ID: 2,
			LINE_NUMBER: '',
			CRM_ENTITY_TYPE: 'LEAD',
			CRM_ENTITY_ID: expect.any(Number) as number,
			CRM_CREATED_LEAD: expect.any(Number) as number,
			CRM_CREATED_ENTITIES: [{ ENTITY_TYPE: 'LEAD', ENTITY_ID: expect.any(Number) as number }],
			CALL_LIST_ID: null,
			IS_MOBILE: false,
			EMPLOYEE_NAME: 'Ben Carter',
			EMPLOYEE_EXTENSION: '102',
			CLIENT_NAME: expect.any(String) as string,
			DIAL_NUMBER: '4930231259007',
			event: 'ONEXTERNALCALLSTART',
			time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
			portal: {
				domain: expect.stringContaining('127.0.0.1:') as string,
				member_id: state().settings.memberId,
				status: 'L',
				scope: expect.stringContaining('telephony') as string,
			},
		});
		const finished = await execution('Finish', callId);
		expect(finished.status).toBe('success');
		expect(output(finished, 'Finish')[0]?.json).toMatchObject({
			CALL_ID: callId,
			CALL_DURATION: 7,
			CALL_FAILED_CODE: '200',
			PORTAL_USER_ID: 2,
		});
		expect([...state().history.values()].find((row) => row.callId === callId)).toMatchObject({
			duration: 7,
			failedCode: '200',
		});
		expect(state().cards.filter((card) => card.callId === callId)).toEqual([]);
		expect(output(finished, 'Finish')[0]?.json).toMatchObject({
			FINISHED: true,
			FILE_ID: expect.any(Number) as number,
		});
		const recording = [...state().recordings.values()].find((one) => one.callId === callId);
		expect(recording?.content.subarray(0, 4).toString()).toBe('RIFF');
		expect(recording?.content.length).toBeGreaterThan(7 * 16_000);
	});

	it.each([
		['9100', 'client busy', '486'],
		['9200', 'client does not answer', '603-S'],
		['9300', 'employee gives up', '603-S'],
		['9404', 'wrong number', '404'],
		['9603', 'client declines', '603'],
		['9600', 'employee does not answer', '603-S'],
		['9700', 'employee busy, who is no busy client', '603-S'],
	])('ends with %s when %s: %s', async (ending, _name, code) => {
		const { callId } = click(`+493023125${ending}`);
		expect(output(await execution('Finish', callId), 'Finish')[0]?.json).toMatchObject({
			CALL_FAILED_CODE: code,
			CALL_DURATION: 0,
		});
	});

	it('shows the provider the line of the click', async () => {
		const { control } = demo.sandbox.portal;
		const [application] = state().applications.values();
		const before = state().settings.defaultLine;
		control.setDefaultLine({ applicationId: application?.id ?? 0, lineNumber: state().lines[0]?.number ?? '' });
		const { callId } = click('+4930231259100', 4);
		control.setDefaultLine(before);
		await execution('Finish', callId);
		const [first, ...others] = demo.sandbox.pbx.invites.filter(({ channelId }) => channelId === callId);
		expect([first?.callerId, others]).toEqual([state().lines[0]?.number.replace(/\D/g, ''), []]);
	});

	it('that is transferred to a busy colleague is one row, with the real duration and the recording', async () => {
		const { callId } = click('+4930231259802');
		expect(output(await execution('Finish', callId), 'Finish')[0]?.json).toMatchObject({
			CALL_DURATION: 5,
			CALL_FAILED_CODE: '200',
			FILE_ID: expect.any(Number) as number,
		});
		expect(await logged(callId)).toHaveLength(1);
		expect(demo.sandbox.pbx.reports.filter(({ channelId }) => channelId === callId)).toHaveLength(1);
	});

	it('belongs to whoever talked last', async () => {
		const { callId } = click('+4930231259804');
		expect(output(await execution('Finish', callId), 'Finish')[0]?.json).toMatchObject({
			CALL_DURATION: 7,
			PORTAL_USER_ID: 3,
		});
	});

	it('is finished at once when the employee has no extension', async () => {
		const { callId } = click('+4930231259007', 7);
		expect(output(await execution('Finish', callId), 'Finish')[0]?.json).toMatchObject({ CALL_FAILED_CODE: '480' });
	});

	it('is answered with an empty 200, and no token reaches the execution', async () => {
		const before = state().deliveries.length;
		const { callId } = click('+4930231259001');
		const deliveries = await delivered(before + 1);
		expect(deliveries[before]).toMatchObject({ status: 200, answer: '' });
		const stored = JSON.stringify([await execution(TRIGGER, callId), await execution('Finish', callId)]);
		const tokens = [
			...state().accessTokens.keys(),
			...state().refreshTokens.keys(),
			...[...state().applications.values()].flatMap(({ clientSecret, applicationToken }) => [
				clientSecret,
				applicationToken,
			]),
		];
		for (const token of tokens) expect(stored).not.toContain(token);
		for (const token of tokens) expect(demo.server.logs()).not.toContain(token);
	});

	it('works without a user token in the event, and with an expired one in the credential', async () => {
		demo.sandbox.portal.control.setSwitches({
			eventAuth: 'anonymous',
			serverEndpointInEvents: 'absent',
			usedRefreshToken: 'dies',
		});
		demo.sandbox.portal.control.expireTokens();
		const { callId } = click('+4930231259002');
		expect((await execution('Finish', callId)).status).toBe('success');
		expect(output(await execution(TRIGGER, callId), TRIGGER)[0]?.json.portal).toMatchObject({ status: null });
		demo.sandbox.portal.control.setSwitches({ eventAuth: 'user', serverEndpointInEvents: 'present' });
	});
});

describe('the PBX', () => {
	/** Publishes the example with other parameters of one node. */
	async function publishWith(nodeName: string, change: (parameters: string) => string): Promise<void> {
		const { nodes } = await demo.n8n.workflow(demo.workflowId);
		const changed = nodes.map((node) =>
			node.name === nodeName
				? { ...node, parameters: JSON.parse(change(JSON.stringify(node.parameters))) as typeof node.parameters }
				: node,
		);
		await demo.n8n.saveWorkflow(demo.workflowId, { nodes: changed });
		await demo.n8n.activate(demo.workflowId);
	}
	const pbx = () => demo.sandbox.pbx;
	const hangUp = async (callId: string) => {
		const talks = () => dials(callId).some(({ phase }) => phase === 'talking');
		await until(
			() => Promise.resolve(talks() || undefined),
			10_000,
			() => `calls: ${JSON.stringify(dials(callId))}`,
		);
		pbx().press(callId, 'employee', 'hangup');
	};
	const dials = (callId: string) => pbx().calls.filter((call) => call.callId === callId);

	it('refuses to dial again for a call that lives, and that neither ends the call nor fails', async () => {
		// As in another process of n8n, which knows nothing of the first event.
		await publishWith(TRIGGER, (parameters) => parameters.replace('"duplicateWindow":5', '"duplicateWindow":0'));
		const { callId } = click('+493023125 0000');
		await execution('Ring the Employee', callId);
		expect(click('+493023125 0000').callId).toBe(callId);
		const repeated = await execution('Finish', callId);
		expect(repeated.status).toBe('success');
		expect(output(repeated, 'Finish')[0]?.json).toMatchObject({ CALL_ID: callId, FINISHED: false });
		expect(dials(callId)).toEqual([expect.objectContaining({ channelId: callId })]);
		expect(state().calls.has(callId)).toBe(true);
		await hangUp(callId);
		expect(await logged(callId)).toMatchObject([{ failedCode: '200' }]);
	});

	it('ends the call when it cannot be reached', async () => {
		await publishWith('Ring the Employee', (parameters) => parameters.replace(pbx().url, 'http://127.0.0.1:9'));
		const { callId } = click('+4930231259008');
		expect(output(await execution('Finish', callId), 'Finish')[0]?.json).toMatchObject({ CALL_FAILED_CODE: '480' });
		await publishWith('Ring the Employee', (parameters) => parameters.replace('http://127.0.0.1:9', pbx().url));
	});
});

describe('a report that n8n does not take', () => {
	/** What stands between Asterisk and n8n. */
	let proxy: Proxy;
	beforeAll(async () => {
		proxy = await startProxy(demo.sandbox.pbx.control);
	});
	afterAll(() => proxy.stop());

	it('twice is delivered the third time', async () => {
		proxy.refuse = 2;
		const { callId } = click('+4930231259003');
		expect(await logged(callId)).toMatchObject([{ failedCode: '200', duration: 3 }]);
		expect(
			demo.sandbox.pbx.reports.filter(({ channelId }) => channelId === callId).map(({ status }) => status),
		).toEqual([502, 502, 200]);
	});

	it('holds no new click up, and both calls are logged as they were', async () => {
		proxy.refuse = Infinity;
		const { callId } = click('+4930231259006');
		const reports = () => demo.sandbox.pbx.reports.filter(({ channelId }) => channelId === callId);
		await until(
			() => Promise.resolve(reports()[0]?.status),
			10_000,
			() => 'no report',
		);
		expect(click('+4930231259006').callId).toBe(callId);
		await until(
			() => Promise.resolve(demo.sandbox.pbx.calls.filter((call) => call.callId === callId).length > 1 || undefined),
			10_000,
			() => 'no second dial',
		);
		const again = demo.sandbox.pbx.calls.filter((call) => call.callId === callId).at(-1);
		await until(
			() => Promise.resolve(again?.phase === 'talking' || undefined),
			10_000,
			() => 'nobody talks',
		);
		proxy.refuse = 0;
		demo.sandbox.pbx.press(callId, 'client', 'hangup');
		await until(
			() => Promise.resolve(reports().filter(({ status }) => status === 200).length > 1 || undefined),
			20_000,
			() => JSON.stringify(reports()),
		);
		const [own] = await logged(callId);
		expect(own?.duration).toBeLessThan(6);
		const other = await until(
			() => Promise.resolve([...state().history.values()].find((row) => row.duration === 6)),
			10_000,
			() => JSON.stringify([...state().history.values()]),
		);
		expect(other.callId).not.toBe(callId);
	});
});

describe('a call that nobody reports', () => {
	let id = '';
	afterAll(() => demo.n8n.deactivate(id));

	it('is finished when Asterisk is back and has it no more', async () => {
		const { pbx } = demo.sandbox;
		const file = readExample('asterisk-unreported', { [EXAMPLE_PBX]: pbx.url });
		const nodes = file.nodes.map((node) =>
			node.name === '15 Minutes' ? { ...node, parameters: { amount: 1, unit: 'seconds' } } : node,
		);
		({ id } = await demo.n8n.importWorkflow({ ...file, nodes }, { credentials: Object.values(demo.credentials) }));
		await demo.n8n.activate(id);
		/** The second look was not begun before the first one was over. */
		const askedTwice = async () => {
			const wanted = pbx.control.requests() + 2;
			await until(
				() => Promise.resolve(pbx.control.requests() >= wanted || undefined),
				15_000,
				() => 'the workflow does not look',
			);
		};
		const { callId } = click('+493023125 0000');
		const live = () => pbx.calls.find((call) => call.callId === callId)?.phase === 'talking';
		await until(
			() => Promise.resolve(live() || undefined),
			10_000,
			() => 'nobody talks',
		);
		await askedTwice();
		expect(state().calls.has(callId)).toBe(true);
		pbx.control.setReachable(false);
		pbx.control.kill();
		await askedTwice();
		expect(state().calls.has(callId)).toBe(true);
		pbx.control.setReachable(true);
		expect(await logged(callId)).toMatchObject([
			{ failedCode: 'OTHER', failedReason: 'The phone system did not report how the call ended' },
		]);
	});
});

describe('anything but a genuine delivery', () => {
	const post = async (url: string, body: string) =>
		(await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }))
			.status;

	it('is refused with 403 and starts nothing', async () => {
		const before = (await demo.n8n.executions({ workflowId: demo.workflowId })).length;
		const genuine = state().deliveries[0]?.body ?? '';
		const url = handlers()[0] ?? '';
		const changed = new URL(url);
		changed.searchParams.set('signature', `${changed.searchParams.get('signature')?.slice(0, -1) ?? ''}_`);
		expect(genuine).toContain('ONEXTERNALCALLSTART');
		expect(await post(changed.href, genuine)).toBe(403);
		expect(await post(url.split('?')[0] ?? '', genuine)).toBe(403);
		expect(await post(url, genuine.replace(state().settings.memberId, 'f'.repeat(32)))).toBe(403);
		expect(await post(url, genuine.replace('ONEXTERNALCALLSTART', 'ONAPPUNINSTALL'))).toBe(403);
		expect(await post(url, '')).toBe(403);
		expect((await fetch(url, { method: 'POST', body: new FormData() })).status).toBe(403);
		expect(
			(await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status,
		).toBe(403);
		expect((await demo.n8n.executions({ workflowId: demo.workflowId })).length).toBe(before);
		expect(await post(url, genuine)).toBe(200);
	});
});

describe('the binding', () => {
	it('is not doubled by publishing again, goes with deactivation, and comes back', async () => {
		const [url] = handlers();
		expect(handlers()).toHaveLength(1);
		await demo.n8n.deactivate(demo.workflowId);
		expect(handlers()).toEqual([]);
		await demo.n8n.activate(demo.workflowId);
		expect(handlers()).toEqual([url]);
		const { nodes } = await demo.n8n.workflow(demo.workflowId);
		await demo.n8n.saveWorkflow(demo.workflowId, {
			nodes: nodes.map((node) => (node.name === 'Finish' ? { ...node, notes: 'changed' } : node)),
		});
		await demo.n8n.activate(demo.workflowId);
		expect(handlers()).toEqual([url]);
	});

	it('stands beside that of test listening', async () => {
		expect(await demo.n8n.runManually(demo.workflowId, { triggerName: TRIGGER, destinationName: TRIGGER })).toEqual({
			waitingForWebhook: true,
		});
		await until(
			() => Promise.resolve(handlers().length === 2 || undefined),
			10_000,
			() => `handlers: ${handlers().join(' ')}`,
		);
		expect(
			handlers()
				.map((url) => new URL(url).pathname.split('/')[1])
				.sort(),
		).toEqual(['webhook', 'webhook-test']);
		const { callId } = click('+4930231259003');
		const tested = await demo.n8n.waitForExecution({
			workflowId: demo.workflowId,
			where: (one) => one.mode === 'manual' && ran(TRIGGER, callId)(one),
		});
		expect(tested.status).toBe('success');
		expect((await execution('Finish', callId)).status).toBe('success');
		await until(
			() => Promise.resolve(handlers().length === 1 || undefined),
			10_000,
			() => `handlers: ${handlers().join(' ')}`,
		);
	});

	it('survives a restart of n8n', async () => {
		await demo.server.restart();
		await demo.n8n.login();
		const { callId } = click('+4930231259004');
		expect((await execution('Finish', callId)).status).toBe('success');
	});
});

describe('a failed activation says why', () => {
	it('when the application lacks the permission', async () => {
		await demo.n8n.deactivate(demo.workflowId);
		demo.sandbox.portal.control.setApplication({ scopes: ['user', 'crm'] });
		await demo.n8n.connectOAuth(demo.credentials.bitrix24);
		await expect(demo.n8n.activate(demo.workflowId)).rejects.toThrow(/lacks the permission Telephony/);
		demo.sandbox.portal.control.setApplication({ scopes: ['telephony', 'user', 'crm', 'call'] });
		await demo.n8n.connectOAuth(demo.credentials.bitrix24);
		await demo.n8n.activate(demo.workflowId);
		expect(handlers()).toHaveLength(1);
	});
});
