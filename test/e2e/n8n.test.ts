import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { N8n, output, until } from '../../tools/n8n/driver';
import { type RunningN8n, startN8n } from '../../tools/n8n/run';

const REPOSITORY = join(__dirname, '../..');
const PACKAGE = 'n8n-nodes-bitrix24-telephony';

/** Not by process id: where nobody collects orphans, a dead one keeps its id. */
const answers = (url: string) =>
	fetch(url)
		.then((response) => response.arrayBuffer())
		.then(
			() => true,
			() => false,
		);

describe('a started n8n', () => {
	let server: RunningN8n;
	let n8n: N8n;
	const deaths: string[] = [];

	beforeAll(async () => {
		server = await startN8n({
			packages: [REPOSITORY],
			env: { GENERIC_TIMEZONE: 'Asia/Kolkata' },
			died: (lastLines) => deaths.push(lastLines),
		});
		n8n = new N8n(server.url);
		await n8n.setupOwner();
	});

	afterAll(() => server.stop());

	it('offers the package under its production names', async () => {
		expect(await n8n.nodeTypes()).toEqual(
			expect.arrayContaining([`${PACKAGE}.bitrix24Telephony`, `${PACKAGE}.bitrix24TelephonyTrigger`]),
		);
		expect(await n8n.credentialTypes()).toContain('bitrix24OAuth2Api');
	});

	it('holds of the package only what would be published', () => {
		const placed = join(server.userFolder, '.n8n/nodes/node_modules', PACKAGE);
		const entries = readdirSync(placed);
		expect(entries).toEqual(expect.arrayContaining(['dist', 'package.json', 'LICENSE.md']));
		for (const name of ['node_modules', 'sandbox', 'tools', 'test', 'nodes']) expect(entries).not.toContain(name);
	});

	it('runs a workflow on an event, by hand and after a restart, until it is deactivated', async () => {
		const { id } = await n8n.importWorkflow({
			nodes: [
				{
					name: 'Hook',
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					position: [0, 0],
					parameters: { path: 'hello', httpMethod: 'POST' },
				},
				{ name: 'Hand', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 200], parameters: {} },
				{
					name: 'Zone',
					type: 'n8n-nodes-base.set',
					typeVersion: 3.4,
					position: [200, 0],
					parameters: {
						assignments: { assignments: [{ id: 'a', name: 'zone', type: 'string', value: '={{ $now.zoneName }}' }] },
					},
				},
			],
			connections: {
				Hook: { main: [[{ node: 'Zone', type: 'main', index: 0 }]] },
				Hand: { main: [[{ node: 'Zone', type: 'main', index: 0 }]] },
			},
		});
		const call = async () =>
			(await fetch(`${server.url}/webhook/hello`, { method: 'POST', headers: { connection: 'close' } })).status;

		await n8n.activate(id);
		expect(await call()).toBe(200);
		const onEvent = await n8n.waitForExecution({ workflowId: id, status: 'success' });
		expect(output(onEvent, 'Zone').map(({ json }) => json)).toEqual([{ zone: 'Asia/Kolkata' }]);

		const run = await n8n.runManually(id, { triggerName: 'Hand' });
		const byHand = await n8n.waitForExecution({ workflowId: id, where: ({ mode }) => mode === 'manual' });
		expect(run).toEqual({ executionId: byHand.id });
		expect(await n8n.runManually(id, { triggerName: 'Hook' })).toEqual({ waitingForWebhook: true });
		await n8n.stopListening(id);

		await server.restart();
		expect(await call()).toBe(200);
		await n8n.deactivate(id);
		expect(await call()).toBe(404);
		await n8n.deleteWorkflow(id);
	});

	it('says why a trigger could not be activated', async () => {
		const { id } = await n8n.importWorkflow({
			nodes: [
				{
					name: 'Every never',
					type: 'n8n-nodes-base.scheduleTrigger',
					typeVersion: 1.2,
					position: [0, 0],
					parameters: { rule: { interval: [{ field: 'cronExpression', expression: 'not a rule' }] } },
				},
			],
			connections: {},
		});
		await expect(n8n.activate(id)).rejects.toThrow(/Every never/);
	});

	it('lists what it saw when an awaited execution does not come', async () => {
		await expect(n8n.waitForExecution({ workflowId: 'none' }, 1)).rejects.toThrow(
			/no execution fits .*Executions: none/,
		);
	});

	it('tells when it was killed, and not when it was asked to end', async () => {
		expect(deaths).toEqual([]);
		process.kill(server.pid, 'SIGKILL');
		const lastLines = await until(
			() => Promise.resolve(deaths[0]),
			() => server.logs(),
		);
		expect(server.logs()).toContain(lastLines);
		await server.restart();
		expect(await answers(server.url)).toBe(true);
		expect(deaths).toHaveLength(1);
	});
});

it('ends with its parent, even when that is killed, and takes its temporary folder along', async () => {
	const program = `require('./tools/n8n/run').startN8n().then((server) => {
		process.send({ url: server.url, userFolder: server.userFolder });
		setInterval(() => undefined, 1_000);
	});`;
	const parent = spawn(process.execPath, ['--import', 'tsx', '-e', program], {
		cwd: REPOSITORY,
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const [{ url, userFolder }] = (await once(parent, 'message')) as [{ url: string; userFolder: string }];
	expect(await answers(url)).toBe(true);

	parent.kill('SIGKILL');
	await until(
		async () => ((await answers(url)) ? undefined : true),
		() => `n8n still answers at ${url}`,
	);
	expect(existsSync(userFolder)).toBe(false);
});

it("fails with n8n's last lines when n8n does not start", async () => {
	await expect(startN8n({ env: { N8N_DISABLED_MODULES: 'no-such-module' } })).rejects.toThrow(
		/n8n ended with code 1 before it was ready[\s\S]*no-such-module/,
	);
});
