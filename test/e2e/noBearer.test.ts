import { startDemo, type Demo } from '../../tools/demo';
import { output, until, type ExecutionDetail } from '../../tools/n8n/driver';

const TRIGGER = 'Click in Bitrix24';
let demo: Demo;
let renewals = 0;

beforeAll(async () => {
	demo = await startDemo({
		example: true,
		sandbox: {
			portal: { switches: { bearerHeader: 'ignored', usedRefreshToken: 'dies' } },
			pbx: { timeFactor: 0.05, answerSeconds: 120 },
		},
	});
	demo.sandbox.portal.changes.on('change', ({ kind, action, grant }) => {
		if (kind === 'token' && action === 'issued' && grant === 'refresh_token') renewals += 1;
	});
});
afterAll(async () => {
	await demo.stop();
});

const state = () => demo.sandbox.portal.state;
const handlers = () => state().handlers.filter(({ event }) => event === 'ONEXTERNALCALLSTART');
const click = (phoneNumber: string) => demo.sandbox.portal.control.click({ userId: 2, phoneNumber }).callId;

async function execution(node: string, callId: string): Promise<ExecutionDetail> {
	return await demo.n8n.waitForExecution({
		workflowId: demo.workflowId,
		where: ({ runs }) => node in runs && JSON.stringify(runs[node]).includes(callId),
	});
}

/** Everything secret that the portal ever gave out. */
const secrets = (): string[] => [...state().accessTokens.keys(), ...state().refreshTokens.keys()];

it('activates, dials, finishes and attaches the streamed recording, with the token in the body', async () => {
	expect(handlers()).toHaveLength(1);
	const callId = click('+4930231259007');
	const finished = await execution('Finish', callId);
	expect(finished.status).toBe('success');
	expect(output(finished, 'Finish')[0]?.json).toMatchObject({ CALL_ID: callId, FILE_ID: expect.any(Number) as number });
	expect(
		[...state().recordings.values()]
			.find((one) => one.callId === callId)
			?.content.subarray(0, 4)
			.toString(),
	).toBe('RIFF');
	const unseen = state().requests.filter(({ error }) => error === 'NO_AUTH_FOUND');
	expect(unseen).toHaveLength(1);
	const stored = JSON.stringify(finished);
	for (const secret of secrets()) {
		expect(stored).not.toContain(secret);
		expect(demo.server.logs()).not.toContain(secret);
	}
});

it('renews an expired token once, for 20 executions at the same time', async () => {
	demo.sandbox.portal.control.expireTokens();
	renewals = 0;
	const calls = Array.from({ length: 20 }, (_, index) => click(`+49302312590${String(10 + index)}`));
	for (const callId of calls) expect((await execution(TRIGGER, callId)).status).toBe('success');
	await until(
		() =>
			Promise.resolve(
				calls.every((callId) => [...state().history.values()].some((row) => row.callId === callId)) || undefined,
			),
		() => `history: ${state().history.length}`,
	);
	expect(renewals).toBe(1);
	expect(state().requests.filter(({ error }) => error === 'NO_AUTH_FOUND')).toHaveLength(1);
});

it('says to connect again when the refresh token is dead, and shows no token', async () => {
	const known = secrets();
	demo.sandbox.portal.control.expireTokens();
	state().refreshTokens.clear();
	const callId = click('+4930231259001');
	const failed = await demo.n8n.waitForExecution({
		workflowId: demo.workflowId,
		where: (one) => one.status === 'error' && JSON.stringify(one).includes(callId),
	});
	const stored = JSON.stringify(failed);
	expect(stored).toMatch(/needs to be reconnected/);
	for (const secret of known) {
		expect(stored).not.toContain(secret);
		expect(demo.server.logs()).not.toContain(secret);
	}
	await demo.n8n.connectOAuth(demo.credentials.bitrix24);
});

it('refuses a Portal Address that was changed without connecting again, until it is right', async () => {
	const search = async () =>
		await demo.n8n.session.request('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
			methodName: 'searchEmployees',
			path: 'parameters.employee',
			nodeTypeAndVersion: { name: 'n8n-nodes-bitrix24-telephony.bitrix24Telephony', version: 1 },
			currentNodeParameters: {},
			credentials: { bitrix24OAuth2Api: { id: demo.credentials.bitrix24, name: 'Bitrix24 account' } },
		});
	const change = async (portal: string) => {
		const { clientId, clientSecret } = demo.sandbox.portal.control.setApplication({});
		const data = {
			portal,
			clientId,
			clientSecret,
			authorizationServer: 'custom',
			customAuthorizationServer: demo.sandbox.portal.authorizationUrl,
		};
		await demo.n8n.session.request('PATCH', `/rest/credentials/${demo.credentials.bitrix24}`, {
			name: 'Bitrix24 account',
			type: 'bitrix24OAuth2Api',
			data,
		});
	};
	await search();
	await change('127.0.0.1:9');
	await expect(search()).rejects.toThrow(
		/Portal Address of the Bitrix24 credential is 127\.0\.0\.1:9, but it is connected to/,
	);
	await demo.n8n.deactivate(demo.workflowId);
	expect(handlers()).toEqual([]);
	await expect(demo.n8n.activate(demo.workflowId)).rejects.toThrow(/connect it again/);
	await change(demo.sandbox.portal.url);
	await search();
	await demo.n8n.activate(demo.workflowId);
	expect(handlers()).toHaveLength(1);
});
