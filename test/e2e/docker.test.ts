import { N8n } from '../../tools/n8n/driver';
import { type RunningQueue, startQueueN8n } from '../../tools/n8n/queue';
import { ROOT } from '../../tools/programs';
import { readServices } from '../support/compose';

const PACKAGE = 'n8n-nodes-bitrix24-telephony';
/** Where the services are on this machine, in place of the containers' names; each process has its own address. */
const HERE =
	/^(DB_POSTGRESDB_(HOST|PORT|DATABASE|USER|PASSWORD)|QUEUE_BULL_REDIS_(HOST|PORT)|QUEUE_HEALTH_CHECK_ACTIVE)$/;

/** The settings of `examples/docker/compose.yml` without those of the containers' network. */
function settings(): Record<string, string> {
	const services = readServices({
		DOMAIN: 'n8n.example.com',
		N8N_ENCRYPTION_KEY: 'the key that all processes share',
		POSTGRES_PASSWORD: 'unused here',
	});
	const entries = Object.entries(services.main?.environment ?? {}).filter(([name]) => !HERE.test(name));
	return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

let queue: RunningQueue;

beforeAll(async () => {
	queue = await startQueueN8n({ webhooks: 1, workers: 1, packages: [ROOT], env: settings() });
}, 600_000);
afterAll(() => queue?.stop());

it('the settings for Docker start main, webhook process and worker, with the package in them', async () => {
	const n8n = new N8n(queue.url, {}, queue.version);
	await n8n.setupOwner();
	expect(await n8n.nodeTypes()).toEqual(
		expect.arrayContaining([`${PACKAGE}.bitrix24Telephony`, `${PACKAGE}.bitrix24TelephonyTrigger`]),
	);
	for (const { url } of [queue, ...queue.webhooks, ...queue.workers]) {
		expect((await fetch(`${url}/healthz/readiness`)).status).toBe(200);
	}
	const deprecated = [...queue.logs().matchAll(/^ - (\w+) ->/gm)].map(([, name = '']) => name);
	expect(deprecated.filter((name) => name in settings())).toEqual([]);
});
