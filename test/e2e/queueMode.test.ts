import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { startDemo, type Demo } from '../../tools/demo';
import { output, until, type ExecutionDetail } from '../../tools/host/driver';
import { type RunningQueue, startQueueN8n } from '../../tools/host/queue';
import { ROOT } from '../../tools/programs';

const START_MS = 300_000;
/** Ben, Chiara and David, each with a phone of his own. */
const EMPLOYEES = [2, 3, 4];

/** Stands before the webhook processes and hands every request to all of them at the same moment. */
interface Doubler {
	url: string;
	/** Addresses of the webhook processes. */
	targets: string[];
	/** What each of them answered. */
	statuses: number[];
	stop(): Promise<unknown>;
}

async function startDoubler(): Promise<Doubler> {
	const targets: string[] = [];
	const statuses: number[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const init = { method: 'POST', body: Buffer.concat(chunks), headers: { 'content-type': request.headers['content-type'] ?? '' } };
			void Promise.all(targets.map((target) => fetch(`${target}${request.url ?? ''}`, init))).then((answers) => {
				statuses.push(...answers.map(({ status }) => status));
				response.end();
			});
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, targets, statuses, stop: () => new Promise((resolve) => server.close(resolve)) };
}

async function listens(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

let demo: Demo;
let queue: RunningQueue;
let doubler: Doubler;
beforeAll(async () => {
	doubler = await startDoubler();
	demo = await startDemo({
		// Both answer, and talk until a person hangs up: the calls live, however long all the processes take.
		sandbox: { pbx: { timeFactor: 0.05, outcomes: () => ({ case: 'answered', seconds: 100_000 }) } },
		host: { env: { N8N_WEBHOOK_URL: doubler.url } },
		start: async (options) => (queue = await startQueueN8n({ ...options, webhooks: 2, workers: 2 })),
	});
	doubler.targets.push(...queue.webhooks.map(({ url }) => url));
}, START_MS);
afterAll(async () => {
	await demo?.stop();
	await doubler?.stop();
});

const portal = () => demo.sandbox.portal;
const history = (callId: string) => [...portal().state.history.values()].filter((row) => row.callId === callId);
const dials = (callId: string) => demo.sandbox.pbx.calls.filter(({ variables }) => variables.__B24_CALL_ID === callId);
const isOf = (callId: string, node: string) => ({ runs }: ExecutionDetail) => JSON.stringify(runs[node] ?? []).includes(callId);

async function clicksRun(callId: string): Promise<ExecutionDetail[]> {
	let ended: ExecutionDetail[] = [];
	return await until(
		async () => {
			const listed = await demo.n8n.executions({ workflowId: demo.workflowId });
			const details = await Promise.all(listed.filter(({ status }) => status === 'success' || status === 'error').map(({ id }) => demo.n8n.execution(id)));
			ended = details.filter(isOf(callId, 'Click in Bitrix24'));
			return ended.length >= 2 ? ended : undefined;
		},
		40_000,
		() => `executions of the click that ended: ${ended.map(({ id }) => id).join(', ') || 'none'}`,
	);
}

it('a click that reaches two processes of n8n rings once, and the refusal of the second dial ends nothing', async () => {
	const callIds = EMPLOYEES.map((userId) => portal().control.click({ userId, phoneNumber: `+49302312500${userId}` }).callId);
	for (const callId of callIds) {
		const runs = await clicksRun(callId);
		expect(dials(callId)).toEqual([expect.objectContaining({ channelId: callId })]);
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(runs.filter(isOf(callId, 'Rings Already?'))).toHaveLength(1);
		expect(runs.filter(({ runs: nodes }) => 'Finish: Not Rung' in nodes)).toEqual([]);
		expect(portal().state.calls.has(callId)).toBe(true);
		expect(history(callId)).toEqual([]);
	}
	expect(doubler.statuses).toEqual(EMPLOYEES.flatMap(() => [200, 200]));

	for (const callId of callIds) {
		await until(() => Promise.resolve(dials(callId).some(({ phase }) => phase === 'talking') || undefined), 10_000, () => JSON.stringify(dials(callId)));
		demo.sandbox.pbx.press(callId, 'client', 'hangup');
		const finished = await demo.n8n.waitForExecution({ workflowId: demo.workflowId, where: isOf(callId, 'Finish') });
		expect(output(finished, 'Finish')[0]?.json).toMatchObject({ CALL_ID: callId, CALL_FAILED_CODE: '200' });
		expect(dials(callId)).toHaveLength(1);
		expect(history(callId)).toHaveLength(1);
	}
});

it('Redis and PostgreSQL end with their parent, even when that is killed, and take their data along', async () => {
	const program = `const { startPostgres, startRedis } = require('./tools/host/services');
	Promise.all([startRedis(), startPostgres()]).then((services) => process.send(services.map(({ port, folder }) => ({ port, folder }))));`;
	const parent = spawn(process.execPath, ['--import', 'tsx', '-e', program], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	const [services] = (await once(parent, 'message')) as [{ port: number; folder: string }[]];
	expect(await Promise.all(services.map(({ port, folder }) => listens(port).then((there) => there && existsSync(folder))))).toEqual([true, true]);
	parent.kill('SIGKILL');
	for (const { port, folder } of services) {
		await until(async () => ((await listens(port)) || existsSync(folder) ? undefined : true), 30_000, () => `port ${port} or ${folder} is still there`);
	}
});
