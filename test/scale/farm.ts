import { randomBytes } from 'node:crypto';
import { startDemo, type Demo } from '../../tools/demo';
import { until } from '../../tools/n8n/driver';
import type { RunningN8n } from '../../tools/n8n/run';
import { type RunningQueue, startQueueN8n } from '../../tools/n8n/queue';
import { type Balancer, startBalancer } from './balancer';
import { keepFirstData } from './firstData';
import { type Ledger, startLedger } from './ledger';
import { ours, theirs } from './workflows';

/** n8n in queue mode behind a balancer, a portal, and two published workflows that are compared. */
export interface Farm extends Demo {
	queue: RunningQueue;
	balancer: Balancer;
	ledger: Ledger;
	/** Id of the workflow of our trigger. */
	oursId: string;
	/** The workflow of n8n's Webhook node. */
	theirs: { id: string; url: string; headers: Record<string, string> };
}

/** Name and value of n8n's settings. */
type Environment = Record<string, string>;

/**
 * Sees a dead worker's execution after seconds instead of one and a half minutes. The way is the same (bull's lock,
 * which the worker renews).
 */
export const IMPATIENT: Environment = {
	QUEUE_WORKER_LOCK_DURATION: '8000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '4000',
};

/**
 * Starts main, two workers and two webhook processes on Redis and PostgreSQL, a balancer before the webhook processes,
 * the sandbox portal and its PBX. The package must be built.
 * @param env further settings of n8n
 * @throws Error of the part that did not start; the others are stopped
 */
export async function startFarm(env: Environment = {}): Promise<Farm> {
	const [balancer, ledger] = await Promise.all([startBalancer(), startLedger()]);
	let queue: RunningQueue | undefined;
	let demo: Demo | undefined;
	const stop = async (): Promise<void> => {
		await demo?.stop();
		await Promise.all([balancer.stop(), ledger.stop()]);
	};
	try {
		demo = await startDemo({
			example: false,
			// Both answer, and talk until a person hangs up: the calls live, however long all the processes take.
			sandbox: {
				pbx: { timeFactor: 0.05, answerSeconds: 120, outcomes: () => ({ case: 'answered', seconds: 100_000 }) },
			},
			n8n: { env: { N8N_WEBHOOK_URL: balancer.url, ...env } },
			start: async (options) => {
				queue = await startQueueN8n({ ...options, webhooks: 2, workers: 2 });
				balancer.targets = queue.webhooks.map(({ url }) => url);
				return queue;
			},
		});
		if (!queue) throw new Error('Queue mode did not start');
		await keepFirstData(queue.postgres);
		return { ...demo, queue, balancer, ledger, ...(await publish(demo, balancer, ledger)), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function publish(
	{ n8n, credentials }: Demo,
	balancer: Balancer,
	ledger: Ledger,
): Promise<Pick<Farm, 'oursId' | 'theirs'>> {
	const { id: oursId } = await n8n.importWorkflow(ours(), { credentials: [credentials.bitrix24] });
	const value = randomBytes(16).toString('hex');
	const credential = await n8n.createCredential({
		name: 'Key',
		type: 'httpHeaderAuth',
		data: { name: 'x-key', value },
	});
	const { file, path } = theirs(ledger.url);
	const { id } = await n8n.importWorkflow(file, { credentials: [credential] });
	await n8n.activate(id);
	await n8n.activate(oursId);
	const headers = { 'x-key': value, 'content-type': 'application/json', connection: 'close' };
	return { oursId, theirs: { id, url: `${balancer.url}/webhook/${path}`, headers } };
}

/** Every n8n process by a name for people. */
function processes({ queue }: Farm): { name: string; server: RunningN8n }[] {
	return [
		{ name: 'main', server: queue },
		...queue.webhooks.map((server, index) => ({ name: `webhook process ${index + 1}`, server })),
		...queue.workers.map((server, index) => ({ name: `worker ${index + 1}`, server })),
	];
}

/** Kills a process as a power cut would. Resolves when it is gone. */
export async function kill(server: RunningN8n): Promise<void> {
	process.kill(server.pid, 'SIGKILL');
	await until(
		() => Promise.resolve(!isAlive(server) || undefined),
		() => `process ${server.pid} is still there`,
	);
}

/** Starts the processes again that have ended, as a container's restart policy would. @returns their names */
export async function revive(farm: Farm): Promise<string[]> {
	const dead = processes(farm).filter(({ server }) => !isAlive(server));
	await Promise.all(dead.map(({ server }) => server.restart()));
	return dead.map(({ name }) => name);
}

function isAlive({ pid }: RunningN8n): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
